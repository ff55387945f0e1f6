import type { PupilInput } from '../gql/graphql';

/** What a column of a list of pupils may hold. */
export type Part = 'lastName' | 'firstName' | 'birthDate' | 'class' | 'guardianName' | 'guardianEmail' | 'guardianPhone' | '';

export const parts: readonly { value: Part; label: string; known: RegExp }[] = [
  { value: 'guardianEmail', label: 'Courriel du responsable', known: /(mail|courriel|^mel\b)/ },
  { value: 'guardianPhone', label: 'Téléphone du responsable', known: /(tel|portable|mobile)/ },
  { value: 'guardianName', label: 'Responsable légal', known: /(resp|parent|legal|tuteur)/ },
  { value: 'firstName', label: 'Prénom', known: /prenom/ },
  { value: 'lastName', label: 'Nom', known: /nom/ },
  { value: 'birthDate', label: 'Date de naissance', known: /(naiss|^ne\(?e?\)? le)/ },
  { value: 'class', label: 'Classe', known: /(classe|division|groupe)/ },
];

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The cells of a pasted table or a CSV file: tabs, semicolons or commas; cells may be quoted. */
export function cellsOf(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, '');
  const first = clean.split(/\r?\n/, 1)[0] ?? '';
  const mark = first.includes('\t') ? '\t' : first.includes(';') ? ';' : ',';
  return rows(clean, mark).map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''));
}

function rows(text: string, mark: string): string[][] {
  const all: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const close = (): void => { all.at(-1)?.push(cell); cell = ''; };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text.charAt(at + 1) === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (letter === '"' && cell.trim() === '') { cell = ''; quoted = true; }
    else if (letter === mark) close();
    else if (letter === '\n') { close(); all.push([]); }
    else if (letter !== '\r') cell += letter;
  }
  close();
  return all;
}

/** The text of a file that a spreadsheet or SIECLE wrote: UTF-8, or the alphabet of an older Windows. */
export async function textOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Whether the first row names the columns, and what each column seems to hold. */
export function guess(cells: readonly string[][]): { headed: boolean; columns: Part[] } {
  const first = cells[0] ?? [];
  const taken = new Set<Part>();
  const named = first.map((cell): Part => {
    const found = parts.find((part) => !taken.has(part.value) && part.known.test(plain(cell)));
    if (found) taken.add(found.value);
    return found?.value ?? '';
  });
  if (taken.has('lastName') || taken.has('firstName')) return { headed: true, columns: named };
  const usual: Part[] = ['lastName', 'firstName', 'class', 'birthDate'];
  return { headed: false, columns: first.map((_, index) => usual[index] ?? '') };
}

/** Whether `12/03/2012` or `2012-03-12` is a day of the calendar. */
function isDay(text: string): boolean {
  const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const [year, month, dayOfMonth] = french ? [Number(french[3]), Number(french[2]), Number(french[1])] : text.split('-').map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, dayOfMonth ?? 0));
  return date.getUTCFullYear() === year && date.getUTCMonth() + 1 === month && date.getUTCDate() === dayOfMonth;
}

/** The pupils of the list, and what one of them lacks before it can be sent. */
export function pupilsOf(cells: readonly string[][], headed: boolean, columns: readonly Part[]): { pupil: PupilInput; lacks: string | undefined }[] {
  const seen = new Set<string>();
  return cells.slice(headed ? 1 : 0).map((row) => {
    const value = (part: Part): string => { const at = columns.indexOf(part); return at < 0 ? '' : (row[at] ?? ''); };
    const optional = (part: Part): string | null => value(part) || null;
    const pupil: PupilInput = {
      lastName: value('lastName'), firstName: value('firstName'), birthDate: optional('birthDate'), class: optional('class'),
      guardianName: optional('guardianName'), guardianEmail: optional('guardianEmail'), guardianPhone: optional('guardianPhone'),
    };
    const name = plain(`${pupil.lastName}|${pupil.firstName}|${pupil.birthDate ?? ''}`);
    const twice = seen.has(name);
    seen.add(name);
    return { pupil, lacks: lackOf(pupil, twice) };
  });
}

function lackOf(pupil: PupilInput, twice: boolean): string | undefined {
  if (pupil.lastName === '') return 'Le nom manque.';
  if (pupil.firstName === '') return 'Le prénom manque.';
  if (pupil.birthDate && !isDay(pupil.birthDate)) return 'La date de naissance doit s’écrire JJ/MM/AAAA.';
  return twice ? 'Cet élève est déjà plus haut dans la liste.' : undefined;
}

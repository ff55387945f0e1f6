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

/** The pupils of the list, and what one of them lacks. */
export function pupilsOf(cells: readonly string[][], headed: boolean, columns: readonly Part[]): { pupil: PupilInput; lacks: string | undefined }[] {
  return cells.slice(headed ? 1 : 0).map((row) => {
    const value = (part: Part): string => { const at = columns.indexOf(part); return at < 0 ? '' : (row[at] ?? ''); };
    const optional = (part: Part): string | null => value(part) || null;
    const pupil: PupilInput = {
      lastName: value('lastName'), firstName: value('firstName'), birthDate: optional('birthDate'), class: optional('class'),
      guardianName: optional('guardianName'), guardianEmail: optional('guardianEmail'), guardianPhone: optional('guardianPhone'),
    };
    return { pupil, lacks: pupil.lastName === '' ? 'Le nom manque.' : pupil.firstName === '' ? 'Le prénom manque.' : undefined };
  });
}

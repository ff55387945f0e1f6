/** How things are written in French. Days and hours come as the API writes them: `2027-01-13`, `09:15:00`. */

const narrow = '\u202f';
const dash = `${narrow}–${narrow}`;

function dayOf(date: string): Date {
  return new Date(`${date.slice(0, 10)}T12:00:00Z`);
}

/** Made when it is first asked for: each costs milliseconds, and no page writes in every form. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

const weekdays = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const shortMonths = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'];

/** The words of a day. Written here: the browser’s own first format costs a page 15 ms before it shows anything. */
function partsOf(date: string): { weekday: string; short: string; number: number; month: string; shortMonth: string; year: number } {
  const at = dayOf(date);
  const weekday = weekdays[at.getUTCDay()] ?? '';
  const index = at.getUTCMonth();
  return { weekday, short: `${weekday.slice(0, 3)}.`, number: at.getUTCDate(), month: months[index] ?? '', shortMonth: shortMonths[index] ?? '', year: at.getUTCFullYear() };
}

const instant = once(() => new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }));

/** « mer. 13 janv. 2027 », never broken over two lines. */
export function day(date: string): string {
  const { short, number, shortMonth, year } = partsOf(date);
  return [short, number, shortMonth, year].join('\u00a0');
}
/** « mercredi 13 janvier 2027 » */
export function fullDay(date: string): string {
  const { weekday, number, month, year } = partsOf(date);
  return `${weekday} ${number} ${month} ${year}`;
}
/** « janvier 2027 » */
export function month(date: string): string {
  const { month: name, year } = partsOf(date);
  return `${name} ${year}`;
}
/** « mer. », « 13 » and « janv. », to be set apart. */
export function dayParts(date: string): { weekday: string; number: number; month: string } {
  const { short, number, shortMonth } = partsOf(date);
  return { weekday: short, number, month: shortMonth };
}
/** « 09:15 » */
export const hour = (time: string): string => time.slice(0, 5);
/** « 09:15 – 12:00 », never broken over two lines. */
export const hours = (start: string, end: string): string => `${hour(start)}${dash}${hour(end)}`;
/** « 18 déc. 2026, 09:41 », at the reader’s clock. */
export const moment = (at: string): string => instant().format(new Date(at));

const relative = once(() => new Intl.RelativeTimeFormat('fr-FR', { numeric: 'auto' }));
const spans: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** « il y a 4 minutes », « hier » */
export function ago(at: string, now = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1000;
  for (const [unit, length] of spans) {
    if (Math.abs(seconds) >= length) return relative().format(Math.trunc(seconds / length), unit);
  }
  return 'à l’instant';
}

const digits = once(() => new Intl.NumberFormat('fr-FR'));

/** « 12 », « 1 204 » */
export const number = (value: number): string => (Number.isInteger(value) && Math.abs(value) < 1000 ? String(value) : digits().format(value));

/** « 1 place », « 2 places » */
export function count(value: number, one: string, many: string): string {
  return `${number(value)} ${Math.abs(value) < 2 ? one : many}`;
}

/** « 212 ko » */
export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${digits().format(Math.max(1, Math.round(bytes / 1000)))} ko`;
  return `${digits().format(Math.round(bytes / 100_000) / 10)} Mo`;
}

/** Two histories as one, in the order of the log; what stands in both stands once. */
export function together<Entry extends { position: string }>(...histories: readonly (readonly Entry[])[]): Entry[] {
  const each = new Map(histories.flat().map((one) => [one.position, one]));
  return [...each.values()].sort((a, b) => Number(BigInt(a.position) - BigInt(b.position)));
}

/** `2027-01-13` of a moment, at the reader’s clock. */
export function isoDay(date: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

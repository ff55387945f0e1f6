/** How things are written in French. Days and hours come as the API writes them: `2027-01-13`, `09:15:00`. */

const narrow = '\u202f';
const dash = `${narrow}–${narrow}`;

function dayOf(date: string): Date {
  return new Date(`${date.slice(0, 10)}T12:00:00Z`);
}

function formatter(options: Intl.DateTimeFormatOptions): (date: Date) => string {
  const format = new Intl.DateTimeFormat('fr-FR', options);
  return (date) => format.format(date);
}

const shortDay = formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const longDay = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthYear = formatter({ month: 'long', year: 'numeric', timeZone: 'UTC' });
const instant = formatter({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** « mer. 13 janv. 2027 » */
export const day = (date: string): string => shortDay(dayOf(date)).replaceAll(' ', '\u00a0');
/** « mercredi 13 janvier 2027 » */
export const fullDay = (date: string): string => longDay(dayOf(date));
/** « janvier 2027 » */
export const month = (date: string): string => monthYear(dayOf(date));
/** « 09:15 » */
export const hour = (time: string): string => time.slice(0, 5);
/** « 09:15 – 12:00 », never broken over two lines. */
export const hours = (start: string, end: string): string => `${hour(start)}${dash}${hour(end)}`;
/** « 18 déc. 2026, 09:41 », at the reader’s clock. */
export const moment = (at: string): string => instant(new Date(at));

const relative = new Intl.RelativeTimeFormat('fr-FR', { numeric: 'auto' });
const spans: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** « il y a 4 minutes », « hier » */
export function ago(at: string, now = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1000;
  for (const [unit, length] of spans) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return 'à l’instant';
}

const rules = new Intl.PluralRules('fr-FR');
const digits = new Intl.NumberFormat('fr-FR');

export const number = (value: number): string => digits.format(value);

/** « 1 place », « 2 places » */
export function count(value: number, one: string, many: string): string {
  return `${number(value)} ${rules.select(value) === 'one' ? one : many}`;
}

/** « 212 ko » */
export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${digits.format(Math.max(1, Math.round(bytes / 1000)))} ko`;
  return `${digits.format(Math.round(bytes / 100_000) / 10)} Mo`;
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

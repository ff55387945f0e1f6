import { hour } from '../../../lib/format';

/** A slot as it is typed. */
export interface Typed {
  formation: string;
  date: string;
  start: string;
  end: string;
  seats: string;
  room: string;
  teacher: string;
  note: string;
}

export const blank = (): Typed => ({ formation: '', date: '', start: '09:00', end: '12:00', seats: '4', room: '', teacher: '', note: '' });

/** As the API takes it. */
export function detailsOf(typed: Typed) {
  const optional = (value: string): string | null => value.trim() || null;
  return { date: typed.date, start: typed.start, end: typed.end, seats: Number.parseInt(typed.seats, 10) || 0, room: optional(typed.room), teacher: optional(typed.teacher), note: optional(typed.note) };
}

/** As it is typed, of one that exists. */
export function typedOf(slot: { date: string; start: string; end: string; seats: number; room?: string | null; teacher?: string | null; note?: string | null }): Typed {
  return { ...blank(), date: slot.date, start: hour(slot.start), end: hour(slot.end), seats: String(slot.seats), room: slot.room ?? '', teacher: slot.teacher ?? '', note: slot.note ?? '' };
}

/** `date` and the same weekday of the `weeks` weeks after it. */
export function weekly(date: string, weeks: number): string[] {
  return Array.from({ length: weeks }, (_, index) => {
    const at = new Date(`${date}T12:00:00Z`);
    at.setUTCDate(at.getUTCDate() + 7 * (index + 1));
    return at.toISOString().slice(0, 10);
  });
}

import { isoDay } from './format';

/** This month, `2027-01`. */
const thisMonth = (): string => isoDay(new Date()).slice(0, 7);

/** The month that an address asks for, or this one when it names none. */
export const monthOf = (text: string): string => (/^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : thisMonth());
/** The day that an address asks for, or today when it names none. */
export const dayOf = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) && isoDay(new Date(`${text}T12:00:00`)) === text ? text : isoDay(new Date()));

/** The first and the last day of a month. */
export function bounds(month: string): { from: string; to: string } {
  const [year = 2000, number = 1] = month.split('-').map(Number);
  return { from: `${month}-01`, to: isoDay(new Date(year, number, 0)) };
}

import { isoDay } from './format';

/** This month, `2027-01`. */
export const thisMonth = (): string => isoDay(new Date()).slice(0, 7);

/** The first and the last day of a month. */
export function bounds(month: string): { from: string; to: string } {
  const [year = 2000, number = 1] = month.split('-').map(Number);
  return { from: `${month}-01`, to: isoDay(new Date(year, number, 0)) };
}

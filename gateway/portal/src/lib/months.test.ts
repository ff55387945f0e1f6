import { expect, it } from 'vitest';
import { isoDay } from './format';
import { dayOf, monthOf } from './months';

it('takes an address at its word only when it names a month, or a day', () => {
  const today = isoDay(new Date());
  expect(monthOf('2027-02')).toBe('2027-02');
  for (const wrong of ['', 'zzz', '2027-13', '2027-2']) expect(monthOf(wrong)).toBe(today.slice(0, 7));
  expect(dayOf('2027-02-28')).toBe('2027-02-28');
  for (const wrong of ['', 'hier', '2027-02-30', '28/02/2027']) expect(dayOf(wrong)).toBe(today);
});

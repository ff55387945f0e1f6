import { expect, it } from 'vitest';
import { blank, detailsOf, weekly } from './details';

it('a series falls on the same weekday, over the end of a year and a change of hour', () => {
  expect(weekly('2026-12-23', 2)).toEqual(['2026-12-30', '2027-01-06']);
  expect(weekly('2027-03-24', 1)).toEqual(['2027-03-31']);
});

it('what is left empty is not said', () => {
  expect(detailsOf({ ...blank(), date: '2027-01-13', room: '  ', seats: 'x' })).toMatchObject({ room: null, teacher: null, seats: 0 });
});

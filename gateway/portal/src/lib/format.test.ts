import { expect, it } from 'vitest';
import { ago, count, day, dayParts, fullDay, hours, month, number, size } from './format';

it('writes days and hours as schools do, unbroken', () => {
  expect(day('2027-01-13')).toBe('mer.\u00a013\u00a0janv.\u00a02027');
  expect(hours('09:15:00', '12:00:00')).toBe('09:15\u202f–\u202f12:00');
});

it('writes every day of two years as Intl does', () => {
  const write = (options: Intl.DateTimeFormatOptions) => (at: Date): string => new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', ...options }).format(at);
  const short = write({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const full = write({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const monthYear = write({ month: 'long', year: 'numeric' });
  for (let at = Date.UTC(2026, 0, 1, 12); at < Date.UTC(2028, 0, 1); at += 86_400_000) {
    const date = new Date(at);
    const iso = date.toISOString();
    expect([day(iso), fullDay(iso), month(iso)]).toEqual([short(date).replaceAll(' ', '\u00a0'), full(date), monthYear(date)]);
  }
});

it('sets the parts of a day apart', () => {
  expect(dayParts('2026-05-01')).toEqual({ weekday: 'ven.', number: 1, month: 'mai' });
});

it('writes numbers as the French do', () => {
  expect([0, 999, 1204, 2.5].map(number)).toEqual(['0', '999', '1\u202f204', '2,5']);
});

it('counts in French: nothing and one are singular', () => {
  expect([0, 1, 2].map((value) => count(value, 'place', 'places'))).toEqual(['0 place', '1 place', '2 places']);
});

it('tells how long ago', () => {
  const now = Date.parse('2027-01-13T12:00:00Z');
  expect(ago('2027-01-13T11:56:00Z', now)).toBe('il y a 4 minutes');
  expect(ago('2027-01-12T11:00:00Z', now)).toBe('hier');
  expect(ago('2027-01-13T11:59:50Z', now)).toBe('à l’instant');
});

it('tells sizes in ko and Mo', () => {
  expect(size(400)).toBe('1 ko');
  expect(size(212_000)).toBe('212 ko');
  expect(size(20_000_000)).toBe('20 Mo');
});

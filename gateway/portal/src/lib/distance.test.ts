import { expect, it } from 'vitest';
import { away, byDistance, kilometres } from './distance';

const nantes = { latitude: 47.2184, longitude: -1.5536 };
const angers = { latitude: 47.4784, longitude: -0.5632 };

it('measures as the crow flies', () => {
  // 79.9 km on the sphere between the two town halls.
  expect(kilometres(nantes, angers)).toBeCloseTo(79.9, 0);
  expect(kilometres(nantes, { latitude: null, longitude: 2 })).toBeUndefined();
});

it('tells and sorts distances', () => {
  expect([away(12.4), away(0.3), away(undefined)]).toEqual(['à 12\u00a0km', 'à moins de 1\u00a0km', '']);
  expect(byDistance([{ d: undefined }, { d: 9 }, { d: 2 }], (it) => it.d).map((it) => it.d)).toEqual([2, 9, undefined]);
});

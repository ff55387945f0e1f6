import { expect, it } from 'vitest';
import { slugOf } from './zones';

it('makes a short name that an address can hold', () => {
  expect(slugOf('Bassin de l’Aure – Éveil & Cœur')).toBe('bassin-de-l-aure-eveil-coeur');
  expect(slugOf('  Œuvres  ')).toBe('oeuvres');
  expect(slugOf('x'.repeat(80))).toHaveLength(60);
});

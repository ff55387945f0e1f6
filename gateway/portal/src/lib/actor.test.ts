import { expect, it } from 'vitest';
import { actor } from './actor';

it('names the person where they may be read, and the role always', () => {
  expect(actor({ who: 'L’établissement d’origine' })).toBe('L’établissement d’origine');
  expect(actor({ who: 'L’établissement d’origine', account: { login: 'ce.1@ac.fr', lastName: 'Bertin', firstName: 'Sophie' } })).toBe('L’établissement d’origine, BERTIN Sophie (ce.1@ac.fr)');
  expect(actor({ who: 'Le service', account: { login: null, lastName: null, firstName: null } })).toBe('Le service');
});

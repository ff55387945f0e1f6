import { expect, it } from 'vitest';
import { labelsOf, typeset } from './typeset';

it('keeps French marks with their words', () => {
  expect(typeset('Rien reçu ? Voyez « Profil » : c’est là ; enfin !')).toBe('Rien reçu\u202f? Voyez «\u00a0Profil\u00a0»\u00a0: c’est là\u202f; enfin\u202f!');
});

it('tells the labels of the screen from the words around them', () => {
  expect(labelsOf('Cliquez sur « Déposer », puis « Retour ».')).toEqual([
    { text: 'Cliquez sur ', label: false },
    { text: '«\u00a0Déposer\u00a0»', label: true },
    { text: ', puis ', label: false },
    { text: '«\u00a0Retour\u00a0»', label: true },
    { text: '.', label: false },
  ]);
});

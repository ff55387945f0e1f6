import { expect, it } from 'vitest';
import { unfit } from './unfit';

function invalid(control: string, label: string): string {
  document.body.innerHTML = `<form>${control}</form>`;
  const found = document.querySelector<HTMLInputElement>('input, select, textarea');
  let said = '';
  found?.addEventListener('invalid', (event) => { said = unfit(event as Event & { currentTarget: HTMLInputElement }, label); });
  found?.checkValidity();
  return said;
}

it('says in French what was expected', () => {
  expect(invalid('<input required>', 'Votre nom')).toBe('« Votre nom » est à remplir.');
  expect(invalid('<textarea required></textarea>', 'Motif')).toBe('« Motif » est à remplir.');
  expect(invalid('<select required><option value=""></option></select>', 'Niveau')).toBe('« Niveau » est à choisir.');
  expect(invalid('<input type="email" value="nobody">', 'Adresse')).toBe('L’adresse doit ressembler à prenom.nom@ac-nantes.fr.');
  expect(invalid('<input type="number" min="1" max="500" value="900">', 'Places')).toBe('« Places » vaut au moins 1 et au plus 500.');
});

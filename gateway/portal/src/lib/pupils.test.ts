import { describe, expect, it } from 'vitest';
import { cellsOf, guess, pupilsOf, textOf } from './pupils';

describe('a list of pupils', () => {
  it('is read from a French CSV file with its heading, in any order', () => {
    const cells = cellsOf('\uFEFFPrénom;NOM;Né(e) le;Division;Mél responsable\r\nZoé;BERTHIER;12/03/2012;3e B;berthier@exemple.fr\r\n');
    const { headed, columns } = guess(cells);
    expect(headed).toBe(true);
    expect(columns).toEqual(['firstName', 'lastName', 'birthDate', 'class', 'guardianEmail']);
    expect(pupilsOf(cells, headed, columns)[0]?.pupil).toMatchObject({ lastName: 'BERTHIER', firstName: 'Zoé', class: '3e B', guardianEmail: 'berthier@exemple.fr' });
  });

  it('is read from cells pasted out of a spreadsheet, without a heading', () => {
    const cells = cellsOf('DA SILVA\tNoé\t3e A\nHAMDI\tLina\t3e C\n');
    const { headed, columns } = guess(cells);
    expect(headed).toBe(false);
    expect(pupilsOf(cells, headed, columns).map((one) => [one.pupil.lastName, one.pupil.firstName, one.pupil.class])).toEqual([['DA SILVA', 'Noé', '3e A'], ['HAMDI', 'Lina', '3e C']]);
  });

  it('keeps separators and quotes that stand in quoted cells', () => {
    expect(cellsOf('nom;prénom\n"LE ""GRAND""; dit";Malo')[1]).toEqual(['LE "GRAND"; dit', 'Malo']);
  });

  it('names a day that is none, and a pupil who stands there twice', () => {
    const cells = cellsOf('nom;prénom;né le\nMARTIN;Ana;30/02/2012\nMARTIN;Ana;29/02/2012\nmartin;ana;29/02/2012');
    const { headed, columns } = guess(cells);
    expect(pupilsOf(cells, headed, columns).map((one) => one.lacks)).toEqual(['La date de naissance doit s’écrire JJ/MM/AAAA.', undefined, 'Cet élève est déjà plus haut dans la liste.']);
  });

  it('is read in the alphabet of an older Windows too', async () => {
    expect(await textOf(new Blob([new Uint8Array([0x5a, 0x6f, 0xe9])]))).toBe('Zoé');
    expect(await textOf(new Blob(['Zoé']))).toBe('Zoé');
  });

  it('names what a line lacks', () => {
    const cells = cellsOf('nom;prénom\nMARTIN;\n;Inès');
    const { headed, columns } = guess(cells);
    expect(pupilsOf(cells, headed, columns).map((one) => one.lacks)).toEqual(['Le prénom manque.', 'Le nom manque.']);
  });
});

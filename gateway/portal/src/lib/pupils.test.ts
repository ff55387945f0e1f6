import { describe, expect, it } from 'vitest';
import { cellsOf, guess, pupilsOf } from './pupils';

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

  it('names what a line lacks', () => {
    const cells = cellsOf('nom;prénom\nMARTIN;\n;Inès');
    const { headed, columns } = guess(cells);
    expect(pupilsOf(cells, headed, columns).map((one) => one.lacks)).toEqual(['Le prénom manque.', 'Le nom manque.']);
  });
});

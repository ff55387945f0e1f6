import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloaded } from './papers';
import { read, sound } from './pdfjs';
import { lastSchoolDay, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const host = (page: string): string => `/hote/${slug}/${people.lycee.uai}/${page}`;

async function certificate(lycee: Page): Promise<Buffer> {
  await lycee.goto(host('stages?quand=passes&q=lambert'));
  await lycee.getByRole('link', { name: 'LAMBERT Noah' }).click();
  return downloaded(lycee, 'Attestation de présence');
}

/** Each of `words` is read after the one before it. */
function inOrder(text: string, words: string[]): void {
  expect(words.filter((word) => !text.includes(word))).toEqual([]);
  expect([...words].sort((a, b) => text.indexOf(a) - text.indexOf(b))).toEqual(words);
}

it('S3 3.9: pdf.js opens the original of a convention without a warning and reads it in order', async () => {
  const college = await stage.signedIn('college');
  await college.goto(`/ecole/${people.college.uai}/reservations?q=unique`);
  const reading = await sound(await downloaded(college, 'Conv. de TÉMOIN-UNIQUE Zoé, PDF'));
  expect(reading.pages).toBe(1);
  expect(reading.title).toMatch(/^Convention de mini-stage n° C-[0-9A-Z-]+$/);
  expect(reading.headings.slice(0, 4)).toEqual(['Convention de mini-stage', 'Établissement d’origine', 'Établissement d’accueil', 'Élève']);
  inOrder(reading.text, ['Convention de mini-stage', 'Collège de la Colline', 'Lycée des métiers Jean Vilar', 'TÉMOIN-UNIQUE Zoé', 'Article 1', 'Article 8', 'Signatures']);
});

it('the papers of a day: pdf.js opens sheet, list and certificate without a warning and reads them in order', async () => {
  const lycee = await stage.signedIn('lycee');
  const attests = await sound(await certificate(lycee));
  expect(attests.pages).toBe(1);
  expect(attests.title).toMatch(/^Attestation de présence du /);
  expect(attests.headings).toEqual(['Attestation de présence']);
  inOrder(attests.text, ['Attestation de présence', 'LAMBERT Noah', '« CAP Ébéniste »', 'Fait à Valfleury']);

  await lycee.goto(host(`calendrier?mois=${lastSchoolDay().slice(0, 7)}`));
  await lycee.getByRole('link', { name: 'Ouvrir' }).first().click();
  const sheet = await sound(await downloaded(lycee, 'Feuille d’émargement'));
  expect(sheet.pages).toBe(1);
  expect(sheet.title).toMatch(/^Feuille d’émargement du /);
  expect(sheet.headings[0]).toBe('Feuille d’émargement');
  inOrder(sheet.text, ['Feuille d’émargement', 'Signature à l’arrivée', 'HADDOU Sara', 'LAMBERT Noah', 'Accompagnateurs']);

  await lycee.getByRole('main').getByRole('link', { name: 'Liste du jour' }).click();
  const list = await sound(await downloaded(lycee, 'Liste en PDF'));
  expect(list.pages).toBe(1);
  expect(list.title).toMatch(/^Liste du /);
  expect(list.headings[0]).toMatch(/^Élèves attendus le /);
  inOrder(list.text, ['Élèves attendus le ', 'Remarque', 'HADDOU Sara', 'LAMBERT Noah']);
});

it('S2 2.1: pdf.js opens both guides without a warning', async () => {
  for (const [file, title] of [['guide-origine', 'Guide des établissements d’origine'], ['guide-accueil', 'Guide des établissements d’accueil']] as const) {
    const guide = await sound(new Uint8Array(await (await fetch(`${stage.url}/guides/${file}.pdf`)).arrayBuffer()));
    expect(guide.pages).toBeGreaterThan(5);
    expect(guide.title).toContain(title);
    expect(guide.headings[0]).toBe(title);
  }
});

it('pdf.js complains of a damaged paper, and tells a font that is not in it', async () => {
  const whole = (await certificate(await stage.signedIn('lycee'))).toString('latin1');
  const damaged = async (text: string) => {
    expect(text).not.toBe(whole);
    const pdf = Buffer.from(text, 'latin1');
    await expect(sound(pdf)).rejects.toThrow();
    return read(pdf);
  };
  const middle = Math.floor((whole.lastIndexOf('\nxref') + whole.lastIndexOf('trailer')) / 2);
  const cut = await damaged(whole.slice(0, middle));
  expect(cut.complaints).toContain('Warning: Indexing all PDF objects');
  expect(cut.reading).toBeUndefined();

  const elsewhere = await damaged(whole.replace(/(?<=startxref\n)\d+/, (offset) => String(Number(offset) - 9)));
  expect(elsewhere.complaints).toEqual(['Warning: Indexing all PDF objects']);
  expect(elsewhere.reading?.text).toContain('LAMBERT Noah');

  const garbled = await damaged(whole.replace(/\/Length1 [^]*?stream\r?\n[^]{40}/, (start) => `${start.slice(0, -20)}${'x'.repeat(20)}`));
  // Which table it misses first depends on the letters of the day's date.
  expect(garbled.complaints).toEqual([expect.stringMatching(/^Warning: FormatError: /)]);

  const borrowed = await damaged(whole.replaceAll('/FontFile2', '/FontFileX'));
  expect(borrowed.complaints).toEqual([]);
  expect(borrowed.reading?.fonts.map((font) => font.embedded)).toEqual([false, false]);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

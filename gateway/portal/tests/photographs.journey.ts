import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

type Photograph = { name: string; mimeType: string; buffer: Buffer };
const photograph = (name: string, buffer: Buffer): Photograph => ({ name, mimeType: 'image/jpeg', buffer });

/** The page of a convention as a camera sees it, `dots` per inch. */
async function taken(page: Page, pupil: string, dots: number): Promise<Buffer> {
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: `Conv. de ${pupil}, PDF` }).click();
  return execFileSync('pdftoppm', ['-r', String(dots), '-jpeg', '-singlefile', await (await saved).path()]);
}

async function choose(page: Page, address: string, photographs: Photograph[]): Promise<void> {
  await page.goto(address);
  await page.getByRole('radio', { name: 'Photographier' }).check();
  await page.getByLabel('Photographier les pages').setInputFiles(photographs);
  await page.getByRole('img', { name: `Page ${photographs.length}` }).waitFor();
}

async function choosePupil(page: Page, pupil: string): Promise<void> {
  const option = await page.getByLabel('Élève').locator('option', { hasText: pupil }).getAttribute('value');
  await page.getByLabel('Élève').selectOption(option ?? '');
}

/** The files of the pages, in their order. */
async function pages(page: Page): Promise<(string | undefined)[]> {
  const texts = await page.getByRole('list', { name: 'Pages' }).getByRole('listitem').allInnerTexts();
  return texts.map((text) => /\w+\.jpg/.exec(text)?.[0]);
}

it('S3 3.4 « Photographier »: pages are put in order and taken away with the keyboard, and become one PDF', async () => {
  const college = await stage.signedIn('college');
  await college.goto(`/ecole/${people.college.uai}/reservations?q=unique`);
  const large = await taken(college, 'TÉMOIN-UNIQUE Zoé', 100);
  const small = await taken(college, 'TÉMOIN-UNIQUE Zoé', 50);
  await choose(college, `/ecole/${people.college.uai}/deposer`, [photograph('floue.jpg', small), photograph('verso.jpg', small), photograph('recto.jpg', large)]);
  await accessible(college);

  await college.getByRole('button', { name: 'Monter la page 3' }).focus();
  await college.keyboard.press('Enter');
  await college.getByText('La page 3 est devenue la page 2.').waitFor();
  await college.keyboard.press('Enter');
  await college.getByText('La page 2 est devenue la page 1.').waitFor();
  await college.getByRole('button', { name: 'Retirer la page 2' }).focus();
  await college.keyboard.press('Enter');
  await expect.poll(() => pages(college)).toEqual(['recto.jpg', 'verso.jpg']);
  await expect.poll(() => college.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Retirer la page 2');

  await college.getByRole('button', { name: 'Déposer les photographies' }).click();
  await expect.poll(() => college.getByLabel('Élève').getAttribute('aria-invalid')).toBe('true');
  await choosePupil(college, 'TÉMOIN-UNIQUE Zoé');
  await college.getByRole('button', { name: 'Déposer les photographies' }).click();
  await college.getByRole('heading', { level: 1, name: 'TÉMOIN-UNIQUE Zoé' }).waitFor();
  await college.getByText('Convention déposée pour TÉMOIN-UNIQUE Zoé. L’établissement d’accueil est prévenu.').waitFor();

  const lycee = await stage.signedIn('lycee');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/conventions`);
  await lycee.getByRole('link', { name: 'TÉMOIN-UNIQUE Zoé' }).click();
  await lycee.getByRole('heading', { level: 2, name: 'TÉMOIN-UNIQUE Zoé' }).waitFor();
  const saved = lycee.waitForEvent('download');
  await lycee.getByRole('link', { name: 'Télécharger le PDF' }).click();
  const pdf = await (await saved).path();
  const pictures = execFileSync('pdfimages', ['-list', pdf], { encoding: 'utf8' }).trim().split('\n').slice(2).map((line) => line.trim().split(/\s+/));
  expect(pictures.map((columns) => [columns[0], columns[2], columns[3], columns[4], columns[8]])).toEqual([
    ['1', 'image', '827', '1170', 'jpeg'], ['2', 'image', '414', '585', 'jpeg'],
  ]);
});

it('S3 3.4 « Photographier », on a phone: what is no photograph is told beside its page, and can be taken away', async () => {
  const college = await stage.signedIn('college', 'phone');
  const screen = await college.screenshot({ type: 'jpeg' });
  const address = `/ecole/${people.college.uai}/deposer`;
  await college.goto(address);
  await college.getByRole('radio', { name: 'Photographier' }).check();
  await college.getByRole('button', { name: 'Déposer les photographies' }).waitFor();
  await accessible(college);
  await college.getByLabel('Élève').selectOption({ index: 1 });
  await college.getByRole('button', { name: 'Déposer les photographies' }).click();
  await expect.poll(() => college.getByLabel('Photographier les pages').getAttribute('aria-invalid')).toBe('true');
  await college.getByText('Ajoutez une photographie de chaque page.').waitFor();
  await college.getByLabel('Photographier les pages').setInputFiles([photograph('un.jpg', screen), photograph('deux.jpg', Buffer.from('rien'))]);
  await college.getByText('Cette image ne peut pas être affichée.').waitFor();
  await college.getByRole('button', { name: 'Déposer les photographies' }).click();
  await college.getByText(/^Ce fichier n’est ni une photographie JPEG ni une image PNG/).waitFor();
  await accessible(college);
  await college.getByRole('button', { name: 'Retirer la page 2' }).click();
  await expect.poll(() => college.getByText(/^Ce fichier n’est ni une photographie/).count()).toBe(0);
  await accessible(college);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

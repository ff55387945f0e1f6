import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { ask, booked, chance, scannedIntoOne, seen, type Sheet } from './pile';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const pupils = 30;
/** Pages whose codes a hand covered: of which convention, and which page, from zero. */
const lost = [[2, 1], [9, 0], [21, 1]] as const;
/** Pages that were never put on the scanner. */
const missing = [[5, 1], [17, 0]] as const;
const nameOf = (pupil: number): string => `NUMÉRISÉ-${String(pupil).padStart(2, '0')}`;

/** Every page of the conventions as a scanner sees it, without those that were never put on it. */
async function printed(college: Page, conventions: readonly string[]): Promise<(Sheet & { pupil: number; page: number })[]> {
  const all = [];
  for (const [pupil, convention] of conventions.entries()) {
    const pictures = await seen(college, convention);
    expect(pictures.length, 'a convention of this journey has two pages').toBe(2);
    for (const [page, picture] of pictures.entries()) {
      const is = ([who, which]: readonly [number, number]): boolean => who === pupil && which === page;
      if (!missing.some(is)) all.push({ pupil, page, picture, covered: lost.some(is) });
    }
  }
  return all;
}

it('S3 3.4: thirty conventions scanned into one file, two pages missing and one foreign, are sorted; the rest by hand; validated', async () => {
  const [lycee, college] = [await stage.signedIn('lycee'), await stage.signedIn('college')];
  const conventions = await booked(lycee, college, Array.from({ length: pupils }, (_, pupil) => nameOf(pupil)));
  const sheets = await printed(college, conventions);
  const draw = chance(2027);
  const shuffled = sheets.map((sheet) => ({ sheet, at: draw() })).sort((a, b) => a.at - b.at).map(({ sheet }) => sheet);
  shuffled.splice(11, 0, { pupil: -1, page: 0, covered: false });
  const placeOf = (pupil: number, page: number): number => shuffled.findIndex((one) => one.pupil === pupil && one.page === page) + 1;
  const pile = await scannedIntoOne(await stage.visitor(), shuffled, 'Pile du lundi.pdf');

  await college.goto(`/ecole/${people.college.uai}/deposer`);
  await college.getByLabel('Choisir un fichier').setInputFiles(pile);
  await college.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
  await college.waitForURL(/\/piles\/scan_/, { timeout: 30_000 });
  await college.getByText(/pages? lues? sur 59/).waitFor({ timeout: 60_000 });
  await accessible(college);
  const said = () => college.locator('main [role="status"]').allInnerTexts();
  await expect.poll(said, { timeout: 420_000 }).toContain('59 pages lues, 25 conventions déposées, 4 pages à classer.');
  await accessible(college);
  const line = (pupil: number) => college.getByRole('table', { name: 'Conventions de la pile' }).getByRole('row').filter({ hasText: nameOf(pupil) });
  await line(0).getByText(/^Encre détectée dans les cases\s: .*élève.* \(indication seulement\)$/).waitFor();
  await line(5).getByText('page 2 sur 2 manquante').waitFor();
  await line(17).getByText('page 1 sur 2 manquante').waitFor();

  const card = (page: number) => college.getByRole('listitem').filter({ has: college.getByRole('heading', { level: 3, name: `Page ${page}`, exact: true }) });
  const toChoose = async (pupil: number, page: number): Promise<void> => {
    const it = card(placeOf(pupil, page));
    await it.getByText(/^Choisir (un autre|l’)\s?élève$/).click();
    await it.getByLabel('Chercher un élève').fill(nameOf(pupil));
    await it.getByLabel('Élève', { exact: true }).selectOption({ index: 1 });
    await it.getByLabel('Page de la convention').selectOption(String(page + 1));
    await accessible(college);
    await it.getByRole('button', { name: 'Rattacher la page' }).click();
    await college.getByText(`La page ${placeOf(pupil, page)} est rattachée à la convention de ${nameOf(pupil)}`).waitFor();
  };
  for (const [pupil, page] of lost) {
    const guess = card(placeOf(pupil, page)).getByRole('button', { name: `${nameOf(pupil)} Ana, page ${page + 1} sur 2` });
    if ((await guess.count()) === 0) { await toChoose(pupil, page); continue; }
    await guess.focus();
    await college.keyboard.press('Enter');
    await college.getByText(`La page ${placeOf(pupil, page)} est rattachée`).waitFor();
  }
  await college.getByRole('button', { name: 'Écarter la page 12' }).click();
  await college.getByText('La page 12 est écartée.').waitFor();
  await college.getByText('Revoir la page 12').click();
  await accessible(college);
  await college.getByRole('button', { name: `Déposer telle quelle la convention de ${nameOf(5)} Ana` }).click();
  await college.getByText('59 pages lues, 29 conventions déposées, 0 page à classer.').waitFor({ timeout: 30_000 });
  await accessible(college);

  const phone = await stage.signedIn('college', 'phone', 'dark');
  await phone.goto(new URL(college.url()).pathname);
  await phone.getByText('59 pages lues, 29 conventions déposées, 0 page à classer.').waitFor();
  await accessible(phone);
  await phone.goto(`/ecole/${people.college.uai}/deposer`);
  await phone.getByRole('link', { name: /^Pile du lundi\.pdf/ }).waitFor();
  await accessible(phone);

  // The page that was missing lay at the host’s, who scans both.
  const both = (await seen(college, conventions[17] ?? '')).map((picture) => ({ picture, covered: false }));
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/deposer`);
  await lycee.getByLabel('Choisir un fichier').setInputFiles(await scannedIntoOne(await stage.visitor(), both, 'Retrouvée.pdf'));
  await lycee.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
  await lycee.waitForURL(/\/piles\/scan_/, { timeout: 30_000 });
  await lycee.getByText('2 pages lues, 1 convention déposée, 0 page à classer.').waitFor({ timeout: 60_000 });
  await accessible(lycee);

  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/conventions?q=${encodeURIComponent(nameOf(2))}`);
  await lycee.getByRole('button', { name: 'Valider la conformité', exact: true }).click();
  await lycee.getByText('Conformité validée').first().waitFor();
  const waiting = await ask<{ conventions: { page: { items: { id: string }[] } } }>(lycee, 'query($filter: ConventionFilter!) { conventions(filter: $filter, page: { limit: 100 }) { page { items { id } } } }',
    { filter: { platform: slug, host: people.lycee.uai, tab: 'AWAITING_VALIDATION', search: 'NUMÉRISÉ' } });
  expect(waiting.conventions.page.items.length).toBe(29);
  for (const { id } of waiting.conventions.page.items) {
    await ask(lycee, 'mutation($input: ValidateConventionInput!) { validateConvention(input: $input) { __typename ... on Refused { message } } }', { input: { convention: id } });
  }
  const validated = await ask<{ conventions: { page: { total: number } } }>(lycee, 'query($filter: ConventionFilter!) { conventions(filter: $filter) { page { total } } }',
    { filter: { platform: slug, host: people.lycee.uai, tab: 'VALIDATED', search: 'NUMÉRISÉ' } });
  expect(validated.conventions.page.total).toBe(30);
}, 900_000);

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

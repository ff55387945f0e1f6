import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
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

type Sheet = { pupil: number; page: number; covered: boolean; picture: string };

/** Asks the API as whoever is signed in on `page`. */
async function ask<Data>(page: Page, query: string, variables: object): Promise<Data> {
  const answer = await page.evaluate(async (body) => (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json(), JSON.stringify({ query, variables }));
  expect(answer.errors, JSON.stringify(answer)).toBeUndefined();
  return answer.data as Data;
}

/** A number from 0 to 1, the same at each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}

/** Thirty pupils are booked, for real, on a slot of thirty seats; the ids of their conventions. */
async function booked(lycee: Page, college: Page): Promise<string[]> {
  const note = 'Le stagiaire respecte le règlement de l’établissement d’accueil et les consignes de sécurité. '.repeat(9).trim();
  await ask(lycee, 'mutation($input: ChangeConventionNotesInput!) { changeConventionNotes(input: $input) { __typename } }', { input: { platform: slug, first: note, second: note } });
  const catalogue = await ask<{ formations: { id: string }[] }>(lycee, 'query($platform: String!, $host: String!) { formations(platform: $platform, host: $host) { id } }', { platform: slug, host: people.lycee.uai });
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const details = { date: day, start: '09:00', end: '12:00', seats: pupils };
  const published = await ask<{ publishSlot: { slot: { id: string } } }>(lycee, 'mutation($input: PublishSlotInput!) { publishSlot(input: $input) { ... on SlotPublished { slot { id } } ... on Refused { message } } }',
    { input: { platform: slug, host: people.lycee.uai, formation: catalogue.formations[0]?.id, details } });
  const list = Array.from({ length: pupils }, (_, pupil) => ({ lastName: nameOf(pupil), firstName: 'Ana', birthDate: '2012-07-29' }));
  const done = await ask<{ bookSeats: { lines: { booked: { bookingId: string } | null }[] } }>(college, 'mutation($input: BookSeatsInput!) { bookSeats(input: $input) { ... on SeatsBooked { lines { booked { bookingId } } } ... on Refused { message } } }',
    { input: { slot: published.publishSlot.slot.id, origin: people.college.uai, kind: 'INTERNAL', pupils: list, mode: 'ALL' } });
  const conventionOf = async (booking: string | null | undefined): Promise<string | undefined> =>
    (await ask<{ booking: { convention: { id: string } | null } }>(college, 'query($id: String!) { booking(id: $id) { convention { id } } }', { id: booking })).booking.convention?.id;
  const all: string[] = [];
  for (const line of done.bookSeats.lines) {
    await expect.poll(() => conventionOf(line.booked?.bookingId), { timeout: 30_000 }).toBeDefined();
    all.push((await conventionOf(line.booked?.bookingId)) ?? '');
  }
  return all;
}

/** Every page of the conventions, printed and seen by a scanner at 150 dots per inch. */
async function printed(college: Page, conventions: readonly string[]): Promise<Sheet[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pile-'));
  const sheets: Sheet[] = [];
  for (const [pupil, convention] of conventions.entries()) {
    const pdf = await college.request.get(`/convention/${convention}/original.pdf`);
    writeFileSync(join(folder, 'original.pdf'), await pdf.body());
    execFileSync('pdftoppm', ['-r', '150', '-gray', '-jpeg', join(folder, 'original.pdf'), join(folder, 'page')]);
    const pages = readdirSync(folder).filter((name) => name.endsWith('.jpg')).sort();
    expect(pages.length, 'a convention of this journey has two pages').toBe(2);
    for (const [page, name] of pages.entries()) {
      if (missing.some(([who, which]) => who === pupil && which === page)) continue;
      const covered = lost.some(([who, which]) => who === pupil && which === page);
      sheets.push({ pupil, page, covered, picture: readFileSync(join(folder, name)).toString('base64') });
    }
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
  }
  rmSync(folder, { recursive: true });
  return sheets;
}

/** Signed with a pen, laid a little askew, some codes under a hand, and scanned into one PDF. */
async function scannedIntoOne(page: Page, sheets: readonly Sheet[]): Promise<Buffer> {
  await page.setContent('<style>@page { size: A4; margin: 0 } body { margin: 0 } img { display: block; width: 210mm; height: 296.9mm; break-after: page }</style>');
  for (const [at, sheet] of sheets.entries()) {
    await page.evaluate(async ({ picture, covered, askew, foreign }) => {
      const seen = new Image();
      seen.src = `data:image/jpeg;base64,${picture}`;
      await seen.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [seen.width, seen.height];
      const paper = canvas.getContext('2d')!;
      paper.fillStyle = '#f4f2ec';
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.translate(canvas.width / 2, canvas.height / 2);
      paper.rotate(askew);
      paper.translate(-canvas.width / 2, -canvas.height / 2);
      if (!foreign) paper.drawImage(seen, 0, 0);
      paper.strokeStyle = '#1c2f6b';
      paper.lineWidth = 4;
      paper.beginPath();
      for (let x = 0; x < 260; x += 4) paper.lineTo(canvas.width * 0.55 + x, canvas.height * 0.82 + 26 * Math.sin(x / 11));
      paper.stroke();
      paper.fillStyle = '#6b5a4e';
      if (covered) {
        paper.fillRect(canvas.width * 0.62, 0, canvas.width * 0.38, canvas.height * 0.25);
        paper.fillRect(0, canvas.height * 0.5, canvas.width * 0.34, canvas.height * 0.5);
      }
      const out = new Image();
      out.src = canvas.toDataURL('image/jpeg', 0.75);
      await out.decode();
      document.body.append(out);
    }, { picture: sheet.picture, covered: sheet.covered, askew: (chance(at + 1)() - 0.5) * 0.05, foreign: sheet.pupil < 0 });
  }
  return page.pdf({ preferCSSPageSize: true, printBackground: true });
}

it('S3 3.4: thirty conventions scanned into one file, two pages missing and one foreign, are sorted; the rest by hand; validated', async () => {
  const [lycee, college] = [await stage.signedIn('lycee'), await stage.signedIn('college')];
  const sheets = await printed(college, await booked(lycee, college));
  const draw = chance(2027);
  const shuffled = sheets.map((sheet) => ({ sheet, at: draw() })).sort((a, b) => a.at - b.at).map(({ sheet }) => sheet);
  shuffled.splice(11, 0, { pupil: -1, page: 0, covered: false, picture: sheets[0]?.picture ?? '' });
  const placeOf = (pupil: number, page: number): number => shuffled.findIndex((one) => one.pupil === pupil && one.page === page) + 1;
  const pile = await scannedIntoOne(await stage.visitor(), shuffled);

  await college.goto(`/ecole/${people.college.uai}/deposer`);
  await college.getByLabel('Choisir un fichier').setInputFiles({ name: 'Pile du lundi.pdf', mimeType: 'application/pdf', buffer: pile });
  await college.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
  await college.waitForURL(/\/piles\/scan_/, { timeout: 30_000 });
  await college.getByText(/pages? lues? sur 59/).waitFor({ timeout: 60_000 });
  await accessible(college);
  const said = () => college.locator('main [role="status"]').allInnerTexts();
  await expect.poll(said, { timeout: 240_000 }).toContain('59 pages lues, 25 conventions déposées, 4 pages à classer.');
  await accessible(college);
  const line = (pupil: number) => college.getByRole('table', { name: 'Conventions de la pile' }).getByRole('row').filter({ hasText: nameOf(pupil) });
  await line(5).getByText('page 2 sur 2 manquante').waitFor();
  await line(17).getByText('page 1 sur 2 manquante').waitFor();

  const card = (page: number) => college.getByRole('listitem').filter({ has: college.getByRole('heading', { level: 3, name: `Page ${page}`, exact: true }) });
  const toChoose = async (pupil: number, page: number): Promise<void> => {
    const it = card(placeOf(pupil, page));
    await it.getByText('Choisir un autre élève').click();
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

  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/conventions?q=${encodeURIComponent(nameOf(2))}`);
  await lycee.getByRole('button', { name: 'Valider la conformité' }).click();
  await lycee.getByText('Conformité validée').first().waitFor();
  const waiting = await ask<{ conventions: { page: { items: { id: string }[] } } }>(lycee, 'query($filter: ConventionFilter!) { conventions(filter: $filter) { page { items { id } } } }',
    { filter: { platform: slug, host: people.lycee.uai, tab: 'AWAITING_VALIDATION', search: 'NUMÉRISÉ' } });
  expect(waiting.conventions.page.items.length).toBe(28);
  for (const { id } of waiting.conventions.page.items) {
    await ask(lycee, 'mutation($input: ValidateConventionInput!) { validateConvention(input: $input) { __typename ... on Refused { message } } }', { input: { convention: id } });
  }
  const validated = await ask<{ conventions: { page: { total: number } } }>(lycee, 'query($filter: ConventionFilter!) { conventions(filter: $filter) { page { total } } }',
    { filter: { platform: slug, host: people.lycee.uai, tab: 'VALIDATED', search: 'NUMÉRISÉ' } });
  expect(validated.conventions.page.total).toBe(29);
}, 400_000);

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

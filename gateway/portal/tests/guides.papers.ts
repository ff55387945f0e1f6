import type { Page } from 'playwright-core';
import type { Album } from './album';
import { pagesOf } from './documents';
import { downloaded } from './papers';
import { booked, scannedIntoOne, seen, type Sheet } from './pile';
import { people, slug, type Stage } from './stage';

const host = (page: string): string => `/hote/${slug}/${people.lycee.uai}/${page}`;

/** What a host prints for a day, and a stack of scans. The stack comes last: it books for pupils of its own. */
export async function drawPapers(stage: Stage, album: Album): Promise<void> {
  await ofTheDay(stage, album);
  await stack(stage, album);
}

async function ofTheDay(stage: Stage, album: Album): Promise<void> {
  const lycee = await stage.signedIn('lycee', 'guide');
  const blank = await stage.visitor('guide');
  const paper = async (name: string, pdf: Buffer, most: number): Promise<void> => album.keepPaper(blank, name, pagesOf(pdf)[0] ?? Buffer.alloc(0), { most });
  await lycee.goto(host('stages?quand=passes&q=lambert'));
  await lycee.getByRole('link', { name: 'LAMBERT Noah', exact: true }).click();
  await paper('accueil-attestation', await downloaded(lycee, 'Attestation de présence'), 560);
  await lycee.getByRole('link', { name: 'Voir le créneau' }).click();
  await paper('accueil-emargement', await downloaded(lycee, 'Feuille d’émargement'), 535);
  await blank.context().close();
  await lycee.context().close();
}

async function stack(stage: Stage, album: Album): Promise<void> {
  const college = await stage.signedIn('college', 'guide');
  const ids = await booked(await stage.signedIn('lycee'), college, ['BERNARD', 'DUBOIS', 'PETIT']);
  const sheets: Sheet[] = [];
  for (const id of ids) for (const picture of await seen(college, id)) sheets.push({ picture, covered: false });
  const last = sheets.pop();
  if (last) sheets.push({ ...last, covered: true });
  await college.goto(`/ecole/${people.college.uai}/deposer`);
  await college.getByLabel('Choisir un fichier').setInputFiles(await scannedIntoOne(await stage.visitor(), sheets, 'Pile du lundi.pdf'));
  await college.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
  await college.getByText(`${sheets.length} pages lues, ${ids.length - 1} conventions déposées, 1 page à classer.`).waitFor({ timeout: 60_000 });
  await allPictures(college);
  const loose = college.locator('main li').filter({ has: college.getByRole('heading', { level: 3, name: 'Page 6' }) });
  await album.keep(college, 'origine-a-classer', [loose], { ring: loose.getByRole('button', { name: 'PETIT Ana, page 2 sur 2' }) });
  await album.keep(college, 'origine-pile', [college.locator('main section').filter({ has: college.getByRole('heading', { name: 'Conventions de la pile' }) }).last()]);
  await college.context().close();
}

/** Has every picture of the page come. */
async function allPictures(page: Page): Promise<void> {
  await page.evaluate(async () => { for (const picture of document.images) { picture.loading = 'eager'; await picture.decode(); } });
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { downloaded } from './papers';
import { drawn } from './picture';
import { code, draw, guardian, head, placement, principal, pupil, toSign } from './signing';
import { people, slug, type Stage } from './stage';

/** Someone whose placement is over, and who came; someone who is still to come, on a day of several. */
const [past, coming] = ['LAMBERT Noah', 'SOW Mila'];

/** The width of a document’s picture, in pixels. It is drawn twice as large first: thin lines stay as thin as they are. */
const width = 900;

/** The pages of a PDF, as PNG pictures of twice that width. */
export function pagesOf(pdf: Buffer): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'document-'));
  execFileSync('pdftoppm', ['-png', '-scale-to-x', `${2 * width}`, '-scale-to-y', '-1', '-', join(folder, 'page')], { input: pdf });
  const pages = readdirSync(folder).sort().map((name) => readFileSync(join(folder, name)));
  rmSync(folder, { recursive: true });
  return pages;
}

/** The convention as it is printed, and as it is once everyone signed it online; the guardian’s page on the way. */
export async function drawConvention(stage: Stage, folder: string, keep: (page: Page, name: string) => Promise<void>): Promise<void> {
  const college = await stage.signedIn('college');
  await college.goto(`/ecole/${people.college.uai}/reservations?q=unique`);
  await write(college, `${folder}/document-convention`, await downloaded(college, `Conv. de ${pupil}, PDF`));
  await placement(college);
  await college.getByRole('button', { name: 'Faire signer en ligne' }).click();
  const dialog = college.getByRole('dialog');
  for (const [role, name, address] of [['Établissement d’origine', 'Anne Colline', head], ['Établissement d’accueil', 'Paul Vilar', principal]] as const) {
    await dialog.getByRole('group', { name: role }).getByLabel('Nom et prénom').fill(name);
    await dialog.getByRole('group', { name: role }).getByLabel('Adresse de courriel').fill(address);
  }
  await dialog.getByRole('button', { name: 'Envoyer les liens' }).click();
  await college.getByText('Signatures demandées').waitFor();

  const phone = await stage.visitor('phone');
  for (const who of [guardian, head, principal]) {
    await phone.goto(await toSign(stage, who));
    await phone.getByLabel('Code reçu').fill(await code(stage, phone, who));
    if (who === guardian) await draw(phone);
    await phone.getByLabel('Écrivez « lu et approuvé »').fill('lu et approuvé');
    if (who === guardian) await keep(phone, 'signer-360');
    await phone.getByRole('button', { name: 'Signer la convention' }).click();
    await phone.getByText(who === principal ? 'Tous ont signé' : 'Votre signature est enregistrée.').waitFor();
  }
  await placement(college);
  await write(college, `${folder}/document-signee`, await downloaded(college, 'Convention signée, PDF'));
}

/** What a host prints for a day: that someone came, who is to sign, who comes. */
export async function drawPapers(stage: Stage, folder: string): Promise<void> {
  const lycee = await stage.signedIn('lycee');
  const open = async (pupil: string, when: string): Promise<void> => {
    await lycee.goto(`/hote/${slug}/${people.lycee.uai}/stages?${when}q=${pupil.split(' ')[0]}`);
    await lycee.getByRole('link', { name: pupil, exact: true }).click();
    await lycee.getByRole('heading', { level: 1, name: pupil }).waitFor();
  };
  await open(past, 'quand=passes&');
  await write(lycee, `${folder}/document-attestation`, await downloaded(lycee, 'Attestation de présence'));
  await lycee.getByRole('link', { name: 'Voir le créneau' }).click();
  await write(lycee, `${folder}/document-emargement`, await downloaded(lycee, 'Feuille d’émargement'));
  await open(coming, '');
  await lycee.getByRole('link', { name: 'Voir le créneau' }).click();
  await lycee.getByRole('main').getByRole('link', { name: 'Liste du jour' }).click();
  await write(lycee, `${folder}/document-liste`, await downloaded(lycee, 'Liste en PDF'));
}

/** Writes a picture of each page; they are numbered where there is more than one. */
async function write(page: Page, path: string, pdf: Buffer): Promise<void> {
  const pages = pagesOf(pdf);
  for (const [at, png] of pages.entries()) {
    writeFileSync(`${path}${pages.length > 1 ? `-${at + 1}` : ''}.webp`, await drawn(page, png, { kind: 'image/webp', quality: 0.7, scale: 0.5 }));
  }
}

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Album } from './album';
import { pagesOf } from './documents';
import { downloaded } from './papers';
import { code, draw, guardian, head, letters, placement, principal } from './signing';
import { people, slug, type Stage } from './stage';

const card = (page: Page, title: string): Locator => page.locator('main section').filter({ has: page.getByRole('heading', { name: title, exact: true }) }).last();

/** A convention signed online: asked for, refused, corrected, followed, asked for again in part, signed by all, verified. */
export async function drawSigning(stage: Stage, album: Album): Promise<void> {
  const college = await stage.signedIn('college', 'guide');
  await placement(college);
  const phone = await stage.visitor('pocket');
  await ask(college, 'Faire signer en ligne', album);
  await refuse(stage, phone);
  await correct(college, album);
  await ask(college, 'Redemander les signatures');
  await guardianSigns(stage, phone, album);
  await sign(stage, phone, head, 2);
  await follow(college, album);
  await signAgain(stage, college, phone, album);
  await sign(stage, phone, principal, 3, 'Tous ont signé');
  await verify(stage, college, album);
  await hostSide(stage, album);
  await lost(phone, album);
  await phone.context().close();
  await college.context().close();
}

/** Says who signs, at which address. */
async function ask(college: Page, button: string, album?: Album): Promise<void> {
  await college.setViewportSize({ width: 1_120, height: 1_100 });
  await college.getByRole('button', { name: button }).click();
  const dialog = college.getByRole('dialog');
  for (const [role, name, address] of [['Responsable légal', 'Ysaline Témoin-Unique', guardian], ['Établissement d’origine', 'Anne Colline', head], ['Établissement d’accueil', 'Paul Vilar', principal]] as const) {
    await dialog.getByRole('group', { name: role }).getByLabel('Nom et prénom').fill(name);
    await dialog.getByRole('group', { name: role }).getByLabel('Adresse de courriel').fill(address);
  }
  const send = dialog.getByRole('button', { name: 'Envoyer les liens' });
  await album?.keep(college, 'origine-signatures-demander', [dialog], { ring: send });
  await send.click();
  await dialog.waitFor({ state: 'hidden' });
  await college.getByText('Signatures demandées').waitFor();
}

/** The address of the `count`-th letter that asks `who` to sign, and where it leads. */
async function invitation(stage: Stage, who: string, count: number): Promise<{ letter: string; link: string }> {
  await expect.poll(async () => (await letters(stage, who, 'Convention à signer')).length, { timeout: 8_000 }).toBe(count);
  const [letter = ''] = await letters(stage, who, 'Convention à signer');
  return { letter, link: await stage.linkOf(who, 'Convention à signer', 'Lire et signer la convention') };
}

async function refuse(stage: Stage, phone: Page): Promise<void> {
  await phone.goto((await invitation(stage, guardian, 1)).link);
  await phone.getByText('Je refuse de signer').click();
  await phone.getByLabel('Motif').fill('Le prénom de ma fille s’écrit Zoée.');
  await phone.getByRole('button', { name: 'Refuser de signer' }).click();
  await phone.getByText('Votre refus est enregistré').waitFor();
}

async function correct(college: Page, album: Album): Promise<void> {
  await college.reload();
  const again = college.getByRole('button', { name: 'Redemander les signatures' });
  await again.waitFor();
  await album.keep(college, 'origine-signatures-refus', [card(college, 'Signatures')], { ring: again });
  await college.getByRole('button', { name: /^Corriger l’identité/ }).click();
  const dialog = college.getByRole('dialog');
  await dialog.getByLabel('Prénom').fill('Zoée');
  const save = dialog.getByRole('button', { name: 'Enregistrer la correction' });
  await album.keep(college, 'origine-corriger', [dialog], { ring: save });
  await save.click();
  await dialog.waitFor({ state: 'hidden' });
  await college.getByText('C’est sa version 2 qui est à faire signer.').waitFor();
}

async function guardianSigns(stage: Stage, phone: Page, album: Album): Promise<void> {
  const { letter, link } = await invitation(stage, guardian, 2);
  const reader = await stage.visitor('guide');
  await reader.setViewportSize({ width: 620, height: 800 });
  await reader.goto(`${letter}/html`);
  await album.keep(reader, 'famille-courriel', [reader.locator('body')], { ring: reader.getByRole('link', { name: 'Lire et signer la convention' }), most: 760 });
  await reader.context().close();
  await phone.goto(link);
  await album.keep(phone, 'famille-page', [phone.locator('body')], { ring: phone.getByRole('link', { name: 'Lire la convention (PDF)' }), most: 620 });
  const digits = await code(stage, phone, guardian);
  await phone.getByLabel('Code reçu').fill(digits);
  await draw(phone);
  await phone.getByLabel('Écrivez « lu et approuvé »').fill('lu et approuvé');
  const send = phone.getByRole('button', { name: 'Signer la convention' });
  await album.keep(phone, 'famille-signer', [phone.getByRole('heading', { name: '2. Signer' }), phone.getByLabel('Code reçu'), send], { ring: send });
  await send.click();
  await phone.getByText('Votre signature est enregistrée.').waitFor();
}

/** Signs by the `count`-th letter that asked for it. */
async function sign(stage: Stage, phone: Page, who: string, count: number, told = 'Votre signature est enregistrée.'): Promise<void> {
  await phone.goto((await invitation(stage, who, count)).link);
  await phone.getByLabel('Code reçu').fill(await code(stage, phone, who));
  await phone.getByLabel('Écrivez « lu et approuvé »').fill('lu et approuvé');
  await phone.getByRole('button', { name: 'Signer la convention' }).click();
  await phone.getByText(told).waitFor();
}

async function follow(college: Page, album: Album): Promise<void> {
  await college.reload();
  await expect.poll(() => college.getByText('A signé', { exact: true }).count()).toBe(2);
  await album.keep(college, 'origine-signatures-suivre', [card(college, 'Signatures')]);
}

/** A birth date that is corrected concerns the guardian only. */
async function signAgain(stage: Stage, college: Page, phone: Page, album: Album): Promise<void> {
  await college.getByRole('button', { name: /^Corriger l’identité/ }).click();
  const dialog = college.getByRole('dialog');
  await dialog.getByLabel('Date de naissance').fill('05/11/2011');
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const told = college.getByText('C’est sa version 3 qui est à faire signer.');
  await told.waitFor();
  await invitation(stage, guardian, 3);
  await expect.poll(() => college.getByText('A signé', { exact: true }).count()).toBe(1);
  await album.keep(college, 'origine-change', [college.locator('main > div').last()], { most: 330 });
  await sign(stage, phone, guardian, 3);
}

async function verify(stage: Stage, college: Page, album: Album): Promise<void> {
  const file = college.getByRole('link', { name: 'Convention signée, PDF' });
  await file.waitFor();
  await album.keep(college, 'origine-signatures-toutes', [card(college, 'Signatures')], { ring: file });
  const signed = await downloaded(college, 'Convention signée, PDF');
  const visitor = await stage.visitor('guide');
  await album.keepPaper(visitor, 'origine-preuve', pagesOf(signed).at(-1) ?? Buffer.alloc(0), { most: 800 });
  await visitor.goto('/verifier');
  await visitor.getByLabel('Convention signée (PDF)').setInputFiles({ name: 'convention.pdf', mimeType: 'application/pdf', buffer: signed });
  await visitor.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await visitor.getByText('Ce document est authentique').waitFor();
  await album.keep(visitor, 'origine-verifier', [visitor.locator('main')]);
  await visitor.context().close();
}

/** What the host reads before it validates, and before it changes a slot for which conventions were made. */
async function hostSide(stage: Stage, album: Album): Promise<void> {
  const lycee = await stage.signedIn('lycee', 'guide');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/conventions?q=unique`);
  await lycee.getByRole('button', { name: 'Valider la conformité', exact: true }).waitFor();
  const signatures = card(lycee, 'Signatures électroniques');
  await signatures.waitFor();
  await album.keep(lycee, 'accueil-signee', [signatures]);
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/stages?q=unique`);
  await lycee.getByRole('link', { name: /^TÉMOIN-UNIQUE Zoée/ }).click();
  await lycee.getByRole('link', { name: 'Voir le créneau' }).click();
  await lycee.getByRole('button', { name: 'Modifier', exact: true }).click();
  await lycee.getByLabel('Salle').fill('Atelier neuf');
  await album.keep(lycee, 'accueil-modifier', [card(lycee, 'Modifier le créneau')], { ring: lycee.getByText('tous la signent de nouveau') });
  await lycee.context().close();
}

async function lost(phone: Page, album: Album): Promise<void> {
  await phone.goto('/signer');
  await phone.getByLabel('Identification de la convention').fill('C-4T7K-9M2P-QX3D');
  await phone.getByLabel('Date de naissance de l’élève').fill('2011-11-05');
  await album.keep(phone, 'famille-lien-perdu', [phone.locator('body')], { ring: phone.getByRole('button', { name: 'Recevoir un nouveau lien' }), most: 740 });
}

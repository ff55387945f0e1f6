import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloaded, wordsOf } from './papers';
import { sound } from './pdfjs';
import { code, draw, guardian, head, letters, placement, principal, pupil, toSign } from './signing';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

/** What the signed document says to type on the page that verifies it: the identification and the code. */
function printed(signed: Buffer): string {
  const text = wordsOf(signed);
  const [reference] = /C-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text) ?? [];
  const [, code] = /Code de vérification\s*:\s*([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text) ?? [];
  return `${reference ?? ''}/${code ?? ''}`;
}

it('S3 3.2: a school has a convention signed online: it says whom to ask, at which address', async () => {
  const page = await stage.signedIn('college', 'phone');
  await placement(page);
  await accessible(page);
  await page.getByRole('button', { name: 'Faire signer en ligne' }).click();
  const dialog = page.getByRole('dialog');
  const of = (role: string) => dialog.getByRole('group', { name: role });
  expect(await of('Responsable légal').getByLabel('Nom et prénom').inputValue()).toBe('Ysaline Témoin-Unique');
  expect(await of('Responsable légal').getByLabel('Adresse de courriel').inputValue()).toBe(guardian);
  await accessible(page);
  await of('Établissement d’origine').getByLabel('Nom et prénom').fill('Anne Colline');
  await of('Établissement d’origine').getByLabel('Adresse de courriel').fill(guardian);
  await of('Établissement d’accueil').getByLabel('Nom et prénom').fill('Paul Vilar');
  await of('Établissement d’accueil').getByLabel('Adresse de courriel').fill('provizeur@vilar.example');
  await dialog.getByRole('button', { name: 'Envoyer les liens' }).click();
  await dialog.getByText('Deux signataires ne peuvent pas avoir la même adresse ni le même téléphone').waitFor();
  await accessible(page);
  await of('Établissement d’origine').getByLabel('Adresse de courriel').fill(head);
  await dialog.getByRole('button', { name: 'Envoyer les liens' }).click();
  await page.getByText('Chaque signataire reçoit son lien par courriel.').waitFor();
  await page.getByText('Signatures demandées').waitFor();
  expect(await page.getByText('Signature attendue').count()).toBe(3);
  await page.getByText(/Un nouveau lien pourra partir à partir du .*\s: un par jour au plus\./).first().waitFor();
  await accessible(page);
});

it('S3 3.2: on a telephone, a guardian reads the convention, proves who they are by a code, draws and signs', async () => {
  const link = await toSign(stage, guardian);
  const phone = await stage.visitor('phone');
  await phone.goto(link);
  await phone.getByRole('heading', { level: 1, name: 'Signer la convention' }).waitFor();
  await phone.getByText(pupil).waitFor();
  await accessible(phone);
  expect((await downloaded(phone, 'Lire la convention (PDF)')).subarray(0, 5).toString()).toBe('%PDF-');
  const digits = await code(stage, phone, guardian);
  await accessible(phone);
  await draw(phone);
  await phone.getByRole('button', { name: 'Effacer' }).click();
  await phone.getByText('Cadre vide : votre nom saisi vaudra signature.').waitFor();
  await draw(phone);
  await phone.getByLabel('Code reçu').fill(digits === '000000' ? '000001' : '000000');
  await phone.getByLabel('Écrivez « lu et approuvé »').fill('Lu et approuvé');
  await phone.getByRole('button', { name: 'Signer la convention' }).click();
  await phone.getByText('Ce n’est pas le code envoyé').waitFor();
  await phone.getByText('Signature tracée.').waitFor();
  await accessible(phone);
  await phone.getByLabel('Code reçu').fill(digits);
  await phone.getByRole('button', { name: 'Signer la convention' }).click();
  await phone.getByText('Votre signature est enregistrée.').waitFor();
  await accessible(phone);
  await phone.goto(link);
  await phone.getByText('Vous avez déjà signé cette convention').waitFor();
});

it('S3 3.2: without any script a name is typed; the host sees who is awaited; the last signature deposits the convention', async () => {
  const visitor = await stage.visitor('phone');
  const plain = await visitor.context().browser()?.newContext({ baseURL: stage.url, javaScriptEnabled: false, viewport: { width: 360, height: 740 }, locale: 'fr-FR' });
  const page = await plain?.newPage();
  if (!page) throw new Error('there is no browser');
  const lycee = await stage.signedIn('lycee', 'desk', 'dark');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/stages?q=unique`);
  await lycee.getByRole('link', { name: pupil, exact: true }).click();
  await lycee.getByRole('heading', { level: 2, name: 'Signatures' }).waitFor();
  expect(await lycee.getByText('A signé', { exact: true }).count()).toBe(1);
  await page.goto(await toSign(stage, head));
  expect(await page.getByRole('img', { name: 'Votre signature' }).count()).toBe(0);
  await page.getByLabel('Code reçu').fill(await code(stage, page, head));
  await page.getByLabel('Écrivez « lu et approuvé »').fill('lu et approuvé');
  await page.getByRole('button', { name: 'Signer la convention' }).click();
  await page.getByText('Votre signature est enregistrée.').waitFor();

  await expect.poll(() => lycee.getByText('A signé', { exact: true }).count(), { timeout: 8_000 }).toBe(2);
  expect(await lycee.getByText('Signature attendue').count()).toBe(1);
  await lycee.getByText(/, signature tracée\.$/).waitFor();
  await accessible(lycee);

  await lycee.getByRole('button', { name: 'Corriger l’adresse : établissement d’accueil' }).click();
  const dialog = lycee.getByRole('dialog');
  expect(await dialog.getByLabel('Nom et prénom').inputValue()).toBe('Paul Vilar');
  await dialog.getByLabel('Adresse de courriel').fill(guardian);
  await dialog.getByRole('button', { name: 'Enregistrer et envoyer le lien' }).click();
  await dialog.getByText('Deux signataires ne peuvent pas avoir la même adresse ni le même téléphone').waitFor();
  await accessible(lycee);
  await dialog.getByLabel('Adresse de courriel').fill(principal);
  await dialog.getByRole('button', { name: 'Enregistrer et envoyer le lien' }).click();
  await lycee.getByText(`Un nouveau lien est parti à ${principal}.`).waitFor();
  await lycee.getByText(`à ${principal}.`, { exact: false }).first().waitFor();

  await visitor.goto(await toSign(stage, principal));
  await visitor.emulateMedia({ colorScheme: 'dark' });
  await visitor.getByLabel('Code reçu').fill(await code(stage, visitor, principal));
  await draw(visitor);
  await accessible(visitor);
  await visitor.getByLabel('Écrivez « lu et approuvé »').fill('lu et approuvé');
  await visitor.getByRole('button', { name: 'Signer la convention' }).click();
  await visitor.getByText('Tous ont signé : la convention vous est envoyée par courriel.').waitFor();
  await lycee.getByText('Signée par tous').waitFor();
  await lycee.getByText('En attente de validation').first().waitFor();
  await accessible(lycee);
});

it('S3 3.2: the guardian and the school open the signed document; anyone verifies it by its file, without a name', async () => {
  await expect.poll(async () => (await letters(stage, guardian, 'Convention signée')).length, { timeout: 8_000 }).toBe(1);
  const [letter = ''] = await letters(stage, guardian, 'Convention signée');
  const received = Buffer.from(await (await fetch(`${stage.url}${letter}/piece/0`)).arrayBuffer());
  const college = await stage.signedIn('college', 'phone');
  await placement(college);
  const signed = await downloaded(college, 'Convention signée, PDF');
  expect(signed.subarray(0, 5).toString()).toBe('%PDF-');
  expect(received.equals(signed)).toBe(true);
  const reading = await sound(signed);
  expect(reading.pages).toBe(2);
  expect(reading.title).toMatch(/^Convention de mini-stage n° C-/);
  expect(reading.headings).toContain('Page de preuve');
  expect(reading.text).toContain(pupil);
  await accessible(college);

  const anyone = await stage.visitor('phone');
  await anyone.goto('/verifier');
  await accessible(anyone);
  const file = (buffer: Buffer) => ({ name: 'convention.pdf', mimeType: 'application/pdf', buffer });
  await anyone.getByLabel('Convention signée (PDF)').setInputFiles(file(signed));
  await anyone.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await anyone.getByText('Ce document est authentique').waitFor();
  await anyone.getByText(/^responsable légal, le .*, signature tracée$/).waitFor();
  expect(await anyone.getByText('Ysaline').count()).toBe(0);
  await accessible(anyone);
  await anyone.goto('/accessibilite');
  await anyone.getByRole('link', { name: 'Vérifier une convention signée' }).click();
  await anyone.goto(`/verifier#${printed(signed)}`);
  await anyone.getByRole('button', { name: 'Vérifier', exact: true }).click();
  await anyone.getByText('Ce document est authentique, s’il est bien celui que vous avez sous les yeux').waitFor();
  await anyone.getByLabel('Convention signée (PDF)').setInputFiles(file(Buffer.concat([signed, Buffer.from('\n')])));
  await anyone.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await anyone.getByText('Ce fichier n’est pas une convention signée sur Escale').waitFor();
  await accessible(anyone);
});

it('S3 3.2: a lost link is asked for again by anyone, who learns nothing', async () => {
  const page = await stage.visitor('phone');
  await page.goto('/signer');
  await accessible(page);
  await page.getByLabel('Identification de la convention').fill('C-0000-0000');
  await page.getByLabel('Date de naissance de l’élève').fill('2012-07-29');
  await page.getByRole('button', { name: 'Recevoir un nouveau lien' }).click();
  await page.getByText('Si ces renseignements sont ceux d’une convention à signer, un nouveau lien vient de partir').waitFor();
  await accessible(page);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

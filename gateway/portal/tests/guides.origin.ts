import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import type { Album } from './album';
import { people, slug, type Stage } from './stage';

const school = (page = ''): string => `/ecole/${people.college.uai}${page}`;
const card = (page: Page, title: string): Locator => page.locator('main section').filter({ has: page.getByRole('heading', { name: title }) }).last();
const main = (page: Page): Locator => page.locator('main > div').last();

/** What a school of origin sees, from its sign-up to what it reads after the mini-stage. */
export async function drawOrigin(stage: Stage, album: Album): Promise<void> {
  await signUp(stage, album);
  const page = await stage.signedIn('college', 'guide');
  await book(page, album);
  await bookMany(page, album);
  await returnConvention(stage, page, album);
  await waitingList(stage, page, album);
  await theRest(stage, page, album);
  await page.context().close();
}

async function signUp(stage: Stage, album: Album): Promise<void> {
  const page = await stage.visitor('guide');
  await page.goto('/connexion');
  const link = page.getByRole('link', { name: 'Inscrivez votre établissement scolaire' });
  await link.waitFor();
  await album.keep(page, 'origine-connexion', [main(page)], { ring: link });
  await page.goto('/inscription');
  await page.getByLabel('Code RNE complet de l’établissement').fill('9990013K');
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await page.getByLabel('Identifiant').waitFor();
  await page.getByLabel('Madame').check();
  await page.getByLabel('Votre nom').fill('Aubert');
  await page.getByLabel('Votre prénom').fill('Claire');
  await page.getByLabel('Fonction').fill('Secrétaire');
  await page.getByLabel('Mot de passe', { exact: true }).fill('Aubert-2027!');
  await page.getByLabel('Confirmation du mot de passe', { exact: true }).fill('Aubert-2027!');
  await album.keep(page, 'origine-inscription', [main(page)], { most: 1_300 });
  await page.getByRole('button', { name: 'CRÉER VOTRE COMPTE UTILISATEUR' }).click();
  await page.getByText('Votre compte est créé').waitFor();
  await album.keep(page, 'origine-confirmation', [page.locator('main section')], { ring: page.getByRole('button', { name: /RECEVOIR L’EMAIL/ }) });
  await page.waitForFunction(async () => (await (await fetch('/courrier')).text()).includes('9990013'));
  await page.goto('/courrier');
  await page.getByRole('row').filter({ hasText: '9990013' }).getByRole('link', { name: 'Vérifiez votre adresse Email' }).click();
  const letter = page.url();
  await page.goto(`${letter}/html`);
  await album.keep(page, 'origine-courriel', [page.locator('body')]);
  const address = await page.getByRole('link', { name: /Vérifier votre Email/ }).getAttribute('href');
  await page.goto(new URL(address ?? '/').pathname);
  await album.keep(page, 'origine-verification', [page.locator('main')]);
  await page.context().close();
}

async function toIdentity(page: Page, album?: Album): Promise<void> {
  await page.goto(school('/reserver'));
  await page.getByLabel('Élève de mon établissement').check();
  if (album) await album.keep(page, 'origine-type', [main(page)]);
  await page.getByRole('button', { name: 'Continuer vers le créneau' }).click();
  const choose = page.getByRole('button', { name: /^Choisir : CAP Ébéniste/ }).first();
  await choose.waitFor();
  if (album) await album.keep(page, 'origine-creneau', [main(page)], { ring: choose, most: 620 });
  await choose.click();
  await page.getByRole('button', { name: 'Continuer vers l’identité' }).click();
  await page.getByLabel('Prénom').or(page.getByLabel('Liste des élèves')).first().waitFor();
}

async function book(page: Page, album: Album): Promise<void> {
  await page.goto(school());
  await page.getByRole('heading', { name: 'Prochains mini-stages' }).waitFor();
  await album.keep(page, 'origine-accueil', [page.locator('header').first(), page.locator('main')], { most: 640 });
  await toIdentity(page, album);
  await page.getByRole('textbox', { name: 'Nom', exact: true }).fill('BERTHIER');
  await page.getByLabel('Prénom').fill('Zoé');
  await page.getByLabel('Date de naissance').fill('12/03/2012');
  await page.getByLabel('Classe').fill('3e B');
  await page.getByLabel('Nom du responsable légal').fill('BERTHIER Paul');
  await page.getByLabel('Courriel du responsable').fill('paul.berthier@exemple.fr');
  const confirm = page.getByRole('button', { name: 'Confirmer la réservation' });
  await album.keep(page, 'origine-identite', [main(page)], { ring: confirm });
  await confirm.click();
  await page.getByRole('heading', { level: 1, name: 'BERTHIER Zoé' }).waitFor();
  await page.reload();
  await page.getByText('Le mini-stage ne sera validé').waitFor();
  await album.keep(page, 'origine-fiche', [main(page)], { most: 640 });
}

async function bookMany(page: Page, album: Album): Promise<void> {
  await toIdentity(page);
  await page.getByLabel('Une liste d’élèves').check();
  await page.getByLabel('Liste des élèves').fill('Nom;Prénom;Classe\nFERRAND;Ana;3e A\nKONÉ;Luc;3e A\nMOREL;;3e C');
  await page.getByText('Le prénom manque.').waitFor();
  await page.getByLabel('Ceux qui le peuvent').check();
  await album.keep(page, 'origine-liste', [page.locator('main section').first(), page.getByRole('button', { name: 'Confirmer les réservations' })], { most: 1_400 });
}

async function returnConvention(stage: Stage, page: Page, album: Album): Promise<void> {
  await page.goto(school('/reservations'));
  const conv = page.getByRole('link', { name: 'Conv. de BERTHIER Zoé, PDF' });
  await conv.waitFor();
  await album.keep(page, 'origine-reservations', [main(page)], { ring: conv, most: 620 });
  const saved = page.waitForEvent('download');
  await conv.click();
  const file = await (await saved).path();
  await page.goto(school('/deposer'));
  await page.getByLabel('Choisir un fichier').setInputFiles({ name: 'Convention signée.pdf', mimeType: 'application/pdf', buffer: readFileSync(file) });
  const deposit = page.getByRole('button', { name: 'Déposer la convention en PDF' });
  await album.keep(page, 'origine-depot', [main(page)], { ring: deposit, most: 680 });
  await deposit.click();
  await page.getByRole('heading', { level: 1, name: 'BERTHIER Zoé' }).waitFor();
  const lycee = await stage.signedIn('lycee', 'guide');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/conventions?q=berthier`);
  await lycee.getByRole('button', { name: 'Invalider la conformité' }).click();
  await lycee.getByRole('dialog').getByRole('button', { name: 'Signature du responsable légal manquante' }).click();
  await lycee.getByRole('dialog').getByRole('button', { name: 'Invalider la conformité' }).click();
  await lycee.getByRole('dialog').waitFor({ state: 'hidden' });
  await lycee.context().close();
  await page.reload();
  const again = page.getByText('La convention déposée n’est pas conforme');
  await again.waitFor();
  await album.keep(page, 'origine-non-conforme', [main(page)], { ring: page.getByRole('link', { name: 'Déposer la convention de BERTHIER Zoé' }), most: 360 });
}

async function waitingList(stage: Stage, page: Page, album: Album): Promise<void> {
  const moulin = await stage.signedIn('moulin', 'guide');
  await moulin.goto(`/ecole/${people.moulin.uai}/reservations`);
  await moulin.getByRole('button', { name: 'Désinscrire SOW Mila' }).click();
  await moulin.getByRole('dialog').getByRole('button', { name: 'Désinscrire' }).click();
  await moulin.getByRole('dialog').waitFor({ state: 'hidden' });
  await moulin.context().close();
  await page.goto(school('/reservations?q=roche'));
  const accept = page.getByRole('button', { name: 'Accepter la place' });
  await accept.waitFor();
  await album.keep(page, 'origine-attente', [page.getByRole('table')], { ring: accept });
  await page.goto(school('/reservations?q=unique'));
  await page.getByRole('button', { name: /^Désinscrire TÉMOIN/ }).click();
  await album.keep(page, 'origine-desinscrire', [page.getByRole('dialog')]);
  await page.keyboard.press('Escape');
}

async function theRest(stage: Stage, page: Page, album: Album): Promise<void> {
  await page.goto(school('/reservations/passees'));
  await page.getByRole('link', { name: 'LAMBERT Noah', exact: true }).click();
  await page.getByRole('heading', { name: 'Après le mini-stage' }).waitFor();
  await album.keep(page, 'origine-apres', [card(page, 'Après le mini-stage')]);
  await page.goto(school('/calendrier?mois=2026-12'));
  await page.getByRole('heading', { name: 'Dans votre agenda' }).waitFor();
  await album.keep(page, 'origine-agenda', [card(page, 'Dans votre agenda')]);
  const visitor = await stage.visitor('guide');
  await visitor.goto(`/demande-acces?rne=${people.college.uai}`);
  await visitor.getByLabel('Nom', { exact: true }).fill('Petit');
  await visitor.getByLabel('Prénom').fill('Jean');
  await visitor.getByLabel('Fonction').fill('Conseiller principal d’éducation');
  await visitor.getByLabel('Adresse académique').fill('jean.petit@ac-exemple.fr');
  await visitor.getByRole('button', { name: 'VALIDER LA DEMANDE DE CRÉATION DE COMPTE' }).click();
  await visitor.getByText('Demande envoyée').waitFor();
  await visitor.context().close();
  await page.goto(school('/profil'));
  const grant = page.getByRole('button', { name: 'Donner l’accès' });
  await grant.waitFor();
  await album.keep(page, 'origine-membres', [card(page, 'Demandes d’accès'), card(page, 'Inviter une personne')], { ring: grant });
  const phone = await stage.signedIn('college', 'pocket');
  await phone.goto(school('/reservations'));
  await phone.getByRole('link', { name: 'Conv. de BERTHIER Zoé, PDF' }).waitFor();
  await album.keep(phone, 'origine-telephone', [phone.locator('body')], { most: 480 });
  await phone.context().close();
}

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const host = (page: string): string => `/hote/${slug}/${people.lycee.uai}/${page}`;

it('S3 3.1: every page of a host’s menu is accessible, on a desk and on a phone', async () => {
  for (const size of ['desk', 'phone'] as const) {
    const page = await stage.signedIn('lycee', size);
    for (const path of ['tableau-de-bord', 'calendrier', 'calendrier?vue=mois', 'creneaux/nouveau', 'stages', 'jour', 'conventions', 'conventions?onglet=NOT_RETURNED', 'conventions?onglet=VALIDATED', 'appreciations', 'statistiques', 'contacts', 'recherche?q=zoe', 'options/notifications', 'options/signature', 'options/enseignants']) {
      await page.goto(host(path));
      await accessible(page);
    }
    await page.context().close();
  }
});

it('S3 3.1: on a phone, what the foot of the screen has no room for is under « Plus »', async () => {
  const page = await stage.signedIn('lycee', 'phone');
  await page.goto(host('tableau-de-bord'));
  await page.getByRole('button', { name: 'Plus' }).click();
  await accessible(page);
  await page.getByRole('link', { name: 'Gestion du retour des conventions' }).click();
  await page.getByRole('heading', { level: 1, name: 'Gestion du retour des conventions' }).waitFor();
});

it('S2 2.8: proposes a series of slots, changes one, withdraws one saying what it does', async () => {
  const page = await stage.signedIn('lycee');
  await page.goto(host('creneaux/nouveau'));
  await page.getByLabel('Formation').selectOption({ label: 'CAP Ébéniste' });
  await page.getByLabel('Jour').fill('2027-02-03');
  await page.getByLabel('Heure de début').fill('13:30');
  await page.getByLabel('Heure de fin').fill('12:00');
  await page.getByLabel('Répéter les semaines suivantes').fill('2');
  await page.getByRole('button', { name: 'Proposer le créneau' }).click();
  await expect.poll(() => page.getByLabel('Heure de fin').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Heure de fin').fill('16:30');
  await page.getByRole('button', { name: 'Proposer le créneau' }).click();
  await page.getByText('3 créneaux proposés.').waitFor();
  await page.getByRole('heading', { level: 2, name: 'février 2027' }).waitFor();
  await page.getByRole('link', { name: 'Ouvrir' }).first().click();
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByLabel('Salle').fill('Atelier neuf');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Créneau modifié.').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Retirer le créneau' }).click();
  await page.getByText('Aucune réservation n’est concernée.').waitFor();
  await page.getByLabel('Motif').fill('Travaux');
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer le créneau' }).click();
  await page.getByText('Créneau retiré', { exact: true }).waitFor();
  await accessible(page);
});

it('S3 3.1: the search « NOM Prénom » finds without regard to accents, and the notification address clears its banner', async () => {
  const page = await stage.signedIn('lycee');
  await page.goto(host('tableau-de-bord'));
  await page.getByRole('searchbox', { name: 'Rechercher un NOM Prénom' }).fill('temoin');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'TÉMOIN-UNIQUE Zoé' }).click();
  await page.getByRole('heading', { level: 1, name: 'TÉMOIN-UNIQUE Zoé' }).waitFor();
  await accessible(page);
  await page.getByRole('link', { name: 'Saisir l’adresse' }).click();
  await page.getByLabel('Adresse qui reçoit les notifications').fill('ddfpt@ac-exemple.fr');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Adresse enregistrée.').waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'Saisir l’adresse' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('link', { name: 'Règles, textes, formations…' }).click();
  await page.getByRole('heading', { level: 1, name: 'Règles et licence' }).waitFor();
});

it('the administrator’s pages: rules, texts, colour refused when unreadable, formations, hosts, accounts, letters', async () => {
  const page = await stage.signedIn('lycee');
  for (const path of ['', '/textes', '/apparence', '/formations', '/etablissements', '/comptes', '/courriels']) {
    await page.goto(`/administration/${slug}${path}`);
    await accessible(page);
  }
  await page.goto(`/administration/${slug}`);
  const pupil = page.getByRole('group', { name: 'Qui signe une convention en ligne' }).getByLabel('Élève');
  expect(await pupil.isChecked()).toBe(false);
  await pupil.check();
  await page.getByRole('button', { name: 'Enregistrer les règles' }).click();
  await page.getByText('Règles enregistrées').waitFor();
  await page.reload();
  await expect.poll(() => pupil.isChecked()).toBe(true);
  await page.goto(`/administration/${slug}/apparence`);
  await page.getByLabel('Couleur principale').fill('#ffee00');
  await page.getByText(/cette couleur sera refusée/).waitFor();
  await page.getByRole('button', { name: 'Enregistrer l’apparence' }).click();
  await expect.poll(() => page.getByLabel('Couleur principale').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Couleur principale').fill('#5b2a86');
  await page.getByRole('button', { name: 'Enregistrer l’apparence' }).click();
  await page.getByText('Apparence enregistrée.').waitFor();
  await expect.poll(() => page.evaluate(() => document.documentElement.style.getPropertyValue('--brand'))).toBe('#5b2a86');
  await accessible(page);
});

it('S2 2.8: adds a formation to the catalogue, says what is missing, retires it again', async () => {
  const page = await stage.signedIn('lycee');
  await page.goto(`/administration/${slug}/formations`);
  await page.getByLabel('Établissement').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByText('« Niveau » est à choisir.').waitFor();
  await page.getByText('« Intitulé » est à remplir.').waitFor();
  expect(await page.getByLabel('Niveau').evaluate((control) => control === document.activeElement)).toBe(true);
  await accessible(page);
  await page.getByLabel('Niveau').selectOption('CAP');
  await page.getByLabel('Intitulé').fill('Tapissier');
  await expect.poll(() => page.getByText('« Intitulé » est à remplir.').count()).toBe(0);
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByText('Formation ajoutée.').waitFor();
  await page.getByRole('button', { name: 'Retirer CAP Tapissier' }).click();
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer la formation' }).click();
  await page.getByText('CAP Tapissier n’est plus proposée.').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Retirer CAP Tapissier' }).count()).toBe(0);
  await page.getByRole('status').filter({ hasText: 'n’est plus proposée' }).getByRole('button', { name: 'Annuler' }).last().click();
  await page.getByText('Annulé : tout est comme avant.').waitFor();
  await page.getByRole('button', { name: 'Retirer CAP Tapissier' }).waitFor();
});

it('S2 2.8: « Annuler » gives back the texts, the role and the host that were just changed', async () => {
  const page = await stage.signedIn('lycee');
  const undo = async (told: string): Promise<void> => {
    const message = page.getByText(told);
    await message.waitFor();
    await message.locator('..').getByRole('button', { name: 'Annuler' }).click();
    await page.getByText('Annulé : tout est comme avant.').waitFor();
    await page.getByRole('button', { name: 'Fermer le message' }).click();
  };
  await page.goto(`/administration/${slug}/textes`);
  const end = page.getByLabel('À la fin');
  const before = await end.inputValue();
  await end.fill('Un texte à reprendre.');
  await page.getByRole('button', { name: 'Enregistrer les textes' }).click();
  await undo('Textes enregistrés');
  await expect.poll(() => end.inputValue()).toBe(before);
  await page.goto(`/administration/${slug}/etablissements`);
  await page.getByRole('button', { name: /^Détacher .*Delaunay/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Confirmer' }).click();
  await undo('Établissement détaché.');
  await page.getByRole('button', { name: /^Détacher .*Delaunay/ }).waitFor();
  await page.getByLabel('Identifiant de la personne').fill(people.moulin.login);
  await page.getByLabel('Rôle', { exact: true }).selectOption('AUDITOR');
  await page.getByRole('button', { name: 'Confier' }).click();
  const revoke = page.getByRole('button', { name: new RegExp(`Retirer le rôle de ${people.moulin.login}`, 'i') });
  await revoke.waitFor();
  await undo('Rôle confié.');
  await expect.poll(() => revoke.count()).toBe(0);
});

// What « Actualiser l’aperçu » posts. Pressed again when nothing was seen: the frame is new each time, and Playwright
// drops the request of a frame whose birth it is told of only afterwards.
async function drawn(page: Page): Promise<string> {
  let posted: string | null = null;
  await expect.poll(async () => {
    const asked = page.waitForRequest((request) => request.url().endsWith('/specimen'), { timeout: 2000 });
    await page.getByRole('button', { name: 'Actualiser l’aperçu' }).click();
    posted = await asked.then((request) => request.postData(), () => null);
    return posted !== null;
  }, { timeout: 12_000 }).toBe(true);
  return new URLSearchParams(posted ?? '').get('texts') ?? '';
}

it('S3 3.2: an administrator writes the platform’s own articles and sees them on the page before they are stored', async () => {
  const page = await stage.signedIn('lycee');
  await page.goto(`/administration/${slug}/textes`);
  const first = page.getByLabel('Titre de l’article 1', { exact: true });
  await expect.poll(() => first.inputValue()).toBe('Objet');
  await accessible(page);
  await page.getByLabel('Texte de l’article 1', { exact: true }).fill('La journée sert à découvrir une formation.');
  await page.getByRole('button', { name: 'Supprimer l’article 8' }).click();
  await page.getByRole('button', { name: 'Descendre l’article 1', exact: true }).click();
  await expect.poll(() => first.inputValue()).toBe('Statut de l’élève');
  const typed = await drawn(page);
  expect(JSON.parse(typed)).toMatchObject({ articles: [{ title: 'Statut de l’élève' }, { text: 'La journée sert à découvrir une formation.' }, {}, {}, {}, {}, {}] });
  // The browser’s own viewer takes the answer: asked again, it is a PDF.
  const specimen = await page.request.post(`/plateforme/${slug}/specimen`, { form: { texts: typed } });
  expect([specimen.status(), specimen.headers()['content-type']]).toEqual([200, 'application/pdf']);
  await page.getByRole('button', { name: 'Enregistrer les articles' }).click();
  await page.getByText('Articles enregistrés').waitFor();
  await page.getByText('Ces articles sont ceux de la plateforme.').waitFor();
  await page.reload();
  await expect.poll(() => page.getByLabel('Texte de l’article 2', { exact: true }).inputValue()).toBe('La journée sert à découvrir une formation.');
  await page.getByLabel('Titre de l’article 3', { exact: true }).fill('   ');
  await page.getByRole('button', { name: 'Enregistrer les articles' }).click();
  await page.getByText('Ce champ est obligatoire.').waitFor();
  await page.getByRole('button', { name: 'Reprendre les articles d’Escale' }).click();
  await page.getByRole('button', { name: 'Enregistrer les articles' }).click();
  await page.getByText('La plateforme n’a pas d’articles à elle').waitFor();
});

it('the auditor’s slider shows a convention as it stood, and what differs from another moment', async () => {
  const page = await stage.signedIn('auditor');
  await page.goto(`/audit/${slug}?q=martin`);
  await accessible(page);
  await page.getByRole('link', { name: /^C-/ }).first().click();
  await page.getByText('Validée', { exact: true }).waitFor();
  await page.getByText(/L’établissement d’origine, BERTIN Sophie \(ce\.9990011H@/).first().waitFor();
  await accessible(page);
  await page.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await page.getByText('pas encore établie', { exact: true }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByText('Non retournée', { exact: true }).waitFor();
  const moments = await page.getByLabel('Comparer avec').locator('option').count();
  await page.getByLabel('Comparer avec').selectOption({ index: moments - 1 });
  await page.getByText(/à l’autre date/).first().waitFor();
  await accessible(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Exporter l’historique' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^Historique C-.*\.csv$/);
  const table = readFileSync(await (await saved).path(), 'utf8');
  expect(table.split('\r\n')[0]).toBe('\uFEFF"position";"instant";"événement";"en toutes lettres";"qui";"par quelle voie";"d’où"');
  expect(table).toContain('"Compte, gestionnaire de l’établissement d’accueil";');
  await page.getByText('Règle\u202f: établir la convention').first().waitFor();
  await page.goto(`/audit/${slug}/journal`);
  await accessible(page);
});

it('the auditor takes the proof of a convention and the signed note of the log away', async () => {
  const page = await stage.signedIn('auditor');
  const taken = async (name: string) => {
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name, exact: true }).click();
    return readFileSync(await (await saved).path(), 'utf8');
  };
  await page.goto(`/audit/${slug}?q=martin`);
  await page.getByRole('link', { name: /^C-/ }).first().click();
  const sealed = JSON.parse(await taken('Télécharger la preuve'));
  expect(sealed.format).toBe('escale-proof/2');
  expect(sealed.events[0].name).toBe('ConventionGenerated');
  expect(sealed.events.every((event: object) => !('words' in event))).toBe(true);
  const told = JSON.parse(await taken('Télécharger la preuve, avec ce que dit chaque événement'));
  expect(told.events[0].words).toMatch(/établie/);
  expect(told.events[0].proof.length).toBeGreaterThan(3);
  await page.goto(`/audit/${slug}/journal`);
  const key = await taken('Télécharger la clé qui la contrôle');
  expect(key.trim()).toBe(told.key);
  const note = await taken('Télécharger la dernière note');
  expect(note.split('\n')[0]).toBe(told.note.split('\n')[0]);
});

it('another school’s pages show nothing of it', async () => {
  const page = await stage.signedIn('college');
  await page.goto(host('conventions'));
  await page.getByRole('alert').waitFor();
  expect(await page.getByText('TÉMOIN-UNIQUE').count()).toBe(0);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults.filter((fault) => !fault.includes('/hote/'))).toEqual([]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

it('S2 2.1: anyone sees the stages on offer, on a desk and on a phone, in both colour schemes', async () => {
  for (const [size, scheme] of [['desk', 'light'], ['phone', 'light'], ['desk', 'dark'], ['phone', 'dark']] as const) {
    const page = await stage.visitor(size, scheme);
    for (const path of ['/', `/p/${slug}`, '/connexion', '/inscription', '/mot-de-passe-oublie', '/demande-acces', '/mentions-legales', '/accessibilite', '/nulle-part']) {
      await page.goto(path);
      await accessible(page);
    }
    await page.context().close();
  }
});

it('S2 2.1: the map of hosts, and its list, show the stages of the one that is chosen, with the keyboard alone', async () => {
  for (const size of ['desk', 'phone'] as const) {
    const page = await stage.visitor(size);
    await page.goto(`/p/${slug}`);
    const map = page.getByRole('list', { name: 'Carte des établissements' });
    // The map is fetched when it is near: what comes above it may push it away once more.
    await expect.poll(async () => {
      await page.getByRole('heading', { name: 'Où sont les établissements' }).scrollIntoViewIfNeeded();
      return map.getByRole('link').count();
    }, { timeout: 8_000 }).toBe(2);
    await map.getByRole('link', { name: /Sonia Delaunay/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/lycee=9990002Y/);
    await page.getByRole('list', { name: 'Liste des établissements' }).locator('[aria-current="true"]').getByText('Sonia Delaunay').waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: /Établissement/ }).inputValue()).toBe('9990002Y');
    await page.getByRole('button', { name: 'Voir toute la France' }).press('Enter');
    await page.getByRole('button', { name: 'Voir de plus près' }).waitFor();
    await accessible(page);
    const stages = page.locator('time').first();
    expect(await stages.evaluate((one, other) => one.compareDocumentPosition(other as Node) & Node.DOCUMENT_POSITION_FOLLOWING, await map.elementHandle()), 'the keyboard reaches the stages before the map').toBe(4);
    if (size === 'phone') expect((await map.boundingBox())?.y, 'on a phone the stages stand above the map').toBeGreaterThan((await stages.boundingBox())?.y ?? Infinity);
    await map.getByRole('link', { name: /Sonia Delaunay/ }).press('Enter');
    await page.waitForURL((url) => !url.search.includes('9990002Y'));
    await page.context().close();
  }
});

it('S1 1.1: signs in, and a wrong password is told beside the form', async () => {
  const page = await stage.visitor();
  await page.goto(`/ecole/${people.college.uai}/calendrier`);
  await page.waitForURL(/connexion/);
  await page.getByLabel('Votre adresse Email').fill(people.college.login);
  await page.getByLabel('Votre mot de passe', { exact: true }).fill('pas-le-bon');
  await page.getByRole('button', { name: 'CONNEXION' }).click();
  await page.getByRole('alert').waitFor();
  await accessible(page);
  await page.getByLabel('Votre mot de passe', { exact: true }).fill(people.college.password);
  await page.getByLabel('Maintenir ma connexion').check();
  await page.getByRole('button', { name: 'CONNEXION' }).click();
  await page.getByRole('heading', { level: 1, name: 'Calendrier' }).waitFor();
});

it('S1 1.2 to 1.5: signs up by its RNE; a wrong check letter is explained; the mail verifies', async () => {
  const page = await stage.visitor('phone');
  await page.goto('/inscription');
  const rne = page.getByLabel('Code RNE complet de l’établissement');
  await rne.fill('1230000R');
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await page.getByText(/lettre.*\bG\b/).waitFor();
  await accessible(page);
  await rne.fill(' 9990013k ');
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await page.getByLabel('Identifiant').waitFor();
  await accessible(page);
  await page.getByLabel('Madame').check();
  await page.getByLabel('Votre nom').fill('Aubert');
  await page.getByLabel('Votre prénom').fill('Claire');
  await page.getByLabel('Mot de passe', { exact: true }).fill('Aubert-2027!');
  await page.getByLabel('Confirmation du mot de passe', { exact: true }).fill('Autre-2027!');
  await page.getByRole('button', { name: 'CRÉER VOTRE COMPTE UTILISATEUR' }).click();
  await expect.poll(() => page.getByLabel('Confirmation du mot de passe', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Confirmation du mot de passe', { exact: true }).fill('Aubert-2027!');
  await page.getByRole('button', { name: 'CRÉER VOTRE COMPTE UTILISATEUR' }).click();
  await page.getByText('Votre compte est créé').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: /RECEVOIR L’EMAIL DE CONFIRMATION À L’ADRESSE/ }).waitFor();
});

it('S1 1.7: an RNE that has an account shows the beginning of its login', async () => {
  const page = await stage.visitor();
  await page.goto('/inscription');
  await page.getByLabel('Code RNE complet de l’établissement').fill(people.college.uai);
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await page.getByText('Récupération d’identifiant pour Collège de la Colline').waitFor();
  await page.getByRole('button', { name: 'Afficher les premières lettres de l’identifiant' }).click();
  await page.getByText('ce.....').waitFor();
  await accessible(page);
});

it('S1 1.6, 1.8: forgotten password and request for access answer the same whatever exists', async () => {
  const page = await stage.visitor();
  await page.goto('/mot-de-passe-oublie');
  await page.getByLabel('Votre adresse Email').fill('personne@ac-exemple.fr');
  await page.getByRole('button', { name: 'RECEVOIR L’EMAIL DE RÉINITIALISATION DU MOT DE PASSE' }).click();
  await page.getByText('Si un compte existe à cette adresse').waitFor();
  await page.goto(`/demande-acces?rne=${people.college.uai}`);
  await page.getByLabel('Nom', { exact: true }).fill('Petit');
  await page.getByLabel('Prénom').fill('Jean');
  await page.getByLabel('Fonction').fill('Secrétaire');
  await page.getByLabel('Adresse académique').fill('jean.petit@ac-exemple.fr');
  await page.getByRole('button', { name: 'VALIDER LA DEMANDE DE CRÉATION DE COMPTE' }).click();
  await page.getByText('Demande envoyée').waitFor();

  const manager = await stage.signedIn('college');
  await manager.goto(`/ecole/${people.college.uai}/profil`);
  await manager.getByText('Petit Jean').waitFor();
  await accessible(manager);
  await manager.getByRole('button', { name: 'Donner l’accès' }).click();
  await manager.getByText('Accès donné : une invitation est partie.').waitFor();
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

/** The schools of the demonstration in the directory's own layout, and rows with every fault. */
const directory = '../../fixtures/data/annuaire_lignes_fausses.csv';

it('the operator verifies and rebuilds the read models, and verifies the log', async () => {
  const page = await stage.signedIn('auditor');
  await page.goto('/exploitation');
  await accessible(page);
  await page.getByRole('button', { name: 'Tout reconstruire' }).click();
  await page.getByText('Reconstruction demandée.').waitFor();
  await page.getByRole('button', { name: 'Vérifier' }).click();
  await page.getByText(/modèles conformes au journal/).waitFor();
  await accessible(page);
  await page.goto('/exploitation/journal');
  await page.getByRole('button', { name: 'Vérifier le journal' }).click();
  await page.getByText('Le journal est complet et inaltéré.').waitFor();
  await accessible(page);
  await page.goto('/exploitation/sante');
  await page.getByText('Tout répond.').waitFor();
  await accessible(page);
});

it('imports the directory and reads its report; a file that is none is refused beside its field', async () => {
  const page = await stage.signedIn('auditor');
  await page.goto('/exploitation/annuaire');
  await page.getByText('Aucun fichier n’a encore été importé').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Importer' }).click();
  await page.getByText('Choisissez le fichier de l’annuaire.').waitFor();
  await page.getByLabel('Fichier de l’annuaire').setInputFiles({ name: 'eleves.csv', mimeType: 'text/csv', buffer: Buffer.from('nom;prenom\nDUPONT;Ana\n') });
  await page.getByRole('button', { name: 'Importer' }).click();
  await page.getByText('L’en-tête du fichier ne convient pas.').waitFor();
  await page.getByRole('button', { name: 'Retirer eleves.csv' }).click();

  await page.getByLabel('Fichier de l’annuaire').setInputFiles(directory);
  await page.getByRole('button', { name: 'Importer' }).click();
  await page.getByText('L’import a commencé.').waitFor();
  const rejected = page.getByRole('table', { name: 'Lignes rejetées' });
  await rejected.getByText('la lettre de contrôle du code UAI devrait être').first().waitFor();
  await accessible(page);
  const phone = await stage.signedIn('auditor', 'phone');
  await phone.goto('/exploitation/annuaire');
  await phone.getByRole('table', { name: 'Lignes rejetées' }).waitFor();
  await accessible(phone);
});

it('opens a platform, hands it to its administrator, renews its licence', async () => {
  const page = await stage.signedIn('auditor');
  await page.goto('/exploitation/plateformes');
  const open = page.getByRole('table', { name: 'Plateformes ouvertes' });
  await open.getByText('Bassin de la Colline').waitFor();
  await accessible(page);
  await page.getByLabel('Nom de la plateforme').fill('Bassin de la Colline');
  await page.getByRole('button', { name: 'Ouvrir la plateforme' }).click();
  await page.getByText('Ce nom court est déjà celui d’une autre plateforme.').waitFor();
  await page.getByLabel('Nom de la plateforme').fill('Bassin d’Aure & Vallées');
  await expect.poll(() => page.getByLabel('Nom court, pour l’adresse').inputValue()).toBe('bassin-d-aure-vallees');
  await page.getByRole('button', { name: 'Ouvrir la plateforme' }).click();
  await page.getByText('« Bassin d’Aure & Vallées » est ouverte').waitFor();
  await open.getByRole('row', { name: /Bassin d’Aure & Vallées/ }).getByText('Personne').waitFor();

  await page.getByLabel('Identifiant de la personne').fill('personne@ac-exemple.fr');
  await page.getByRole('button', { name: 'Confier' }).click();
  await page.getByText('Aucun compte vérifié ne se connecte avec cette adresse.').waitFor();
  await page.getByLabel('Identifiant de la personne').fill(people.moulin.login);
  await page.getByRole('button', { name: 'Confier' }).click();
  await open.getByRole('row', { name: /Bassin d’Aure & Vallées/ }).getByText(people.moulin.login.toLowerCase()).waitFor();

  await page.getByLabel('Plateforme à prolonger').selectOption('bassin-d-aure-vallees');
  await page.getByLabel('Jusqu’au').fill('2030-08-31');
  await page.getByRole('button', { name: 'Prolonger' }).click();
  await open.getByText(/jusqu’au .*31.août.2030/).waitFor();
  await accessible(page);

  // Whom it was handed to sets it up.
  const admin = await stage.signedIn('moulin');
  await admin.goto('/administration/bassin-d-aure-vallees/etablissements');
  await admin.getByLabel('Code UAI').fill(people.lycee.uai);
  await admin.getByRole('button', { name: 'Rattacher' }).click();
  await admin.getByText('Établissement rattaché.').waitFor();
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

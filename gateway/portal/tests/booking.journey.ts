import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

async function toIdentity(page: Page): Promise<void> {
  await page.goto(`/ecole/${people.college.uai}/reserver`);
  await page.getByLabel('Élève de mon établissement').check();
  await accessible(page);
  await page.getByRole('button', { name: 'Continuer vers le créneau' }).click();
  await page.getByRole('button', { name: /^Choisir : CAP Ébéniste/ }).first().click();
  await accessible(page);
  await page.getByRole('button', { name: 'Continuer vers l’identité' }).click();
}

it('S2 2.4, 2.5: books in three steps; a step back, a reload and a refusal lose nothing', async () => {
  const page = await stage.signedIn('college');
  await toIdentity(page);
  await page.getByRole('textbox', { name: 'Nom', exact: true }).fill('BERTHIER');
  await page.getByLabel('Date de naissance').fill('31/02/2012');
  await page.getByRole('link', { name: '← Changer le créneau' }).click();
  await page.getByRole('button', { name: 'Continuer vers l’identité' }).click();
  await page.getByLabel('Prénom').waitFor();
  await page.reload();
  await expect.poll(() => page.getByRole('textbox', { name: 'Nom', exact: true }).inputValue()).toBe('BERTHIER');
  await page.getByLabel('Prénom').fill('Zoé');
  await page.getByRole('button', { name: 'Confirmer la réservation' }).click();
  const birth = page.getByLabel('Date de naissance');
  await expect.poll(() => birth.getAttribute('aria-invalid')).toBe('true');
  await accessible(page);
  await birth.fill('12/03/2012');
  await page.getByRole('button', { name: 'Confirmer la réservation' }).click();
  await page.getByRole('heading', { level: 1, name: 'BERTHIER Zoé' }).waitFor();
  await page.getByText('Le mini-stage ne sera validé qu’à réception de la convention complétée.').waitFor();
  await accessible(page);
  await expect.poll(() => stage.mailbox()).toContain('BERTHIER');
});

it('S2 2.4: a double click, then the back button, make one booking', async () => {
  const page = await stage.signedIn('college');
  await toIdentity(page);
  await page.getByRole('textbox', { name: 'Nom', exact: true }).fill('DOUBLON');
  await page.getByLabel('Prénom').fill('Noé');
  await page.getByRole('button', { name: 'Confirmer la réservation' }).dblclick();
  await page.getByRole('heading', { level: 1, name: 'DOUBLON Noé' }).waitFor();
  await page.goBack();
  await page.goto(`/ecole/${people.college.uai}/reservations?q=doublon`);
  await page.getByText('Résultats 1 - 1 sur 1').waitFor();
});

it('S2 2.4: a list is pasted, checked line by line, and booked with a report', async () => {
  const page = await stage.signedIn('college');
  await toIdentity(page);
  await page.getByLabel('Une liste d’élèves').check();
  await page.getByLabel('Liste des élèves').fill('Nom;Prénom;Classe\nPREMIER;Ana;3e A\nSECOND;;3e A');
  await page.getByText('Le prénom manque.').waitFor();
  await page.getByRole('button', { name: 'Confirmer les réservations' }).click();
  await page.getByText('1 ligne est incomplète').waitFor();
  await page.getByLabel('Liste des élèves').fill('Nom;Prénom;Classe\nPREMIER;Ana;3e A\nSECOND;Luc;3e A');
  await accessible(page);
  await page.getByLabel('Ceux qui le peuvent').check();
  await page.getByLabel('Inscrire les autres sur la liste d’attente').check();
  await page.getByRole('button', { name: 'Confirmer les réservations' }).click();
  await page.getByText('Liste d’attente', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Voir mes réservations' }).waitFor();
  await accessible(page);
});

it('S2 2.6: « Mes réservations » searches, shows the contact, and « Désinscrire » frees the seat', async () => {
  const page = await stage.signedIn('college', 'phone');
  await page.goto(`/ecole/${people.college.uai}/reservations`);
  await accessible(page);
  await page.getByRole('button', { name: 'Contact pour TÉMOIN-UNIQUE Zoé' }).click();
  await page.getByRole('dialog').getByText('Lycée des métiers Jean Vilar').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`/ecole/${people.college.uai}/reservations?q=doublon`);
  await page.getByRole('button', { name: 'Désinscrire DOUBLON Noé' }).click();
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Désinscrire' }).click();
  await page.getByText('Annulée').waitFor();
});

it('S3 3.4 to 3.8: deposit, invalidation, deposit again, validation; the other browser follows within two seconds', async () => {
  const college = await stage.signedIn('college');
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/conventions`);
  const waiting = lycee.getByRole('link', { name: /^Conventions en attente de validation/ });
  await expect.poll(() => waiting.textContent()).toMatch(/1$/);
  await accessible(lycee);

  await college.goto(`/ecole/${people.college.uai}/reservations?q=berthier`);
  const saved = college.waitForEvent('download');
  await college.getByRole('link', { name: 'Conv. de BERTHIER Zoé, PDF' }).click();
  const file = await (await saved).path();
  await college.goto(`/ecole/${people.college.uai}/deposer`);
  await accessible(college);
  const deposit = async (): Promise<void> => {
    await college.goto(`/ecole/${people.college.uai}/deposer`);
    await college.getByLabel('Choisir un fichier').setInputFiles({ name: 'convention.pdf', mimeType: 'application/pdf', buffer: (await import('node:fs')).readFileSync(file) });
    await college.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
    await college.getByRole('heading', { level: 1, name: 'BERTHIER Zoé' }).waitFor();
  };
  await deposit();
  await expect.poll(() => waiting.textContent(), { timeout: 2_000 }).toMatch(/2$/);

  await lycee.getByRole('link', { name: 'BERTHIER Zoé' }).click();
  await lycee.getByRole('heading', { level: 2, name: 'BERTHIER Zoé' }).waitFor();
  await lycee.getByRole('button', { name: 'Invalider la conformité' }).click();
  await accessible(lycee);
  await lycee.getByRole('dialog').getByRole('button', { name: 'Signature du responsable légal manquante' }).click();
  await lycee.getByRole('dialog').getByRole('button', { name: 'Invalider la conformité' }).click();
  await college.getByText('La convention déposée n’est pas conforme').waitFor({ timeout: 5_000 });
  await accessible(college);

  await deposit();
  await lycee.getByRole('link', { name: 'BERTHIER Zoé' }).click();
  await lycee.getByRole('button', { name: 'Valider la conformité', exact: true }).click();
  await expect.poll(() => waiting.textContent()).toMatch(/1$/);
  await college.getByText('Confirmée').first().waitFor({ timeout: 5_000 });
});

it('S3 3.3: thirty are treated with the keyboard: arrows, V', async () => {
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/conventions`);
  await lycee.getByRole('heading', { level: 2, name: 'N’GUYEN-DUPONT Tom' }).or(lycee.getByRole('heading', { level: 2, name: 'N\'GUYEN-DUPONT Tom' })).waitFor();
  await lycee.locator('h1').focus();
  await lycee.keyboard.press('v');
  await lycee.getByText('Tout est traité.').waitFor();
  await accessible(lycee);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const told = 'L’identité de l’élève a été corrigée\u202f: TÉMOIN-UNIC Zoé.';

/** Opens the page of a booking at the school of origin. */
async function bookingOf(pupil: string, size: 'desk' | 'phone' = 'desk'): Promise<Page> {
  const page = await stage.signedIn('college', size);
  await page.goto(`/ecole/${people.college.uai}/reservations?q=temoin`);
  await page.getByRole('link', { name: pupil, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: pupil }).waitFor();
  return page;
}

it('S2 2.6: « Corriger » puts a name right on the page, in the lists and in the history; a refusal loses nothing', async () => {
  const page = await bookingOf('TÉMOIN-UNIQUE Zoé');
  await page.getByRole('button', { name: 'Corriger l’identité de TÉMOIN-UNIQUE Zoé' }).click();
  const dialog = page.getByRole('dialog', { name: 'Corriger l’identité de TÉMOIN-UNIQUE Zoé' });
  await dialog.getByText('Si la convention est déjà établie, elle est refaite. Une faute corrigée dans un nom ne fait signer de nouveau que les personnes qu’elle concerne').waitFor();
  const name = dialog.getByRole('textbox', { name: 'Nom', exact: true });
  const birth = dialog.getByLabel('Date de naissance');
  const guardian = dialog.getByLabel('Nom du responsable légal');
  expect(await name.inputValue()).toBe('Témoin-Unique');
  expect(await birth.inputValue()).toMatch(/^\d\d\/\d\d\/\d{4}$/);
  expect(await guardian.inputValue()).toBe('Ysaline Témoin-Unique');
  await accessible(page);

  await name.fill('Témoin-Unic');
  await birth.fill('31/02/2012');
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click();
  await expect.poll(() => birth.getAttribute('aria-invalid')).toBe('true');
  await birth.fill('05/11/2011');
  await guardian.fill('');
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click();
  await dialog.getByText('Indiquez aussi le nom du responsable légal.').waitFor();
  expect(await name.inputValue()).toBe('Témoin-Unic');
  await accessible(page);
  await guardian.fill('Ysaline Témoin-Unic');
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click();

  await page.getByRole('heading', { level: 1, name: 'TÉMOIN-UNIC Zoé' }).waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('L’identité de l’élève est corrigée.').waitFor();
  await page.getByText('sam. 5 nov. 2011').waitFor();
  await page.getByText('Ysaline Témoin-Unic').first().waitFor();
  await page.getByText(told).waitFor();
  await accessible(page);
  await page.goto(`/ecole/${people.college.uai}/reservations?q=unic`);
  await page.getByRole('link', { name: 'TÉMOIN-UNIC Zoé', exact: true }).waitFor();
});

it('S2 2.6: « Retour » and an identity that is the same write nothing', async () => {
  const page = await bookingOf('TÉMOIN-UNIC Zoé', 'phone');
  const open = page.getByRole('button', { name: 'Corriger l’identité de TÉMOIN-UNIC Zoé' });
  await open.click();
  await page.getByRole('dialog').getByLabel('Prénom').fill('Zélie');
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Retour' }).click();
  await open.click();
  expect(await page.getByRole('dialog').getByLabel('Prénom').inputValue()).toBe('Zoé');
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer la correction' }).click();
  await page.getByText('L’identité de l’élève est corrigée.').waitFor();
  expect(await page.getByText(told).count()).toBe(1);
});

it('S2 2.6: the host reads the right name and corrects nothing; the auditor reads who did', async () => {
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/stages?q=unic`);
  await lycee.getByRole('link', { name: 'TÉMOIN-UNIC Zoé', exact: true }).click();
  await lycee.getByRole('heading', { level: 1, name: 'TÉMOIN-UNIC Zoé' }).waitFor();
  await lycee.getByText(told).waitFor();
  expect(await lycee.getByRole('button', { name: /^Corriger/ }).count()).toBe(0);

  const auditor = await stage.signedIn('auditor');
  await auditor.goto(`/audit/${slug}/journal?debut=5000`);
  const row = auditor.getByRole('row').filter({ hasText: 'PupilCorrected' });
  await row.getByText(told).waitFor();
  await accessible(auditor);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

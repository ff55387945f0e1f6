import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const pupil = 'TÉMOIN-UNIQUE Zoé';

/** Opens the pupil’s page at the school of origin. */
async function placement(page: Page, name: string): Promise<void> {
  await page.goto(`/ecole/${people.college.uai}/reservations?q=unique`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 2, name: 'Élève', exact: true }).waitFor();
}

it('S2 2.6: a name that is corrected makes the convention anew, and the page and the history say so', async () => {
  const page = await stage.signedIn('college', 'phone');
  await placement(page, pupil);
  await page.getByRole('button', { name: `Corriger l’identité de ${pupil}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Prénom').fill('Zoée');
  await dialog.getByRole('button', { name: 'Enregistrer la correction' }).click();
  await page.getByRole('heading', { level: 1, name: `${pupil}e` }).waitFor();
  await page.getByText('Ce qui a changé : l’écriture du nom de l’élève. C’est sa version 2 qui est à faire signer.').waitFor();
  await page.getByText('La convention a été refaite, version 2').waitFor();
  await accessible(page);
});

it('S2 2.8: a host who receives in another room is told that all sign again, and the school of origin sees it', async () => {
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/stages?q=unique`);
  await lycee.getByRole('link', { name: `${pupil}e`, exact: true }).click();
  await lycee.getByRole('link', { name: 'Voir le créneau' }).click();
  await lycee.getByRole('button', { name: 'Modifier', exact: true }).click();
  await lycee.getByText('refait la convention de chaque stagiaire : tous la signent de nouveau').waitFor();
  await accessible(lycee);
  await lycee.getByLabel('Salle').fill('Atelier neuf');
  await lycee.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await lycee.getByText('Atelier neuf').first().waitFor();
  const page = await stage.signedIn('college');
  await placement(page, `${pupil}e`);
  await page.getByText('Ce qui a changé : la salle. C’est sa version 3 qui est à faire signer.').waitFor();
  await accessible(page);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

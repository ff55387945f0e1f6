import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { accessible, freePort, Stage } from './stage';

const password = 'Aubert-2027!';
const expiring = { rne: '9990013K', mail: 'ce.9990013K@ac-exemple.fr' };
const unwanted = { rne: '9990012J', mail: 'ce.9990012J@ac-exemple.fr' };

let stage: Stage;
let folder: string;

/** Both schools signed up while links were over as soon as they were sent; since then links last as they do. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'escale-links-'));
  const port = await freePort();
  const before = await Stage.serving(folder, port, { ESCALE_ACCOUNTS__LINK_MINUTES: '0' });
  for (const school of [expiring, unwanted]) await signUp(await before.visitor(), school.rne);
  await before.stop();
  stage = await Stage.serving(folder, port, {});
});
afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true });
});

async function signUp(page: Page, rne: string): Promise<void> {
  await page.goto('/inscription');
  await page.getByLabel('Code RNE complet de l’établissement').fill(rne);
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await page.getByLabel('Madame').check();
  await page.getByLabel('Votre nom').fill('Aubert');
  await page.getByLabel('Votre prénom').fill('Claire');
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByLabel('Confirmation du mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'CRÉER VOTRE COMPTE UTILISATEUR' }).click();
  await page.getByText('Votre compte est créé').waitFor();
}

/** Letters to `mail`, as the mailbox lists them. */
const letters = (page: Page, mail: string) => page.getByRole('row').filter({ hasText: mail });

/** Opens the last letter to `mail`, once there are `count`, and its link. */
async function follow(page: Page, mail: string, count = 1): Promise<void> {
  await expect.poll(async () => { await page.goto('/courrier'); return letters(page, mail).count(); }).toBe(count);
  await letters(page, mail).first().getByRole('link').click();
  await page.frameLocator('iframe').getByRole('link', { name: 'Vérifier votre Email' }).click();
  await page.waitForURL(/\/lien\/verification\//);
}

it('S1 1.5: a link that is over is renewed on the spot; the new one and the password verify, and one signs in', async () => {
  const page = await stage.visitor('phone');
  await follow(page, expiring.mail);
  await page.getByText('Ce lien n’est plus valable').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Recevoir un nouveau lien' }).click();
  await page.getByText('Un nouveau lien vient d’être envoyé à la même adresse.').waitFor();
  await accessible(page);
  await follow(page, expiring.mail, 2);
  await page.getByText(/Madame Claire Aubert/).waitFor();
  await page.getByLabel('Mot de passe choisi à l’inscription').fill('pas-le-bon');
  await page.getByRole('button', { name: 'Vérifier votre Email' }).click();
  await page.getByRole('alert').waitFor();
  await accessible(page);
  await page.getByLabel('Mot de passe choisi à l’inscription').fill(password);
  await page.getByRole('button', { name: 'Vérifier votre Email' }).click();
  await page.getByText('Votre adresse est vérifiée').waitFor();
  await accessible(page);

  await page.goto('/connexion');
  await page.getByLabel('Votre adresse Email').fill(expiring.mail);
  await page.getByLabel('Votre mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'CONNEXION' }).click();
  await page.waitForURL((url) => url.pathname !== '/connexion');
});

it('S1 1.5: a link that has already served says so, and nothing is asked again', async () => {
  const page = await stage.visitor();
  await follow(page, expiring.mail, 2);
  await page.getByText('Votre adresse est vérifiée').waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  await accessible(page);
});

it('S1 1.5: « Ce n’est pas moi » cancels a sign-up that the school did not ask for, even by a link that is over', async () => {
  const page = await stage.visitor();
  await follow(page, unwanted.mail);
  const over = page.url();
  await page.getByRole('button', { name: 'Ce n’est pas moi' }).click();
  await page.getByText('L’inscription est annulée').waitFor();
  await accessible(page);
  await page.goto(over);
  await page.getByText('Ce compte est fermé').waitFor();
  await signUp(page, unwanted.rne);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const profile = `/ecole/${people.college.uai}/profil`;
const password = 'Collègue-2027!';

async function ask(lastName: string, firstName: string, email: string): Promise<void> {
  const page = await stage.visitor('phone');
  await page.goto(`/demande-acces?rne=${people.college.uai}`);
  await page.getByLabel('Nom', { exact: true }).fill(lastName);
  await page.getByLabel('Prénom').fill(firstName);
  await page.getByLabel('Fonction').fill('Conseiller principal d’éducation');
  await page.getByLabel('Adresse académique').fill(email);
  await accessible(page);
  await page.getByRole('button', { name: 'VALIDER LA DEMANDE DE CRÉATION DE COMPTE' }).click();
  await page.getByText('Demande envoyée').waitFor();
  await accessible(page);
  await page.context().close();
}

/** Opens the invitation as whoever received it, and signs in. */
async function join(email: string, lastName: string, firstName: string): Promise<Page> {
  const page = await stage.visitor();
  await page.goto(await stage.linkOf(email, 'Invitation à rejoindre', 'Rejoindre l’espace'));
  await accessible(page);
  await page.getByLabel('Votre nom').fill(lastName);
  await page.getByLabel('Votre prénom').fill(firstName);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByLabel('Confirmation du mot de passe').fill(password);
  await page.getByRole('button', { name: 'Rejoindre l’espace' }).click();
  await page.getByText('Vous avez rejoint l’espace').waitFor();
  await page.goto('/connexion');
  await page.getByLabel('Votre adresse Email').fill(email);
  await page.getByLabel('Votre mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'CONNEXION' }).click();
  await page.waitForURL(`**/ecole/${people.college.uai}`);
  return page;
}

it('S1 1.8: of two requests for access one is granted with one click, the other declined; both are told', async () => {
  await ask('Petit', 'Jean', 'jean.petit@ac-exemple.fr');
  await ask('Inconnu', 'Paul', 'paul.inconnu@ac-exemple.fr');
  await expect.poll(() => stage.mailbox()).toContain('Demande d’accès à l’espace de votre établissement');
  const manager = await stage.signedIn('college');
  await manager.goto(profile);
  await manager.getByText('Petit Jean').waitFor();
  await accessible(manager);
  await manager.getByRole('button', { name: 'Donner l’accès à Petit Jean' }).click();
  await manager.getByText('Accès donné : une invitation est partie.').waitFor();
  await expect.poll(() => manager.getByRole('button', { name: 'Donner l’accès à Petit Jean' }).count()).toBe(0);
  await manager.getByRole('button', { name: 'Refuser l’accès à Inconnu Paul' }).click();
  await manager.getByText('Demande refusée.').waitFor();
  await expect.poll(() => manager.getByText('Demandes d’accès').count()).toBe(0);
  await accessible(manager);
  await expect.poll(() => stage.mailbox()).toContain('Votre demande d’accès n’a pas été acceptée');
  const invited = await join('jean.petit@ac-exemple.fr', 'Petit', 'Jean');
  await invited.goto(profile);
  await invited.getByRole('table', { name: 'Membres de l’établissement' }).getByText('Petit Jean').waitFor();
});

it('S1 1.8: a request is answered from the letter as well', async () => {
  await ask('Noël', 'Aude', 'aude.noel@ac-exemple.fr');
  const asked = async (): Promise<number> => (await stage.mailbox()).split('<tr>').filter((row) => row.includes(people.college.login) && row.includes('Demande d’accès à l’espace')).length;
  await expect.poll(asked, { timeout: 8_000 }).toBe(3);
  const page = await stage.visitor();
  await page.goto(await stage.linkOf(people.college.login, 'Demande d’accès à l’espace', 'Décliner la demande'));
  await accessible(page);
  await page.getByRole('button', { name: 'Refuser' }).click();
  await page.getByText('Votre réponse est enregistrée').waitFor();
});

it('S1 1.8: a member is invited, joins, is removed, and has no space left', async () => {
  const manager = await stage.signedIn('college', 'phone');
  await manager.goto(profile);
  await manager.getByLabel('Adresse académique').fill('pas-une-adresse');
  await manager.getByRole('button', { name: 'Inviter', exact: true }).click();
  await expect.poll(() => manager.getByLabel('Adresse académique').getAttribute('aria-invalid')).toBe('true');
  await manager.getByLabel('Adresse académique').fill('lea.marchand@ac-exemple.fr');
  await manager.getByRole('button', { name: 'Inviter', exact: true }).click();
  await manager.getByText('Une invitation est partie à lea.marchand@ac-exemple.fr.').waitFor();
  await manager.getByText(/lea\.marchand@ac-exemple\.fr\s: invité le/).waitFor();
  await accessible(manager);
  const member = await join('lea.marchand@ac-exemple.fr', 'Marchand', 'Léa');
  await member.getByRole('heading', { level: 1, name: 'Accueil' }).waitFor();

  await manager.reload();
  await manager.getByRole('button', { name: 'Retirer l’accès de Marchand Léa' }).click();
  await accessible(manager);
  await manager.getByRole('dialog').getByRole('button', { name: 'Retirer l’accès' }).click();
  await manager.getByText('Marchand Léa n’a plus accès à l’établissement.').waitFor();
  await expect.poll(() => manager.getByRole('button', { name: 'Retirer l’accès de Marchand Léa' }).count()).toBe(0);
  await member.goto('/espaces');
  await member.getByText('Votre compte n’appartient encore à aucun établissement.').waitFor();
  await accessible(member);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

it('S2 2.3: « Profil », « Déconnexion »; a wrong current password is told beside its field', async () => {
  const page = await stage.signedIn('college');
  await page.getByRole('button', { name: /Mme Bertin/ }).click();
  await accessible(page);
  await page.getByRole('link', { name: 'Profil' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Mon profil' }).waitFor();
  await accessible(page);
  await page.getByLabel('Fonction').fill('Secrétaire de direction');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Profil enregistré.').waitFor();
  await page.getByLabel('Mot de passe actuel', { exact: true }).fill('pas-le-bon');
  await page.getByLabel('Nouveau mot de passe', { exact: true }).fill('Nouveau-2027!');
  await page.getByLabel('Confirmation du nouveau mot de passe', { exact: true }).fill('Nouveau-2027!');
  await page.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect.poll(() => page.getByLabel('Mot de passe actuel', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await accessible(page);
});

it('a session that ended is begun again over the page, and nothing typed is lost', async () => {
  const page = await stage.signedIn('college');
  await page.goto(`/ecole/${people.college.uai}/reserver`);
  await page.getByLabel('Élève de mon établissement').check();
  await page.getByRole('button', { name: 'Continuer vers le créneau' }).click();
  await page.getByRole('button', { name: /^Choisir : / }).first().click();
  await page.getByRole('button', { name: 'Continuer vers l’identité' }).click();
  await page.getByRole('textbox', { name: 'Nom', exact: true }).fill('REPRISE');
  await page.getByLabel('Prénom').fill('Lou');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Confirmer la réservation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Votre session est terminée' });
  await dialog.waitFor();
  await accessible(page);
  await dialog.getByLabel('Votre mot de passe', { exact: true }).fill(people.college.password);
  await dialog.getByRole('button', { name: 'CONNEXION' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Confirmer la réservation' }).click();
  await page.getByRole('heading', { level: 1, name: 'REPRISE Lou' }).waitFor();
});

it('books with the keyboard alone', async () => {
  const page = await stage.signedIn('college');
  await page.goto(`/ecole/${people.college.uai}/reserver`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const press = async (key: string, until: () => Promise<boolean>): Promise<void> => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press(key);
      if (await until()) return;
    }
    throw new Error(`never reached with ${key}`);
  };
  const focused = (text: RegExp) => async (): Promise<boolean> => text.test(await page.evaluate(() => {
    const at = document.activeElement as HTMLInputElement | null;
    return [at?.getAttribute('aria-label'), at?.textContent, at?.name, at?.labels?.[0]?.textContent].join(' ');
  }));
  await press('Tab', focused(/Élève de mon établissement/));
  await page.keyboard.press('Space');
  await press('Tab', focused(/Continuer vers le créneau/));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Choisir : BTS/ }).first().waitFor();
  await press('Tab', focused(/Choisir\s: BTS/));
  await page.keyboard.press('Enter');
  await press('Tab', focused(/Continuer vers l’identité/));
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Nom', exact: true }).waitFor();
  await press('Tab', focused(/lastName/));
  await page.keyboard.type('CLAVIER');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Seul');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'CLAVIER Seul' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

it('a page of nobody leads home', async () => {
  const page = await stage.visitor();
  await page.goto(`/p/${slug}-inconnue`);
  await page.getByRole('heading', { level: 1, name: 'Plateforme introuvable' }).waitFor();
  await accessible(page);
});

it('an address that names nothing of one’s own says so under a title, and leads on', async () => {
  const page = await stage.signedIn('college', 'phone');
  await page.goto(`/ecole/${people.college.uai}/reservations/inconnue`);
  await page.getByRole('heading', { level: 1, name: 'Fiche stage' }).waitFor();
  await page.getByText('Cette page n’existe pas, ou ne vous concerne pas.').waitFor();
  await accessible(page);
  await page.getByRole('link', { name: 'Mes espaces' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mes espaces' }).waitFor();
});

it('S2 2.6: an address past the end of a list shows its last page', async () => {
  const page = await stage.signedIn('college');
  await page.goto(`/ecole/${people.college.uai}/reservations?debut=5000`);
  await page.getByRole('table', { name: 'Mes réservations' }).getByRole('row').nth(1).waitFor();
  expect(new URL(page.url()).searchParams.get('debut')).not.toBe('5000');
});

it('nothing went wrong in any browser', () => {
  // The command that met no session, and the booking that is nobody’s, were answered 400, as they should be.
  expect(stage.faults.filter((fault) => !/etape=3|inconnue/.test(fault) || !fault.includes('400'))).toEqual([]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

it('the statement says where one stands, what was not verified, and whom to turn to; every page leads to it', async () => {
  const page = await stage.signedIn('college', 'phone');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Accessibilité : non conforme' }).click();
  await page.getByRole('heading', { level: 1, name: 'Accessibilité' }).waitFor();
  await page.getByText('aucun audit n’a été mené', { exact: false }).first().waitFor();
  await page.getByText('Personne n’a encore essayé ces pages avec un lecteur d’écran').waitFor();
  await page.getByRole('link', { name: 'par son formulaire en ligne' }).waitFor();
  await accessible(page);
});

it('no line begins with a mark: the space before one does not break', async () => {
  const page = await stage.visitor('phone');
  for (const path of ['/', '/connexion', '/inscription', '/mentions-legales', '/accessibilite', '/nulle-part']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect((await page.locator('body').innerText()).match(/.* [:;?!»].*/g), path).toBeNull();
  }
});

it('what appears while a page comes does not move when the device asks for less motion', async () => {
  const page = await stage.signedIn('college');
  let go = (): void => {};
  const held = new Promise<void>((done) => { go = done; });
  await page.goto(`/ecole/${people.college.uai}/reservations`);
  await page.getByRole('table').waitFor();
  await page.route('**/graphql', async (route) => { await held; await route.continue(); });
  await page.getByRole('link', { name: 'Calendrier' }).click();
  const shape = page.locator('[role="status"].shape').first();
  await shape.waitFor({ state: 'attached' });
  const seconds = async (): Promise<number> => shape.evaluate((it) => Number.parseFloat(getComputedStyle(it).animationDuration));
  expect(await seconds()).toBeCloseTo(0.15);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await seconds()).toBeLessThan(0.001);
  go();
  await page.getByRole('heading', { name: 'Dans votre agenda' }).waitFor();
});

it('the menu is passed with the keyboard: a link that is seen when it has the focus leads to what the page holds', async () => {
  const page = await stage.signedIn('college');
  await page.goto(`/ecole/${people.college.uai}/reservations`);
  await page.getByRole('table').waitFor();
  const skip = page.getByRole('link', { name: 'Aller au contenu' });
  await skip.focus();
  expect(await skip.evaluate((it) => { const { left, top } = it.getBoundingClientRect(); return left >= 0 && top >= 0; })).toBe(true);
  await accessible(page);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('contenu');
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

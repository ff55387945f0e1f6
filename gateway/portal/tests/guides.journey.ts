import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const titles = { origine: 'Guide des établissements d’origine', accueil: 'Guide des établissements d’accueil' } as const;

/** Scrolls to each picture of the page, and answers those that did not come, or that nothing describes. */
async function lacking(page: Page): Promise<string[]> {
  await page.locator('main img').first().waitFor();
  const pictures = await page.locator('main img').all();
  expect(pictures.length).toBeGreaterThan(15);
  for (const picture of pictures) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((it: HTMLImageElement) => it.complete)).toBe(true);
  }
  return page.locator('main img').evaluateAll((all) => (all as HTMLImageElement[]).filter((it) => it.naturalWidth === 0 || it.alt.length < 20).map((it) => it.src));
}

it('S2 2.1: both guides are read on a desk and on a phone, every picture of them', async () => {
  for (const size of ['desk', 'phone'] as const) {
    const page = await stage.visitor(size);
    for (const [name, title] of Object.entries(titles)) {
      await page.goto(`/guides/${name}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(await lacking(page)).toEqual([]);
      await accessible(page);
    }
    await page.context().close();
  }
});

it('S2 2.1: a chapter is reached from the list of chapters, with the keyboard alone', async () => {
  const page = await stage.visitor();
  await page.goto('/guides/origine');
  await page.getByRole('navigation', { name: 'Chapitres' }).getByRole('link', { name: /La liste d’attente/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#attente$/);
  await expect.poll(() => page.getByRole('heading', { level: 2, name: /La liste d’attente/ }).evaluate((it) => { const { top } = it.getBoundingClientRect(); return top >= 0 && top < innerHeight / 2 && it === document.activeElement; })).toBe(true);
  await page.reload();
  await expect.poll(() => page.getByRole('heading', { level: 2, name: /La liste d’attente/ }).evaluate((it) => it.getBoundingClientRect().top < innerHeight / 2)).toBe(true);
});

it('S2 2.1: « Télécharger le guide » gives a PDF, ours until the platform stores its own', async () => {
  const page = await stage.visitor();
  const downloaded = async (): Promise<Buffer> => {
    await page.goto(`/p/${slug}`);
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Télécharger le guide' }).click();
    return readFileSync(await (await saved).path());
  };
  expect((await downloaded()).equals(readFileSync('public/guides/guide-origine.pdf'))).toBe(true);
  for (const name of Object.keys(titles)) {
    const answer = await page.request.get(`/guides/guide-${name}.pdf`);
    expect([answer.status(), answer.headers()['content-type'], (await answer.body()).subarray(0, 4).toString()]).toEqual([200, 'application/pdf', '%PDF']);
  }

  const admin = await stage.signedIn('lycee');
  await admin.goto(`/administration/${slug}/apparence`);
  const own = await admin.pdf();
  const logo = await admin.screenshot({ clip: { x: 0, y: 0, width: 64, height: 64 } });
  await admin.getByLabel('Guide (PDF)').setInputFiles({ name: 'guide.pdf', mimeType: 'application/pdf', buffer: own });
  await admin.getByRole('button', { name: 'Enregistrer le guide' }).click();
  await admin.getByText('Guide enregistré').waitFor();
  expect((await downloaded()).equals(own)).toBe(true);

  await admin.getByLabel('Logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo });
  await admin.getByRole('button', { name: 'Enregistrer l’apparence' }).click();
  await admin.getByText('Apparence enregistrée.').waitFor();
  await page.reload();
  await expect.poll(() => page.locator('header img').evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(64);
  await accessible(page);
});

it('S2 2.1, S3 3.1: each space leads to its own guide', async () => {
  const college = await stage.signedIn('college');
  await college.getByRole('button', { name: /Mme Bertin/ }).click();
  await college.getByRole('link', { name: 'Guide d’utilisation' }).first().click();
  await college.getByRole('heading', { level: 1, name: titles.origine }).waitFor();
  const lycee = await stage.signedIn('lycee', 'phone');
  await lycee.goto(`/hote/${slug}/${people.lycee.uai}/tableau-de-bord`);
  await lycee.getByRole('contentinfo').getByRole('link', { name: 'Guide d’utilisation' }).click();
  await lycee.getByRole('heading', { level: 1, name: titles.accueil }).waitFor();
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { people, type Stage } from './stage';

/** Whose convention is signed online, and the addresses of those who sign it. */
export const pupil = 'TÉMOIN-UNIQUE Zoé';
export const guardian = 'ysaline.temoin-unique@courriel.example';
export const head = 'direction@colline.example';
export const principal = 'proviseur@vilar.example';

/** Opens the pupil’s page at the school of origin. */
export async function placement(page: Page): Promise<void> {
  await page.goto(`/ecole/${people.college.uai}/reservations?q=unique`);
  await page.getByRole('link', { name: pupil, exact: true }).click();
  await page.getByRole('heading', { level: 2, name: 'Signatures', exact: true }).waitFor();
}

/** Where the letter leads whoever is asked to sign. */
export const toSign = (stage: Stage, to: string): Promise<string> => stage.linkOf(to, 'Convention à signer', 'Lire et signer la convention');

/** The letters to someone about something, newest first, as the mailbox names them. */
export async function letters(stage: Stage, to: string, subject: string): Promise<string[]> {
  const rows = (await stage.mailbox()).split('<tr>').filter((one) => one.includes(to) && one.includes(subject));
  return rows.map((row) => /href="(\/courrier\/[^"]+)"/.exec(row)?.[1] ?? '');
}

/** Presses « Recevoir le code » and reads it in the mailbox. */
export async function code(stage: Stage, page: Page, to: string): Promise<string> {
  const before = (await letters(stage, to, 'code de signature')).length;
  await page.getByRole('button', { name: 'Recevoir le code' }).click();
  await page.getByText('Le code vient de partir').waitFor();
  await expect.poll(async () => (await letters(stage, to, 'code de signature')).length, { timeout: 8_000 }).toBe(before + 1);
  const [letter = ''] = await letters(stage, to, 'code de signature');
  const html = await (await fetch(`${stage.url}${letter}/html`)).text();
  return />(\d{6})</.exec(html)?.[1] ?? '';
}

/** Draws something like a name in the frame. */
export async function draw(page: Page): Promise<void> {
  const canvas = page.getByRole('img', { name: 'Votre signature' });
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('there is no frame to draw in');
  await page.mouse.move(box.x + 30, box.y + box.height * 0.6);
  await page.mouse.down();
  for (let at = 0; at <= 60; at += 1) await page.mouse.move(box.x + 30 + at * 4, box.y + box.height * (0.55 - 0.3 * Math.sin(at / 4) * (1 - at / 90)));
  await page.mouse.up();
  await page.getByText('Signature tracée.').waitFor();
}

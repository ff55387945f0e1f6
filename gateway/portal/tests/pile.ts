import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { people, slug } from './stage';

/** A page on paper: as a scanner sees it (a JPEG in base 64), and whether a hand lies over its codes. */
export type Sheet = { /** None: a letter, which is no convention. */ picture?: string; covered: boolean };

const scans = mkdtempSync(join(tmpdir(), 'piles-'));
process.once('exit', () => rmSync(scans, { recursive: true, force: true }));

/** Asks the API as whoever is signed in on `page`. */
export async function ask<Data>(page: Page, query: string, variables: object): Promise<Data> {
  const answer = await page.evaluate(async (body) => (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json(), JSON.stringify({ query, variables }));
  expect(answer.errors, JSON.stringify(answer)).toBeUndefined();
  return answer.data as Data;
}

/** Pupils of these names are booked, for real, on a slot of their own; the ids of their conventions, of two pages each. */
export async function booked(lycee: Page, college: Page, names: readonly string[]): Promise<string[]> {
  const note = 'Le stagiaire respecte le règlement de l’établissement d’accueil et les consignes de sécurité. '.repeat(9).trim();
  await ask(lycee, 'mutation($input: ChangeConventionNotesInput!) { changeConventionNotes(input: $input) { __typename } }', { input: { platform: slug, first: note, second: note } });
  const catalogue = await ask<{ formations: { id: string }[] }>(lycee, 'query($platform: String!, $host: String!) { formations(platform: $platform, host: $host) { id } }', { platform: slug, host: people.lycee.uai });
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const details = { date: day, start: '09:00', end: '12:00', seats: names.length };
  const published = await ask<{ publishSlot: { slot: { id: string } } }>(lycee, 'mutation($input: PublishSlotInput!) { publishSlot(input: $input) { ... on SlotPublished { slot { id } } ... on Refused { message } } }',
    { input: { platform: slug, host: people.lycee.uai, formation: catalogue.formations[0]?.id, details } });
  const list = names.map((lastName) => ({ lastName, firstName: 'Ana', birthDate: '2012-07-29' }));
  const done = await ask<{ bookSeats: { lines: { booked: { bookingId: string } | null }[] } }>(college, 'mutation($input: BookSeatsInput!) { bookSeats(input: $input) { ... on SeatsBooked { lines { booked { bookingId } } } ... on Refused { message } } }',
    { input: { slot: published.publishSlot.slot.id, origin: people.college.uai, kind: 'INTERNAL', pupils: list, mode: 'ALL' } });
  const conventionOf = async (booking: string | null | undefined): Promise<string | undefined> =>
    (await ask<{ booking: { convention: { id: string } | null } }>(college, 'query($id: String!) { booking(id: $id) { convention { id } } }', { id: booking })).booking.convention?.id;
  const all: string[] = [];
  for (const line of done.bookSeats.lines) {
    await expect.poll(() => conventionOf(line.booked?.bookingId), { timeout: 30_000 }).toBeDefined();
    all.push((await conventionOf(line.booked?.bookingId)) ?? '');
  }
  return all;
}

/** A number from 0 to 1, the same at each run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}

/** The pages of a convention's original, printed and seen by a scanner at 150 dots per inch. */
export async function seen(person: Page, convention: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pile-'));
  const pdf = await person.request.get(`/convention/${convention}/original.pdf`);
  writeFileSync(join(folder, 'original.pdf'), await pdf.body());
  execFileSync('pdftoppm', ['-r', '150', '-gray', '-jpeg', join(folder, 'original.pdf'), join(folder, 'page')]);
  const pages = readdirSync(folder).filter((name) => name.endsWith('.jpg')).sort();
  const pictures = pages.map((name) => readFileSync(join(folder, name)).toString('base64'));
  rmSync(folder, { recursive: true });
  return pictures;
}

/** Signed with a pen, laid a little askew, some codes under a hand, and scanned into one PDF of that name; where it lies. */
export async function scannedIntoOne(page: Page, sheets: readonly Sheet[], name: string): Promise<string> {
  await page.setContent('<style>@page { size: A4; margin: 0 } body { margin: 0 } img { display: block; width: 210mm; height: 296.9mm; break-after: page }</style>');
  for (const [at, sheet] of sheets.entries()) {
    await page.evaluate(async ({ picture, covered, askew }) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [1240, 1754];
      const paper = canvas.getContext('2d')!;
      paper.fillStyle = '#f4f2ec';
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.translate(canvas.width / 2, canvas.height / 2);
      paper.rotate(askew);
      paper.translate(-canvas.width / 2, -canvas.height / 2);
      if (picture) {
        const seen = new Image();
        seen.src = `data:image/jpeg;base64,${picture}`;
        await seen.decode();
        paper.drawImage(seen, 0, 0, canvas.width, canvas.height);
      } else {
        paper.fillStyle = '#222';
        paper.font = '30px serif';
        const lines = ['Madame, Monsieur,', 'Veuillez trouver ci-joint la convention de mon enfant, signée.', 'Bien cordialement,', 'M. Dupuis'];
        for (const [at, line] of lines.entries()) paper.fillText(line, 180, 420 + 90 * at);
      }
      paper.strokeStyle = '#1c2f6b';
      paper.lineWidth = 4;
      for (const left of [0.35, 0.56, 0.76]) {
        paper.beginPath();
        for (let x = 0; x < 150; x += 4) paper.lineTo(canvas.width * left + x, canvas.height * 0.885 + 26 * Math.sin(x / 11));
        paper.stroke();
      }
      paper.fillStyle = '#6b5a4e';
      if (covered) {
        paper.fillRect(canvas.width * 0.62, 0, canvas.width * 0.38, canvas.height * 0.25);
        paper.fillRect(0, canvas.height * 0.5, canvas.width * 0.34, canvas.height * 0.5);
      }
      const out = new Image();
      out.src = canvas.toDataURL('image/jpeg', 0.75);
      await out.decode();
      document.body.append(out);
    }, { ...sheet, askew: (chance(at + 1)() - 0.5) * 0.05 });
  }
  const path = join(scans, name);
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  return path;
}

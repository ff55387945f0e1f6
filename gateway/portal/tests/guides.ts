import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Album } from './album';
import { drawHost } from './guides.host';
import { drawOrigin } from './guides.origin';
import { drawPapers } from './guides.papers';
import { drawSigning } from './guides.signing';
import { Stage } from './stage';

/** Served as they are, beside the pages of the same names. */
const papers = 'public/guides';

let stage: Stage;
const album = new Album();
beforeAll(async () => { stage = await Stage.start(); mkdirSync(papers, { recursive: true }); });
afterAll(async () => { await stage.stop(); });

it('draws what schools of origin see', async () => {
  await drawOrigin(stage, album);
});

it('draws what hosts see', async () => {
  await drawHost(stage, album);
});

it('draws how a convention is signed online, by everyone', async () => {
  await drawSigning(stage, album);
});

it('draws the papers of a day, and a stack of scans that is sorted', async () => {
  await drawPapers(stage, album);
  album.close();
  expect(stage.faults).toEqual([]);
});

it('prints both guides, with their pictures', async () => {
  // As the pages are served, not as this test’s own tools would build them.
  const env = { ...process.env, NODE_ENV: 'production', VITEST: '' };
  execFileSync('npm', ['run', '--silent', 'build'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const foot = '<div style="width:100%;margin:0 14mm;font:8px Inter,sans-serif;color:#4b5b63;display:flex;justify-content:space-between"><span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>';
  for (const name of ['origine', 'accueil']) {
    const page = await stage.visitor('guide');
    await page.context().route('**/assets/*.webp', async (route) => {
      const file = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
      const known = [...album.paper.keys()].filter((one) => file.startsWith(`${one}-`)).sort((a, b) => b.length - a.length)[0];
      const body = known && album.paper.get(known);
      await (body ? route.fulfill({ body, contentType: 'image/jpeg' }) : route.continue());
    });
    await page.goto(`/guides/${name}`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await page.evaluate(async () => { for (const picture of document.images) { picture.loading = 'eager'; await picture.decode(); } });
    const path = `${papers}/guide-${name}.pdf`;
    await page.pdf({ path, format: 'A4', tagged: true, outline: true, printBackground: true, displayHeaderFooter: true, headerTemplate: '<span></span>', footerTemplate: foot, margin: { top: '16mm', bottom: '18mm', left: '14mm', right: '14mm' } });
    expect(statSync(path).size).toBeLessThan(1_500_000);
    await page.context().close();
  }
});

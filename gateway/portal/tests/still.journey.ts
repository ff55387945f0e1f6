import { afterAll, beforeAll, expect, it } from 'vitest';
import { people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const host = (page: string): string => `/hote/${slug}/${people.lycee.uai}/${page}`;
const pages = [
  { who: null, title: 'S2 2.1: the platform’s home', path: `/p/${slug}` },
  { who: 'college', title: 'S2 2.3: the school’s home', path: `/ecole/${people.college.uai}` },
  { who: 'college', title: 'S2 2.6: « Mes réservations »', path: `/ecole/${people.college.uai}/reservations` },
  { who: 'lycee', title: 'S3 3.1: the host’s dashboard', path: host('tableau-de-bord') },
  { who: 'lycee', title: 'S3 3.3: the conventions', path: host('conventions?onglet=NOT_RETURNED') },
  { who: 'lycee', title: 'S3: the contacts', path: host('contacts') },
] as const;

for (const { who, title, path } of pages) {
  it(`${title}: nothing moves while the page comes, on a desk and on a phone`, async () => {
    for (const size of ['desk', 'phone'] as const) {
      const page = who ? await stage.signedIn(who, size) : await stage.visitor(size);
      await page.addInitScript(() => {
        const moved: string[] = [];
        Object.assign(window, { moved });
        type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
        new PerformanceObserver((list) => {
          for (const shift of list.getEntries() as Shift[]) moved.push(`${shift.value.toFixed(4)} ${shift.sources.map(({ node }) => node?.textContent?.trim().slice(0, 40)).join(' | ')}`);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(path);
      await page.locator('h1').first().waitFor();
      await page.waitForFunction(() => document.querySelector('.shape') === null);
      await page.waitForLoadState('networkidle');
      const moved = await page.evaluate(() => (window as unknown as { moved: string[] }).moved);
      expect(moved, `what moved on a ${size}`).toEqual([]);
      await page.context().close();
    }
  });
}

it('nothing went wrong in any browser', () => { expect(stage.faults).toEqual([]); });

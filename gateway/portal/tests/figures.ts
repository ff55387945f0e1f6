import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { people, slug, Stage } from './stage';

/** How often each figure is taken; the median and the extremes are printed. */
const runs = 7;
/** An old school computer behind a shared line: a quarter of this machine, 4 Mbit/s, 40 ms. */
const slow = { cpu: 4, line: { offline: false, downloadThroughput: 500_000, uploadThroughput: 500_000, latency: 40 } };

const pages = [
  { name: 'accueil d’une plateforme', who: null, path: `/p/${slug}` },
  { name: 'liste des conventions', who: 'lycee', path: `/hote/${slug}/${people.lycee.uai}/conventions?onglet=NOT_RETURNED` },
  { name: 'mes réservations', who: 'college', path: `/ecole/${people.college.uai}/reservations` },
  { name: 'réserver, étape 1', who: 'college', path: `/ecole/${people.college.uai}/reserver` },
] as const;

type Cost = { /** Of the main thread, without what it waited for a core. */ cpu: number; /** By the clock, tasks that others’ work held up included. */ busy: number; lcp: number; shift: number; bytes: number };

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const spread = (values: number[], digits = 0): string => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN).toFixed(digits);
  return `${at(0.5)} (${at(0)} – ${at(1)})`;
};

/** One visit with an empty cache: what the page cost until it rested. */
async function visit(context: BrowserContext, path: string, throttled: boolean): Promise<Cost> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = { lcp: 0, shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.lcp = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) seen.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const wire = await context.newCDPSession(page);
  const bytes = await counted(wire);
  if (throttled) {
    await wire.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu });
    await wire.send('Network.emulateNetworkConditions', slow.line);
  }
  const cpu = await tasks(context, page, 'threadTicks');
  const busy = await tasks(context, page, 'timeTicks');
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[role="status"].shape') === null);
  await page.waitForLoadState('networkidle');
  const spent = { cpu: await cpu(), busy: await busy() };
  const seen = await page.evaluate(() => (window as unknown as { seen: { lcp: number; shift: number } }).seen);
  await page.close();
  return { ...spent, lcp: seen.lcp, shift: seen.shift, bytes: bytes() };
}

/** How long the page’s main thread was at work, in milliseconds, by the given clock. */
async function tasks(context: BrowserContext, page: Page, timeDomain: 'threadTicks' | 'timeTicks'): Promise<() => Promise<number>> {
  const wire = await context.newCDPSession(page);
  await wire.send('Performance.enable', { timeDomain });
  return async () => {
    const { metrics } = await wire.send('Performance.getMetrics');
    return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}

/** Counts the bytes that come over the wire. */
async function counted(wire: CDPSession): Promise<() => number> {
  let sum = 0;
  await wire.send('Network.enable');
  wire.on('Network.loadingFinished', (event) => { sum += event.encodedDataLength; });
  return () => sum;
}

it('what pages cost, on this machine and on a slow one', async () => {
  const rows: string[] = [];
  for (const { name, who, path } of pages) {
    const first = who ? await stage.signedIn(who) : await stage.visitor();
    const browser = first.context().browser();
    const state = await first.context().storageState();
    const costs = { fast: [] as Cost[], slow: [] as Cost[] };
    for (const speed of ['fast', 'slow'] as const) {
      for (let run = 0; run < runs; run += 1) {
        const context = await browser?.newContext({ baseURL: stage.url, storageState: state, viewport: { width: 1280, height: 900 }, locale: 'fr-FR', timezoneId: 'Europe/Paris' });
        if (!context) throw new Error('the browser is gone');
        costs[speed].push(await visit(context, path, speed === 'slow'));
        await context.close();
      }
    }
    await first.context().close();
    const of = (speed: 'fast' | 'slow', what: keyof Cost): number[] => costs[speed].map((cost) => cost[what]);
    expect(Math.min(...of('fast', 'cpu'), ...of('slow', 'lcp'))).toBeGreaterThan(0);
    rows.push(`${name.padEnd(26)} CPU ${spread(of('fast', 'cpu'))} ms, ${spread(of('fast', 'busy'))} à la montre · LCP ${spread(of('fast', 'lcp'))} ms · ${spread(of('fast', 'bytes').map((bytes) => bytes / 1000), 1)} kB · décalage ${spread(of('fast', 'shift'), 3)}`);
    rows.push(`${''.padEnd(26)} ralenti ×${slow.cpu}, 4 Mbit/s : ${spread(of('slow', 'busy'))} ms à la montre · LCP ${spread(of('slow', 'lcp'))} ms · décalage ${spread(of('slow', 'shift'), 3)}`);
  }
  console.log(`médiane (extrêmes) de ${runs} visites, cache vide\n${rows.join('\n')}`);
});

/** Pupils booked and their conventions deposited, by the collège’s own session. */
async function deposits(page: Page, count: number): Promise<void> {
  await page.evaluate(async ({ count, uai, host, platform }) => {
    type Answer = { data: Record<string, never>; errors?: unknown };
    const ask = async (body: BodyInit, headers: Record<string, string> = {}): Promise<Answer['data']> => {
      const answer = (await (await fetch('/graphql', { method: 'POST', body, headers })).json()) as Answer;
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
      return answer.data;
    };
    const json = (query: string, variables: unknown): Promise<never> => ask(JSON.stringify({ query, variables }), { 'content-type': 'application/json' }) as Promise<never>;
    const open = (await json('query($p: String!, $host: String!, $from: Date!) { slots(platform: $p, filter: { host: $host, onlyFree: true, from: $from }) { items { id free } } }', { p: platform, host, from: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10) })) as { slots: { items: { id: string; free: number }[] } };
    const seats = open.slots.items.flatMap((slot) => Array.from({ length: slot.free }, () => slot.id));
    for (let pupil = 0; pupil < count; pupil += 1) {
      const input = { slot: seats[pupil], origin: uai, kind: 'INTERNAL', orWait: false, pupil: { lastName: `MESURE${pupil}`, firstName: 'Ana' } };
      const booked = (await json('mutation($input: BookSeatInput!) { done: bookSeat(input: $input) { ... on SeatBooked { bookingId } ... on Refused { message } } }', { input })) as { done: { bookingId: string; message?: string } };
      if (!booked.done.bookingId) throw new Error(booked.done.message);
      let convention: string | null = null;
      while (!convention) {
        const found = (await json('query($id: ID!) { booking(id: $id) { convention { id } } }', { id: booked.done.bookingId })) as { booking: { convention: { id: string } | null } };
        convention = found.booking.convention?.id ?? null;
        if (!convention) await new Promise((next) => setTimeout(next, 50));
      }
      const form = new FormData();
      form.append('operations', JSON.stringify({ query: 'mutation($input: DepositConventionInput!) { done: depositConvention(input: $input) { __typename ... on Refused { message } } }', variables: { input: { convention, file: null } } }));
      form.append('map', JSON.stringify({ 0: ['variables.input.file'] }));
      form.append('0', await (await fetch(`/convention/${convention}/conv.pdf`)).blob(), 'convention.pdf');
      const deposited = (await ask(form)) as unknown as { done: { message?: string } };
      if (deposited.done.message) throw new Error(deposited.done.message);
    }
  }, { count, uai: people.college.uai, host: people.lycee.uai, platform: slug });
}

it('from the click on « Valider la conformité » to the counter of another browser', async () => {
  const college = await stage.signedIn('college');
  await deposits(college, runs);
  const [one, other] = [await stage.signedIn('lycee'), await stage.signedIn('lycee')];
  for (const page of [one, other]) await page.goto(`/hote/${slug}/${people.lycee.uai}/conventions`);
  const counter = other.getByRole('link', { name: /^Conventions en attente de validation/ });
  const decide = one.getByRole('button', { name: 'Valider la conformité', exact: true });
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await decide.waitFor();
    const shown = await one.getByTitle(/^Convention de /).getAttribute('title');
    const changed = counter.evaluate((link) => {
      const before = link.textContent;
      return new Promise<number>((done) => {
        new MutationObserver(() => { if (link.textContent !== before) done(Date.now()); }).observe(link, { subtree: true, childList: true, characterData: true });
      });
    });
    const clicked = await decide.evaluate((button: HTMLElement) => { const now = Date.now(); button.click(); return now; });
    took.push((await changed) - clicked);
    // The other browser may know before the answer has come back to this one.
    await one.getByText(`Conformité validée : ${shown?.replace('Convention de ', '')}.`).waitFor();
  }
  expect(Math.min(...took)).toBeGreaterThan(0);
  console.log(`du clic au compteur d’un autre navigateur : ${spread(took)} ms, médiane (extrêmes) de ${runs}`);
});

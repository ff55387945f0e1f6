import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** People of the demonstration. */
export const people = {
  lycee: { login: 'ce.9990001X@ac-exemple.fr', password: 'Vilar-Demo-2026!', uai: '9990001X' },
  auditor: { login: 'ce.9990002Y@ac-exemple.fr', password: 'Delaunay-Demo-2026!', uai: '9990002Y' },
  moulin: { login: 'ce.9990012J@ac-exemple.fr', password: 'Moulin-Demo-2026!', uai: '9990012J' },
  college: { login: 'ce.9990011H@ac-exemple.fr', password: 'Colline-Demo-2026!', uai: '9990011H' },
} as const;

export const slug = 'bassin-de-la-colline';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = { desk: { width: 1280, height: 900 }, phone: { width: 360, height: 740 }, /** A desk at 200 %. */ zoomed: { width: 640, height: 450 }, /** The pictures of the guides. */ guide: { width: 1120, height: 800 }, /** Those of a phone. */ pocket: { width: 370, height: 760 } };
/** How many dots a pixel of the page has; one when it is not said. */
const densities: Partial<Record<keyof typeof sizes, number>> = { zoomed: 2, guide: 1.5, pocket: 1.5 };
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The day of the demonstration’s slot that is over, as YYYY-MM-DD: the school day before today (fixtures::demo::past_slot). */
export function lastSchoolDay(): string {
  const day = new Date();
  do day.setDate(day.getDate() - 1); while ([0, 3, 6].includes(day.getDay()));
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** The real binary playing the demonstration, and a browser. */
export class Stage {
  readonly faults: string[] = [];

  private constructor(readonly url: string, private readonly server: ChildProcess, private readonly browser: Browser) {}

  static async start(): Promise<Stage> {
    const port = await freePort();
    return Stage.of(port, spawn(binary(), ['demo', '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'inherit'] }));
  }

  /** The real binary serving `folder`, where only the schools are listed, with a mailbox and what `settings` say. */
  static async serving(folder: string, port: number, settings: Record<string, string>): Promise<Stage> {
    const env = {
      ESCALE_DATA_DIR: folder, ESCALE_LISTEN: `127.0.0.1:${port}`, ESCALE_PUBLIC_URL: `http://localhost:${port}`,
      ESCALE_MASTER_KEY: '0e'.repeat(32), ESCALE_DEMO: 'true', RUST_LOG: 'error', ...settings,
    };
    execFileSync(binary(), ['directory', 'import', '../../fixtures/data/annuaire_prepare.csv'], { env, stdio: 'ignore' });
    return Stage.of(port, spawn(binary(), ['serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] }));
  }

  private static async of(port: number, server: ChildProcess): Promise<Stage> {
    const url = `http://localhost:${port}`;
    await untilReady(`${url}/readyz`, server);
    // With Debian’s chromium-l10n, the browser’s own words and dates are French too.
    const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags, env: { ...process.env, LANGUAGE: 'fr' } });
    return new Stage(url, server, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    const ended = once(this.server, 'exit');
    this.server.kill('SIGTERM');
    await ended;
  }

  /** A new visitor; what goes wrong in their browser is kept in `faults`. */
  async visitor(size: keyof typeof sizes = 'desk', colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const context: BrowserContext = await this.browser.newContext({ baseURL: this.url, viewport: sizes[size], deviceScaleFactor: densities[size] ?? 1, locale: 'fr-FR', timezoneId: 'Europe/Paris', colorScheme });
    context.setDefaultTimeout(8_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') this.faults.push(`${page.url()}: ${message.text()}`); });
    return page;
  }

  async signedIn(who: keyof typeof people, size: keyof typeof sizes = 'desk', colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const page = await this.visitor(size, colorScheme);
    await page.goto('/connexion');
    await page.getByLabel('Votre adresse Email').fill(people[who].login);
    await page.getByLabel('Votre mot de passe', { exact: true }).fill(people[who].password);
    await page.getByRole('button', { name: 'CONNEXION' }).click();
    await page.waitForURL((url) => url.pathname !== '/connexion');
    return page;
  }

  /** The letters sent so far, newest first, as the demonstration's mailbox lists them. */
  async mailbox(): Promise<string> {
    return (await fetch(`${this.url}/courrier`)).text();
  }

  /** Waits for the letter of that subject to `to`, and answers the address that `button` leads to in it. */
  async linkOf(to: string, subject: string, button: string): Promise<string> {
    const row = (mailbox: string): string | undefined => mailbox.split('<tr>').find((one) => one.includes(to) && one.includes(subject));
    await expect.poll(async () => row(await this.mailbox()), { timeout: 8_000 }).toBeDefined();
    const letter = /href="(\/courrier\/[^"]+)"/.exec(row(await this.mailbox()) ?? '')?.[1] ?? '';
    const html = await (await fetch(`${this.url}${letter}/html`)).text();
    const link = [...html.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g)].find(([, , words]) => words?.trim() === button)?.[1];
    if (!link) throw new Error(`the letter « ${subject} » has no « ${button} »`);
    return new URL(link).pathname;
  }
}

/** Every rule of axe, on the page as it stands, and no sideways scrolling. */
export async function accessible(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[role="status"].shape') === null);
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    type Axe = { run: (context: unknown, options: unknown) => Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    const { axe } = window as unknown as { axe: Axe };
    const all = await axe.run(document, { iframes: false, resultTypes: ['violations'] });
    return all.violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.map((node) => `${node.html}\n  ${node.failureSummary}`).join('\n  ')}`);
  });
  expect(found, `axe on ${page.url()}`).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `pixels to scroll sideways on ${page.url()}`).toBeLessThanOrEqual(0);
}

function binary(): string {
  const named = process.env['ESCALE_BIN'];
  if (!named) throw new Error('ESCALE_BIN names no binary: run `cargo xtask test`, or set it to target/debug/escale');
  return named;
}

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null) throw new Error(`escale ended with ${server.exitCode}`);
    const ready = await fetch(url).then((answer) => answer.ok, () => false);
    if (ready) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error('escale is not ready after 60 s');
}

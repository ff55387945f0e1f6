import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { drawn } from './picture';

/** Where the guides’ pages take their pictures from. */
const folder = 'src/content/guides/pictures';

type Box = { x: number; y: number; width: number; height: number };

/** The smallest box that holds what is to be seen, with a little air around it, within the page. */
function around(boxes: readonly Box[], page: { width: number; height: number }): Box {
  const air = 12;
  const left = Math.max(0, Math.floor(Math.min(...boxes.map((one) => one.x)) - air));
  const top = Math.max(0, Math.floor(Math.min(...boxes.map((one) => one.y)) - air));
  const right = Math.min(page.width, Math.ceil(Math.max(...boxes.map((one) => one.x + one.width)) + air));
  const bottom = Math.min(page.height, Math.ceil(Math.max(...boxes.map((one) => one.y + one.height)) + air));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where to end a picture that would reach down to `limit`: near it, where the least words, rows and buttons are cut. */
function end({ limit, most, last }: { limit: number; most: number; last: number }): number {
  const whole: DOMRect[] = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    whole.push(...range.getClientRects());
  }
  for (const one of document.querySelectorAll('tr, button, a, input, select, textarea')) whole.push(one.getBoundingClientRect());
  const cut = (line: number): number => whole.filter((one) => one.top < line + 3 && one.bottom > line - 3).length;
  const lines = Array.from({ length: Math.round(most * 0.45) }, (_, at) => Math.round(limit + most * 0.2 - at)).filter((line) => line <= last);
  const least = Math.min(...lines.map(cut));
  return lines.filter((line) => cut(line) === least).sort((a, b) => Math.abs(a - limit) - Math.abs(b - limit))[0] ?? limit;
}

/** The pictures of the guides, as the running demonstration shows them. */
export class Album {
  /** The same as JPEG, which a PDF holds as it is; a WebP is unpacked in it. */
  readonly paper = new Map<string, Buffer>();
  private readonly sizes: Record<string, { width: number; height: number }> = {};

  constructor() {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) rmSync(`${folder}/${name}`);
  }

  /** Keeps what `shown` covers of the page, `most` pixels of it from the top; `ring` is what the text speaks of. */
  async keep(page: Page, name: string, shown: readonly Locator[], { ring, most = 900 }: { ring?: Locator; most?: number } = {}): Promise<void> {
    await page.waitForLoadState('networkidle');
    await ring?.evaluate((it: HTMLElement) => { it.style.setProperty('outline', '3px solid #c2410c'); it.style.setProperty('outline-offset', '3px'); });
    await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur(); scrollTo(0, 0); });
    const boxes = await Promise.all(shown.map(async (one) => one.boundingBox()));
    const whole = await page.evaluate(() => ({ width: document.documentElement.clientWidth, height: document.documentElement.scrollHeight, seen: innerHeight }));
    const box = around(boxes.filter((one) => one !== null), whole);
    const height = box.height > most ? (await page.evaluate(end, { limit: box.y + most, most, last: box.y + box.height })) - box.y : box.height;
    const clip = { ...box, height };
    const png = await page.screenshot({ clip, fullPage: clip.y + clip.height > whole.seen, animations: 'disabled' });
    await ring?.evaluate((it: HTMLElement) => { it.style.removeProperty('outline'); it.style.removeProperty('outline-offset'); });
    writeFileSync(`${folder}/${name}.webp`, await drawn(page, png, { kind: 'image/webp', quality: 0.6 }));
    this.paper.set(name, await drawn(page, png, { kind: 'image/jpeg', quality: 0.44, scale: 0.7 }));
    this.sizes[name] = { width: clip.width, height: clip.height };
  }

  /** Keeps a page of a PDF, `most` pixels of it from the top; `width` is that of the whole page. */
  async keepPaper(page: Page, name: string, png: Buffer, { width = 760, most = 900 }: { width?: number; most?: number } = {}): Promise<void> {
    await page.setContent(`<body style="margin: 0"><img alt="" width="${width}" src="data:image/png;base64,${png.toString('base64')}">`);
    const paper = page.locator('img');
    await paper.evaluate(async (it: HTMLImageElement) => it.decode());
    await this.keep(page, name, [paper], { most });
  }

  /** Writes how large each picture is, so that pages leave it its place. */
  close(): void {
    const lines = Object.entries(this.sizes).map(([name, size]) => `  ${JSON.stringify(name)}: { "width": ${size.width}, "height": ${size.height} }`);
    writeFileSync(`${folder}/sizes.json`, `{\n${lines.join(',\n')}\n}\n`);
  }
}

import { getDocument, VerbosityLevel, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, vi } from 'vitest';

/** What pdf.js makes of a document, once every page is drawn. */
export type Reading = {
  pages: number;
  title: string;
  language: string;
  /** The words in the order of the structure tree, which is the order that is read aloud. */
  text: string;
  headings: string[];
  fonts: { name: string; embedded: boolean }[];
};

/** What pdf.js complains of while it reads `pdf`, and what it read unless it gave up. */
export async function read(pdf: Uint8Array): Promise<{ complaints: string[]; reading: Reading | undefined }> {
  const complaints: string[] = [];
  const keep = (...words: unknown[]): void => { complaints.push(words.join(' ')); };
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name).mockImplementation(keep));
  const task = getDocument({ data: Uint8Array.from(pdf), verbosity: VerbosityLevel.WARNINGS, useSystemFonts: false, fontExtraProperties: true });
  try {
    return { complaints, reading: await whole(await task.promise) };
  } catch (error) {
    keep(error);
    return { complaints, reading: undefined };
  } finally {
    await task.destroy();
    for (const spy of spies) spy.mockRestore();
  }
}

/** Reads a document that must be without reproach: no warning, its own fonts, French, a heading. */
export async function sound(pdf: Uint8Array): Promise<Reading> {
  const { complaints, reading } = await read(pdf);
  expect(complaints).toEqual([]);
  if (!reading) throw new Error('pdf.js gave up');
  expect(reading.fonts).not.toEqual([]);
  expect(reading.fonts.filter((font) => !font.embedded)).toEqual([]);
  expect(['fr', 'fr-FR']).toContain(reading.language);
  expect(reading.headings.filter((heading) => heading !== '')).not.toEqual([]);
  return reading;
}

type Canvases = { create(width: number, height: number): { canvas: HTMLCanvasElement } };

async function whole(pdf: PDFDocumentProxy): Promise<Reading> {
  const { info } = await pdf.getMetadata() as { info: { Title?: string; Language?: string | null } };
  const reading: Reading = { pages: pdf.numPages, title: info.Title ?? '', language: info.Language ?? '', text: '', headings: [], fonts: [] };
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    await draw(page, pdf.canvasFactory as Canvases);
    const tree = await page.getStructTree();
    if (tree) reading.text += `${spoken(tree, await marked(page), reading.headings)}\n`;
    for (const font of fonts(page)) if (!reading.fonts.some((known) => known.name === font.name)) reading.fonts.push(font);
  }
  return reading;
}

async function draw(page: PDFPageProxy, canvases: Canvases): Promise<void> {
  const viewport = page.getViewport({ scale: 0.5 });
  const { canvas } = canvases.create(viewport.width, viewport.height);
  await page.render({ canvas, viewport }).promise;
}

type Font = { name: string; missingFile: boolean; systemFontInfo: unknown; data?: Uint8Array };

/** The fonts that a page was drawn with, and whether the document holds them. */
function fonts(page: PDFPageProxy): Reading['fonts'] {
  const objects = [...page.commonObjs as Iterable<[string, Font | object]>].map(([, object]) => object);
  const isFont = (object: Font | object): object is Font => 'missingFile' in object;
  return objects.filter(isFont).map((font) => ({ name: font.name, embedded: !font.missingFile && !font.systemFontInfo && Boolean(font.data?.length) }));
}

/** The words of each marked sequence of a page, by its id. */
async function marked(page: PDFPageProxy): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  const open: string[] = [];
  for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
    if ('str' in item) {
      const id = open.findLast((one) => one !== '') ?? '';
      words.set(id, `${words.get(id) ?? ''}${item.str}${item.hasEOL ? ' ' : ''}`);
    } else if (item.type === 'endMarkedContent') {
      open.pop();
    } else {
      open.push(item.id ?? '');
    }
  }
  return words;
}

type Node = { role: string; children: (Node | { type: string; id: string })[] };

/** The words under a node of the structure tree; the headings among them are added to `headings`. */
function spoken(node: Node, words: Map<string, string>, headings: string[]): string {
  const parts = node.children.map((child) => 'role' in child ? spoken(child, words, headings) : words.get(child.id) ?? '');
  const text = parts.join(' ').replace(/\s+/g, ' ').trim();
  if (/^H\d?$/.test(node.role)) headings.push(text);
  return text;
}

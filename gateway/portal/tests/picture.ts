import type { Page } from 'playwright-core';

type Drawn = { kind: 'image/webp' | 'image/jpeg'; quality: number; /** Of its width and height. */ scale?: number };

/** A PNG drawn again, smaller: Chromium’s screenshots are PNG or JPEG only, and as large as they are. */
export async function drawn(page: Page, png: Buffer, { kind, quality, scale = 1 }: Drawn): Promise<Buffer> {
  const blank = await page.context().newPage();
  const data = await blank.evaluate(async ([source, type, at, by]) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${source}`;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * by);
    canvas.height = Math.round(picture.height * by);
    const drawing = canvas.getContext('2d');
    if (drawing) drawing.imageSmoothingQuality = 'high';
    drawing?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL(type, at).split(',')[1] ?? '';
  }, [png.toString('base64'), kind, quality, scale] as const);
  await blank.close();
  return Buffer.from(data, 'base64');
}

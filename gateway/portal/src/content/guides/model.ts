import sizes from './pictures/sizes.json';

/** A picture of the real screens, drawn by `cargo xtask guides`. */
export type PictureName = keyof typeof sizes;

interface Picture { picture: PictureName; alt: string }

/** What a chapter is made of, in order. Words between « » are those of the screen. */
export type Part =
  | { text: string }
  | { steps: readonly string[] }
  | { list: readonly string[] }
  | { note: string }
  | Picture
  /** Side by side, where there is room. */
  | { pictures: readonly Picture[] };

export interface Chapter {
  id: string;
  title: string;
  parts: readonly Part[];
}

const addresses = import.meta.glob<string>('./pictures/*.webp', { eager: true, query: '?url', import: 'default' });

/** Where a picture is, and how large. */
export function pictureOf(name: PictureName): { src: string; width: number; height: number } {
  return { src: addresses[`./pictures/${name}.webp`] ?? '', ...sizes[name] };
}

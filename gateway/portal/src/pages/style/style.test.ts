import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const kit = 'src/ui';
const pages = 'src/pages/style';
const names = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.svelte'));

/** The components of the kit that a file imports and puts on its page. */
function shownIn(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/import (\w+) from '(?:\.\.\/\.\.|\.)\/ui\/\w+\.svelte'/g)].map(([, name = '']) => name).filter((name) => new RegExp(`<${name}\\b`).test(text));
}

it('shows every component of the kit: add a new one to the group where one would look for it', () => {
  // The page of an application surrounds every page: messages stand there.
  const shown = new Set([...names(pages).map((name) => `${pages}/${name}`), 'src/App.svelte'].flatMap(shownIn));
  const components = names(kit).map((name) => name.replace('.svelte', ''));
  expect(components.length).toBeGreaterThan(50);
  expect(components.filter((name) => !shown.has(name)), 'components that /style does not show').toEqual([]);
});

// What each page makes the browser fetch first (scripts and styles, brotli), and the most it may be.
import { readFileSync, statSync, existsSync } from 'node:fs';

const most = 60_000;
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));

/** The files that `key` cannot do without. */
function needed(key, files = new Set()) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const other of chunk.imports ?? []) needed(other, files);
  return files;
}

function weight(file) {
  const packed = `dist/${file}.br`;
  return statSync(existsSync(packed) ? packed : `dist/${file}`).size;
}

/** Parts of a page that come when they are wanted. */
const later = /\/(origin\/Correct|book\/(Identity|Many|SlotStep)|deposit\/(PhotographsForm|Results)|signing\/|style\/(?!Style))/;
const pages = Object.keys(manifest).filter((key) => key.startsWith('src/pages/') && manifest[key].isDynamicEntry && !later.test(key)).sort();
const layouts = (page) => {
  const layout = `${page.split('/').slice(0, 3).join('/')}/Layout.svelte`;
  return manifest[layout] ? [layout] : [];
};
let worst = 0;
for (const page of pages) {
  const files = new Set(['index.html', ...layouts(page), page].flatMap((key) => [...needed(key)]));
  const bytes = [...files].reduce((sum, file) => sum + weight(file), 0);
  worst = Math.max(worst, bytes);
  console.log(`${(bytes / 1000).toFixed(1).padStart(6)} kB  ${page.replace('src/pages/', '')}`);
}
console.log(`the heaviest first page is ${(worst / 1000).toFixed(1)} kB, ${most / 1000} kB is the most`);
if (worst > most) process.exit(1);

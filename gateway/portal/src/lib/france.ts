/** Where places of France are drawn: Lambert’s conic projection, and five insets for the départements overseas. */
export interface Point { x: number; y: number }

/** The whole map, in units of the drawing. */
export const whole = { x: 0, y: 0, width: 1000, height: 1000 };

/** Each département overseas: what part of the globe, and where its inset stands. */
const insets = [
  { west: -61.9, south: 15.8, east: -60.95, north: 16.55, x: 5, y: 60, width: 100, height: 84 },
  { west: -61.3, south: 14.35, east: -60.75, north: 14.95, x: 5, y: 160, width: 84, height: 94 },
  { west: -54.7, south: 2.0, east: -51.5, north: 5.9, x: 5, y: 270, width: 92, height: 112 },
  { west: 55.15, south: -21.45, east: 55.9, north: -20.8, x: 5, y: 400, width: 92, height: 84 },
  { west: 44.95, south: -13.05, east: 45.35, north: -12.6, x: 5, y: 500, width: 70, height: 80 },
];

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const cone = (latitude: number): number => Math.tan(Math.PI / 4 + radians(latitude) / 2);
const [south, north, middle] = [44, 49, 3];
const narrowing = Math.log(Math.cos(radians(south)) / Math.cos(radians(north))) / Math.log(cone(north) / cone(south));
const factor = (Math.cos(radians(south)) * cone(south) ** narrowing) / narrowing;
const [scale, right, down] = [5600, 545, 5830];

/** Where a longitude and a latitude are on the drawing; nothing when they are not in France. */
export function placed(longitude: number, latitude: number): Point | undefined {
  const inset = insets.find((it) => longitude > it.west && longitude < it.east && latitude > it.south && latitude < it.north);
  if (inset) {
    return { x: inset.x + ((longitude - inset.west) / (inset.east - inset.west)) * inset.width, y: inset.y + ((inset.north - latitude) / (inset.north - inset.south)) * inset.height };
  }
  if (longitude < -6 || longitude > 10 || latitude < 41 || latitude > 52) return undefined;
  const radius = factor / cone(latitude) ** narrowing;
  const angle = narrowing * radians(longitude - middle);
  return { x: right + scale * radius * Math.sin(angle), y: down - scale * (factor / cone(46.5) ** narrowing - radius * Math.cos(angle)) - 5310 };
}

/** The corners of an outline written as `m` and `l` with whole steps. */
export function rings(outline: string): Point[][] {
  return outline.split('z').filter(Boolean).map((ring) => {
    const steps = (ring.match(/-?\d+/g) ?? []).map(Number);
    const corners: Point[] = [];
    let [x, y] = [0, 0];
    for (let at = 0; at + 1 < steps.length; at += 2) {
      x += steps[at] ?? 0;
      y += steps[at + 1] ?? 0;
      corners.push({ x, y });
    }
    return corners;
  });
}

/** Whether a point is within the outline: how often a ray from it crosses the border. */
export function holds(outline: string, point: Point): boolean {
  let inside = false;
  for (const corners of rings(outline)) {
    corners.forEach((a, index) => {
      const b = corners[(index + 1) % corners.length] ?? a;
      if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    });
  }
  return inside;
}

/** How far places of the directory are from each other, as the crow flies. */
interface Place { latitude?: number | null | undefined; longitude?: number | null | undefined }

const earth = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres between two places; nothing when one of them is not known. */
export function kilometres(from: Place | null | undefined, to: Place | null | undefined): number | undefined {
  if (from?.latitude == null || from.longitude == null || to?.latitude == null || to.longitude == null) return undefined;
  const [one, other] = [radians(from.latitude), radians(to.latitude)];
  const half = Math.sin((other - one) / 2) ** 2 + Math.cos(one) * Math.cos(other) * Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  return 2 * earth * Math.asin(Math.sqrt(half));
}

/** « à 12 km », « à moins de 1 km »; nothing when it is not known. */
export function away(distance: number | undefined): string {
  if (distance === undefined) return '';
  return distance < 1 ? 'à moins de 1\u00a0km' : `à ${Math.round(distance)}\u00a0km`;
}

/** The nearest first; those whose place is not known come last, as they stood. */
export function byDistance<Item>(items: readonly Item[], distanceOf: (item: Item) => number | undefined): Item[] {
  return [...items].sort((a, b) => (distanceOf(a) ?? Infinity) - (distanceOf(b) ?? Infinity) || 0);
}

/**
 * The highest position of the log this browser knows: what it wrote must be in what it reads.
 * It is sent with every query that takes `minPosition`.
 */
let highest: string | undefined;

export function seen(): string | undefined {
  return highest;
}

export function note(position: string | null | undefined): void {
  if (position && (highest === undefined || BigInt(position) > BigInt(highest))) highest = position;
}

/** An entry of the main menu. With `items` it unfolds. */
export interface Entry {
  label: string;
  href: string;
  current: boolean;
  /** How many wait for the reader; 0 keeps the room, so that nothing moves when one comes. */
  count?: number | undefined;
  items?: readonly Entry[];
  /** On a phone, at the foot of the screen (four at most). */
  foot?: boolean;
}

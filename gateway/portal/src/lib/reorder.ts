/** The list with its item at `from` moved by `step` places; unchanged where there is no such place. */
export function moved<Item>(list: readonly Item[], from: number, step: -1 | 1): Item[] {
  const next = [...list];
  const [one, other] = [next[from], next[from + step]];
  if (one === undefined || other === undefined) return next;
  next[from] = other;
  next[from + step] = one;
  return next;
}

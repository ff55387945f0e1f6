/** French spaces: a mark that stands apart from its word never begins a line. */
export function typeset(text: string): string {
  return text.replace(/« /g, '«\u00a0').replace(/ (?=[»:])/g, '\u00a0').replace(/ (?=[;!?])/g, '\u202f');
}

/** A sentence in its parts: words, and the labels that stand on the screen, between « ». */
export function labelsOf(text: string): { text: string; label: boolean }[] {
  return typeset(text).split(/(«[^«»]*»)/).filter((part) => part !== '').map((part) => ({ text: part, label: part.startsWith('«') }));
}

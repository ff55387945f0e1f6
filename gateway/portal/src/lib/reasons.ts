const most = 6;
const first = ['Signature du responsable légal manquante', 'Signature de l’établissement manquante', 'Document illisible'];

/** The reasons last given in `place`, on this computer: they hold no name. */
export function reasons(place: string): { list: string[]; keep: (reason: string) => void } {
  const key = `escale.motifs.${place}`;
  let list = first;
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (Array.isArray(kept)) list = kept.filter((one) => typeof one === 'string');
  } catch {
    // What cannot be read is written anew.
  }
  return {
    list,
    keep: (reason) => localStorage.setItem(key, JSON.stringify([reason.trim(), ...list.filter((one) => one !== reason.trim())].slice(0, most))),
  };
}

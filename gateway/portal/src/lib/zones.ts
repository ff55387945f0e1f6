/** The clocks of France, for the platforms that are opened there. */
export const zones = [
  { value: 'Europe/Paris', label: 'Métropole' },
  { value: 'America/Guadeloupe', label: 'Guadeloupe' },
  { value: 'America/Martinique', label: 'Martinique' },
  { value: 'America/Cayenne', label: 'Guyane' },
  { value: 'Indian/Reunion', label: 'La Réunion' },
  { value: 'Indian/Mayotte', label: 'Mayotte' },
  { value: 'America/Miquelon', label: 'Saint-Pierre-et-Miquelon' },
  { value: 'Pacific/Noumea', label: 'Nouvelle-Calédonie' },
  { value: 'Pacific/Tahiti', label: 'Polynésie française' },
  { value: 'Pacific/Wallis', label: 'Wallis-et-Futuna' },
] as const;

/** A short name for addresses out of a name that people read: `Bassin de l’Aure` is `bassin-de-l-aure`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{Mn}/gu, '').toLowerCase().replaceAll('œ', 'oe');
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '');
}

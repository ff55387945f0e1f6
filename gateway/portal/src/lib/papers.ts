/** Addresses of the papers of a day; apart from the others, which every first page loads. */
const part = encodeURIComponent;

/** « Feuille d’émargement » of a slot. */
export const sheetOf = (slot: string): string => `/creneau/${part(slot)}/emargement.pdf`;
/** « Attestation de présence » of a pupil who came. */
export const certificateOf = (booking: string): string => `/reservation/${part(booking)}/attestation.pdf`;
/** « Liste du jour » of a host, on paper. */
export const dayListOf = (slug: string, uai: string, date: string): string => `/plateforme/${part(slug)}/hote/${part(uai)}/liste-du-jour/${part(date)}.pdf`;

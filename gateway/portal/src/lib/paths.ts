/** Addresses of pages and files, in one place. */
const part = encodeURIComponent;

/** The guides, as pages. */
export const guides = { origin: '/guides/origine', host: '/guides/accueil' } as const;
/** The same, on paper. */
export const paperGuides = { origin: '/guides/guide-origine.pdf', host: '/guides/guide-accueil.pdf' } as const;

/** A school of origin’s pages: `''`, `reserver`, `reservations`, … */
export const ofSchool = (uai: string, page = ''): string => `/ecole/${part(uai)}${page && `/${page}`}`;
/** A host’s pages on a platform: `tableau-de-bord`, `calendrier`, `stages`, `conventions`, … */
export const ofHost = (slug: string, uai: string, page = 'tableau-de-bord'): string => `/hote/${part(slug)}/${part(uai)}/${page}`;
/** A platform’s pages for anyone: `''`, `stages`. */
export const ofPlatform = (slug: string, page = ''): string => `/p/${part(slug)}${page && `/${page}`}`;
/** A platform’s pages for its administrators. */
export const ofAdmin = (slug: string, page = ''): string => `/administration/${part(slug)}${page && `/${page}`}`;
/** A platform’s logo, stored under `hash`, if it has one. */
export const logoOf = (slug: string, hash: string | null | undefined): string | undefined => (hash ? `/plateforme/${part(slug)}/logo?v=${part(hash)}` : undefined);
/** A platform’s own guide, stored under `hash`; else ours, for schools of origin. */
export const guideOf = (slug: string, hash: string | null | undefined): string => (hash ? `/plateforme/${part(slug)}/guide` : paperGuides.origin);

/** What a platform’s conventions would look like with the texts that one sends there. */
export const specimenOf = (slug: string): string => `/plateforme/${part(slug)}/specimen`;

/** « Conv. » and what lies behind: `conv`, `original`, `depot`, `depot-N`. */
export const document = (convention: string, version = 'conv'): string => `/convention/${part(convention)}/${version}.pdf`;
/** The same, shown in a frame. */
export const shown = (convention: string, version = 'conv'): string => `${document(convention, version)}?affichage=page`;

/** The picture of a page of a stack of scans. */
export const pictureOf = (scan: string, page: number): string => `/numerisation/${part(scan)}/page/${page}`;
/** A stack of scans as it came. */
export const scanFile = (scan: string): string => `/numerisation/${part(scan)}/fichier`;

/** `path` with `changes` made to its query; an empty value leaves it out. */
export function withQuery(path: string, query: Record<string, string | number | boolean | undefined | null>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

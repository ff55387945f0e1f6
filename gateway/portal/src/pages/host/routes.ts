/** A host on a platform: it offers slots, receives pupils, judges conventions. */
export const host = {
  '/hote/:slug/:uai': {
    layout: () => import('./Layout.svelte'),
    '/conventions': () => import('./conventions/Conventions.svelte'),
  },
};

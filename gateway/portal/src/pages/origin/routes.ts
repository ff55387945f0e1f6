/** A school of origin: it books for its pupils and returns their conventions. */
export const origin = {
  '/ecole/:uai': {
    layout: () => import('./Layout.svelte'),
    '/': () => import('./Home.svelte'),
  },
};

/** An auditor’s pages: reads everything of a platform, changes nothing. */
export const audit = {
  '/audit/:slug': {
    layout: () => import('./Layout.svelte'),
    '/': () => import('./Find.svelte'),
    '/journal': () => import('./Journal.svelte'),
    '/conventions/:id': () => import('./Convention.svelte'),
  },
};

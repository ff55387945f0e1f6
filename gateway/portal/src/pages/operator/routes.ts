/** The operator’s pages: the service itself. */
export const operator = {
  '/exploitation': {
    layout: () => import('./Layout.svelte'),
    '/': () => import('./Projections.svelte'),
    '/sante': () => import('./Health.svelte'),
    '/plateformes': () => import('./Platforms.svelte'),
    '/annuaire': () => import('./Directory.svelte'),
    '/journal': () => import('./Log.svelte'),
    '/courriels': () => import('../admin/Letters.svelte'),
    '/comptes': () => import('../admin/Accounts.svelte'),
  },
};

/** A platform for those who administer it. */
export const admin = {
  '/administration/:slug': {
    layout: () => import('./Layout.svelte'),
    '/': () => import('./Rules.svelte'),
    '/textes': () => import('./Notes.svelte'),
    '/apparence': () => import('./Branding.svelte'),
    '/formations': () => import('./Formations.svelte'),
    '/etablissements': () => import('./Hosts.svelte'),
    '/comptes': () => import('./Accounts.svelte'),
    '/courriels': () => import('./Letters.svelte'),
  },
};

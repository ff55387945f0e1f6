/** What anyone may read. */
export const open = {
  '/': () => import('./Home.svelte'),
  '/connexion': () => import('./SignIn.svelte'),
  '*notfound': () => import('./NotFound.svelte'),
};

/** What anyone may read. */
export const open = {
  '/': () => import('./Home.svelte'),
  '/connexion': () => import('./SignIn.svelte'),
  '/inscription': () => import('./SignUp.svelte'),
  '/mot-de-passe-oublie': () => import('./ForgottenPassword.svelte'),
  '/demande-acces': () => import('./RequestAccess.svelte'),
  '/mentions-legales': () => import('./Legal.svelte'),
  '/accessibilite': () => import('./Accessibility.svelte'),
  '/p/:slug': () => import('./PlatformHome.svelte'),
  '*notfound': () => import('./NotFound.svelte'),
};

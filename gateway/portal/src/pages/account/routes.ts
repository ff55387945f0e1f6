/** One’s own account. */
export const account = {
  '/espaces': () => import('./Spaces.svelte'),
  '/compte': () => import('./Account.svelte'),
};

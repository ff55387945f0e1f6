/** Every part of the kit in every state, for those who draw pages; a demonstration shows it, a service in use does not. */
export const style = { '/style': () => import('./Style.svelte') };

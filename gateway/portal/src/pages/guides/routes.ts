import { guides as of } from '../../lib/paths';

/** The guides that anyone may read. */
export const guides = {
  [of.origin]: () => import('./Origin.svelte'),
  [of.host]: () => import('./Host.svelte'),
};

/** A school of origin: it books for its pupils and returns their conventions. */
export const origin = {
  '/ecole/:uai': {
    layout: () => import('./Layout.svelte'),
    '/': () => import('./Home.svelte'),
    '/reserver': () => import('./book/Book.svelte'),
    '/reservations': () => import('./Bookings.svelte'),
    '/reservations/passees': () => import('./PastBookings.svelte'),
    '/reservations/:id': () => import('./Placement.svelte'),
    '/deposer': () => import('./Deposit.svelte'),
    '/piles/:id': () => import('./Scan.svelte'),
    '/calendrier': () => import('./Calendar.svelte'),
    '/profil': () => import('./Profile.svelte'),
  },
};

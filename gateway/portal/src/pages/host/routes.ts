/** A host on a platform: it offers slots, receives pupils, judges conventions. */
export const host = {
  '/hote/:slug/:uai': {
    layout: () => import('./Layout.svelte'),
    '/tableau-de-bord': () => import('./Dashboard.svelte'),
    '/calendrier': () => import('./slots/Calendar.svelte'),
    '/creneaux/nouveau': () => import('./slots/NewSlot.svelte'),
    '/creneaux/:id': () => import('./slots/SlotPage.svelte'),
    '/stages': () => import('./Placements.svelte'),
    '/stages/:id': () => import('./Placement.svelte'),
    '/jour': () => import('./DayList.svelte'),
    '/deposer': () => import('./Deposit.svelte'),
    '/piles/:id': () => import('./Scan.svelte'),
    '/conventions': () => import('./conventions/Conventions.svelte'),
    '/appreciations': () => import('./Appreciations.svelte'),
    '/statistiques': () => import('./Statistics.svelte'),
    '/contacts': () => import('./Contacts.svelte'),
    '/recherche': () => import('./Search.svelte'),
    '/options/notifications': () => import('./options/Notifications.svelte'),
    '/options/signature': () => import('./options/Signature.svelte'),
    '/options/enseignants': () => import('./options/Teachers.svelte'),
  },
};

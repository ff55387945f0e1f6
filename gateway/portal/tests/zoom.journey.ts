import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const school = (page: string): string => `/ecole/${people.college.uai}${page}`;
const host = (page: string): string => `/hote/${slug}/${people.lycee.uai}/${page}`;
const admin = (page: string): string => `/administration/${slug}${page}`;
const pages = {
  college: ['', '/reserver', '/reservations', '/reservations/passees', '/deposer', '/calendrier', '/calendrier?vue=mois', '/profil'].map(school),
  lycee: [
    ...['tableau-de-bord', 'calendrier', 'creneaux/nouveau', 'stages', 'jour', 'deposer', 'conventions', 'appreciations', 'statistiques', 'contacts', 'options/notifications', 'options/signature', 'options/enseignants'].map(host),
    ...['', '/textes', '/apparence', '/formations', '/etablissements', '/comptes', '/courriels'].map(admin),
  ],
  auditor: [`/audit/${slug}`, `/audit/${slug}?q=martin`, `/audit/${slug}/journal`, '/exploitation', '/exploitation/journal'],
} as const;

for (const [size, scheme, title] of [['zoomed', 'light', 'zoom 200 %'], ['desk', 'dark', 'the dark scheme'], ['phone', 'dark', 'the dark scheme on a phone']] as const) {
  it(`every signed-in page is accessible: ${title}`, async () => {
    for (const who of ['college', 'lycee', 'auditor'] as const) {
      const page = await stage.signedIn(who, size, scheme);
      for (const path of pages[who]) {
        await page.goto(path);
        await accessible(page);
      }
      await page.context().close();
    }
  }, 120_000);
}

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

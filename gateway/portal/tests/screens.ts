import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { drawConvention, drawPapers } from './documents';
import { drawn } from './picture';
import { booked, scannedIntoOne, seen, type Sheet } from './pile';
import { people, slug, Stage } from './stage';

const out = '../../docs/screens';
const school = (page: string): string => `/ecole/${people.college.uai}${page}`;
const host = (page: string): string => `/hote/${slug}/${people.lycee.uai}/${page}`;
const admin = (page: string): string => `/administration/${slug}${page}`;

/** A day on which the demonstration has slots, and its month. */
const busy = ((): string => {
  const monday = new Date();
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7) + 14);
  return monday.toISOString().slice(0, 10);
})();

/** Names of pictures, and the pages they show. */
const shown = {
  nobody: { accueil: '/', plateforme: `/p/${slug}`, connexion: '/connexion', inscription: '/inscription', 'mot-de-passe': '/mot-de-passe-oublie', 'demande-acces': '/demande-acces', accessibilite: '/accessibilite', 'mentions-legales': '/mentions-legales', introuvable: '/nulle-part', 'guide-origine': '/guides/origine', 'guide-accueil': '/guides/accueil', style: '/style' },
  college: { 'ecole-accueil': school(''), 'ecole-reserver': school('/reserver'), 'ecole-reservations': school('/reservations'), 'ecole-deposer': school('/deposer'), 'ecole-calendrier': school('/calendrier'), 'ecole-reservations-passees': school('/reservations/passees'), 'ecole-profil': school('/profil'), compte: '/compte' },
  lycee: {
    'hote-tableau-de-bord': host('tableau-de-bord'), 'hote-calendrier': host(`calendrier?vue=mois&mois=${busy.slice(0, 7)}`), 'hote-creneau': host('creneaux/nouveau'), 'hote-stages': host('stages'), 'hote-jour': host(`jour?date=${busy}`),
    'hote-conventions': host('conventions'), 'hote-statistiques': host('statistiques'), 'hote-contacts': host('contacts'), 'hote-signature': host('options/signature'), 'hote-notifications': host('options/notifications'), 'hote-enseignants': host('options/enseignants'),
    'hote-deposer': host('deposer'), 'hote-appreciations': host('appreciations'), 'hote-recherche': host('recherche?q=martin'), espaces: '/espaces',
    'admin-regles': admin(''), 'admin-textes': admin('/textes'), 'admin-apparence': admin('/apparence'), 'admin-formations': admin('/formations'), 'admin-etablissements': admin('/etablissements'), 'admin-comptes': admin('/comptes'), 'admin-courriels': admin('/courriels'),
  },
  auditor: { 'audit-recherche': `/audit/${slug}`, 'audit-journal': `/audit/${slug}/journal`, 'exploitation-modeles': '/exploitation', 'exploitation-journal': '/exploitation/journal', 'exploitation-sante': '/exploitation/sante', 'exploitation-annuaire': '/exploitation/annuaire', 'exploitation-plateformes': '/exploitation/plateformes' },
} as const;

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); mkdirSync(out, { recursive: true }); });
afterAll(async () => { await stage.stop(); });

/** The most of a page that a picture shows, in pixels. */
const most = 1800;

/** What the page shows, down to its end. */
async function keep(page: Page, name: string): Promise<void> {
  await page.evaluate(() => { for (const picture of document.querySelectorAll('img')) picture.loading = 'eager'; });
  await page.waitForLoadState('networkidle');
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const width = page.viewportSize()?.width ?? 0;
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: Math.min(Math.max(height, before?.height ?? 0), most) });
  // A PDF is drawn by a process of its own, which says nothing when it is done.
  if ((await page.locator('iframe, object, embed').count()) > 0) await page.waitForTimeout(1_500);
  await page.evaluate(() => scrollTo(0, 0));
  const picture = await page.screenshot();
  if (before) await page.setViewportSize(before);
  writeFileSync(`${out}/${name}.webp`, await drawn(page, picture, { kind: 'image/webp', quality: 0.7 }));
}

/** Pages that one reaches by doing something on another. */
const reached: Partial<Record<keyof typeof people, (page: Page, keepAs: (name: string) => Promise<void>) => Promise<void>>> = {
  college: async (page, keepAs) => {
    await page.goto(school('/reserver'));
    await page.getByText('Élève de mon établissement', { exact: true }).click();
    await page.getByRole('button', { name: /^Continuer/ }).click();
    await page.getByRole('button', { name: /^Choisir : / }).first().click();
    await keepAs('ecole-reserver-creneau');
    await page.getByRole('link', { name: /^Continuer/ }).or(page.getByRole('button', { name: /^Continuer/ })).first().click();
    await page.getByLabel('Nom', { exact: true }).waitFor();
    await keepAs('ecole-reserver-identite');
    await page.goto(school('/reservations'));
    await page.getByRole('link', { name: /^MARTIN\sLéa/ }).click();
    await page.getByRole('heading', { name: /^MARTIN\sLéa/ }).waitFor();
    await keepAs('ecole-fiche');
  },
  lycee: async (page, keepAs) => {
    await page.goto(host('stages'));
    await page.getByRole('link', { name: /^MARTIN\sLéa/ }).first().click();
    await page.getByRole('heading', { name: /^MARTIN\sLéa/ }).waitFor();
    await keepAs('hote-fiche');
    await page.goto(host(`calendrier?vue=liste&mois=${busy.slice(0, 7)}`));
    await page.locator('main a[href*="/creneaux/"]:not([href$="nouveau"])').first().click();
    await page.waitForURL(/\/creneaux\/slot/);
    await keepAs('hote-creneau-fiche');
  },
  auditor: async (page, keepAs) => {
    await page.goto(`/audit/${slug}?q=martin`);
    await page.getByRole('link', { name: /^C-/ }).first().click();
    await page.getByText('Validée', { exact: true }).waitFor();
    await keepAs('audit-convention');
  },
};

it('draws every page at 1280 and at 360 pixels', async () => {
  for (const size of ['desk', 'phone'] as const) {
    for (const [who, pages] of Object.entries(shown)) {
      const page = who === 'nobody' ? await stage.visitor(size) : await stage.signedIn(who as keyof typeof people, size);
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path);
        await page.locator('h1').first().waitFor();
        await keep(page, `${name}-${size === 'desk' ? 1280 : 360}`);
      }
      await reached[who as keyof typeof people]?.(page, (name) => keep(page, `${name}-${size === 'desk' ? 1280 : 360}`));
      await page.context().close();
    }
  }
  expect(stage.faults).toEqual([]);
});

it('draws the documents, and the page where a guardian signs', async () => {
  await drawPapers(stage, out);
  await drawConvention(stage, out, keep);
  expect(stage.faults).toEqual([]);
}, 180_000);

it('draws a stack of scans while a person sorts what is left of it', async () => {
  const college = await stage.signedIn('college');
  const ids = await booked(await stage.signedIn('lycee'), college, ['BERNARD', 'DUBOIS', 'PETIT', 'ROUX']);
  const sheets: Sheet[] = [];
  for (const id of ids) for (const picture of await seen(college, id)) sheets.push({ picture, covered: false });
  const last = sheets.pop();
  sheets.push({ covered: false }, ...(last ? [{ ...last, covered: true }] : []));
  const pile = await scannedIntoOne(await stage.visitor(), sheets, 'Pile du lundi.pdf');

  await college.goto(school('/deposer'));
  await college.getByLabel('Choisir un fichier').setInputFiles(pile);
  await college.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
  await college.getByText(`${sheets.length} pages lues, ${ids.length - 1} conventions déposées, 2 pages à classer.`).waitFor({ timeout: 60_000 });
  await keep(college, 'ecole-pile-1280');
  const phone = await stage.signedIn('college', 'phone');
  await phone.goto(new URL(college.url()).pathname);
  await phone.getByRole('heading', { name: 'À classer' }).waitFor();
  await keep(phone, 'ecole-pile-360');
  expect(stage.faults).toEqual([]);
}, 180_000);

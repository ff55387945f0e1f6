import type { Locator, Page } from 'playwright-core';
import type { Album } from './album';
import { people, slug, type Stage } from './stage';

const host = (page: string): string => `/hote/${slug}/${people.lycee.uai}/${page}`;
const admin = (page: string): string => `/administration/${slug}${page}`;
/** What stands below the banners. */
const main = (page: Page): Locator => page.locator('main > div').last();

/** What a host sees, from its first settings to its statistics. */
export async function drawHost(stage: Stage, album: Album): Promise<void> {
  const page = await stage.signedIn('lycee', 'guide');
  await settings(page, album);
  await slots(page, album);
  await conventions(page, album);
  await theDay(page, album);
  await page.context().close();
}

async function settings(page: Page, album: Album): Promise<void> {
  await page.goto(host('tableau-de-bord'));
  await page.getByRole('table').waitFor();
  await album.keep(page, 'accueil-tableau-de-bord', [page.locator('header').first(), page.locator('main')], { ring: page.getByRole('link', { name: 'Saisir l’adresse' }), most: 640 });
  await page.goto(host('options/notifications'));
  await page.getByLabel('Adresse qui reçoit les notifications').fill('ddfpt@ac-exemple.fr');
  await album.keep(page, 'accueil-notifications', [main(page)]);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('link', { name: 'Saisir l’adresse' }).waitFor({ state: 'detached' });
  const image = await page.screenshot({ clip: { x: 20, y: 14, width: 300, height: 60 } });
  await page.goto(host('options/signature'));
  await page.getByLabel('Image : signature', { exact: true }).setInputFiles({ name: 'Signature.png', mimeType: 'image/png', buffer: image });
  await page.getByRole('img', { name: 'Aperçu : signature' }).waitFor();
  await album.keep(page, 'accueil-signature', [main(page)], { most: 620 });
  await page.goto(admin('/textes'));
  await page.getByRole('heading', { name: 'Aperçu' }).waitFor();
  await album.keep(page, 'accueil-textes', [main(page)], { most: 620 });
  await page.goto(admin('/formations'));
  await page.getByRole('table').waitFor();
  await album.keep(page, 'accueil-formations', [main(page)], { most: 460 });
}

async function slots(page: Page, album: Album): Promise<void> {
  await page.goto(host('creneaux/nouveau'));
  await page.getByLabel('Formation').selectOption({ label: 'CAP Ébéniste' });
  await page.getByLabel('Jour').fill('2027-02-03');
  await page.getByLabel('Heure de début').fill('13:30');
  await page.getByLabel('Heure de fin').fill('16:30');
  await page.getByLabel('Nombre de places').fill('4');
  await page.getByLabel('Salle').fill('Atelier bois');
  await page.getByLabel('Enseignant qui accueille').fill('Mme Garnier');
  await page.getByLabel('Répéter les semaines suivantes').fill('2');
  await album.keep(page, 'accueil-creneau', [main(page)], { ring: page.getByLabel('Répéter les semaines suivantes'), most: 1_000 });
  const month = await page.evaluate(() => { const date = new Date(); date.setDate(date.getDate() + 14); return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`; });
  await page.goto(host(`calendrier?vue=mois&mois=${month}`));
  await page.getByRole('table').waitFor();
  await album.keep(page, 'accueil-calendrier', [main(page)], { most: 720 });
  await page.goto(host(`calendrier?mois=${month}`));
  await page.getByRole('link', { name: 'Ouvrir' }).first().click();
  await page.getByRole('heading', { name: 'Dupliquer' }).waitFor();
  await album.keep(page, 'accueil-dupliquer', [main(page)], { ring: page.getByRole('button', { name: 'Dupliquer' }), most: 760 });
  await page.getByRole('button', { name: 'Retirer le créneau' }).click();
  await page.getByLabel('Motif').fill('Atelier indisponible');
  await album.keep(page, 'accueil-retirer', [page.getByRole('dialog')]);
  await page.keyboard.press('Escape');
}

async function conventions(page: Page, album: Album): Promise<void> {
  await page.goto(host('conventions'));
  await page.getByRole('link', { name: /GUYEN-DUPONT Tom/ }).click();
  const validate = page.getByRole('button', { name: 'Valider la conformité', exact: true });
  await validate.waitFor();
  await page.locator('iframe').contentFrame().locator('body').waitFor();
  await page.waitForLoadState('networkidle');
  await album.keep(page, 'accueil-conventions', [main(page)], { ring: validate, most: 900 });
  await page.getByRole('button', { name: 'Invalider la conformité' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Document illisible' }).click();
  await album.keep(page, 'accueil-invalider', [page.getByRole('dialog')]);
  await page.keyboard.press('Escape');
  await page.goto(host('conventions?q=berthier'));
  const regenerate = page.getByRole('button', { name: 'Régénérer la convention' });
  await regenerate.waitFor();
  await album.keep(page, 'accueil-regenerer', [page.getByText('Non conforme', { exact: true }).last(), regenerate, page.getByText('Touches ↑ et ↓')], { ring: regenerate });
  await page.goto(host('deposer'));
  await page.getByLabel('Élève').waitFor();
  await album.keep(page, 'accueil-depot', [main(page)], { most: 640 });
}

async function theDay(page: Page, album: Album): Promise<void> {
  await page.goto(host('stages'));
  await page.getByRole('table').waitFor();
  await album.keep(page, 'accueil-stages', [page.locator('header').first(), page.locator('main')], { ring: page.getByRole('searchbox', { name: 'Rechercher un NOM Prénom' }), most: 560 });
  await page.goto(host('jour'));
  const past = await page.evaluate(() => { const date = new Date(); do date.setDate(date.getDate() - 1); while ([0, 3, 6].includes(date.getDay())); return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`; });
  await page.goto(host(`jour?date=${past}`));
  const absent = page.getByRole('button', { name: 'Absent : HADDOU Sara' });
  await absent.waitFor();
  await album.keep(page, 'accueil-jour', [main(page)], { most: 620 });
  await page.goto(host('appreciations'));
  await page.getByRole('row').filter({ hasText: 'LAMBERT Noah' }).waitFor();
  await album.keep(page, 'accueil-appreciations', [main(page)], { most: 620 });
  await page.goto(host('statistiques'));
  await page.getByRole('table', { name: 'Statistiques' }).waitFor();
  await album.keep(page, 'accueil-statistiques', [main(page)], { most: 720 });
}

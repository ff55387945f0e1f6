import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloaded, wordsOf } from './papers';
import { accessible, lastSchoolDay, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const host = (page: string): string => `/hote/${slug}/${people.lycee.uai}/${page}`;
const school = (page: string): string => `/ecole/${people.college.uai}/${page}`;

it('S3 3.10, S2 2.8: attendance in two clicks; an absence is mailed; an error is put right by « Annuler »', async () => {
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(host('appreciations'));
  await accessible(lycee);
  const absent = lycee.getByRole('button', { name: 'Absent : HADDOU Sara' });
  await absent.click();
  await lycee.getByText('HADDOU Sara : absent(e), l’établissement d’origine est prévenu.').waitFor();
  await expect.poll(() => absent.getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => stage.mailbox()).toContain('HADDOU');
  await lycee.getByRole('button', { name: 'Présent : HADDOU Sara' }).click();
  await lycee.getByText('HADDOU Sara : présent(e).').waitFor();
  await accessible(lycee);
  await lycee.getByRole('button', { name: 'Annuler' }).click();
  await expect.poll(() => absent.getAttribute('aria-pressed')).toBe('true');
});

it('S3 3.10: an appreciation given by the host is read by the school of origin', async () => {
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(host('appreciations'));
  const row = lycee.getByRole('row').filter({ hasText: 'LAMBERT Noah' });
  expect(await row.getByLabel('Appréciation').inputValue()).toContain('tiroir à queue d’aronde');
  await row.getByLabel('Appréciation').fill('Sérieux, curieux et soigneux.');
  await row.getByRole('button', { name: 'Enregistrer l’appréciation' }).click();
  await lycee.getByText('Appréciation enregistrée').waitFor();
  const college = await stage.signedIn('college');
  await college.goto(school('reservations/passees'));
  const past = college.getByRole('row').filter({ hasText: 'LAMBERT Noah' });
  await past.getByText('Présent(e)').waitFor();
  await past.getByText('Sérieux, curieux et soigneux.').waitFor();
  expect(await past.getByRole('button', { name: /^Désinscrire/ }).count()).toBe(0);
  await accessible(college);
  await college.getByRole('link', { name: 'LAMBERT Noah', exact: true }).click();
  await college.getByText('Sérieux, curieux et soigneux.', { exact: true }).waitFor();
  await accessible(college);
});

it('S2 2.8: the list of a day is read on paper: boxes to tick, no button', async () => {
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(host('jour'));
  const past = await lycee.evaluate(() => { const date = new Date(); do date.setDate(date.getDate() - 1); while ([0, 3, 6].includes(date.getDay())); return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`; });
  await lycee.goto(host(`jour?date=${past}`));
  await lycee.getByText('PERRIN Jade').waitFor();
  await accessible(lycee);
  await lycee.emulateMedia({ media: 'print' });
  await expect.poll(() => lycee.getByRole('button', { name: 'Présent : PERRIN Jade' }).count()).toBe(0);
  await lycee.getByRole('row').filter({ hasText: 'PERRIN Jade' }).getByText('☐ Présent').waitFor();
  await lycee.getByRole('row').filter({ hasText: 'LAMBERT Noah' }).getByText('☒ Présent').waitFor();
});

it('S2 2.8: statistics are drawn, told in a table, and exported for a spreadsheet', async () => {
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(host('statistiques'));
  await lycee.getByRole('table', { name: 'Statistiques' }).getByRole('rowheader', { name: 'CAP Ébéniste' }).waitFor();
  await accessible(lycee);
  const saved = lycee.waitForEvent('download');
  await lycee.getByRole('link', { name: 'Exporter (CSV)' }).click();
  const text = readFileSync(await (await saved).path(), 'utf8');
  expect(text.startsWith('\uFEFFNom;Prénom;')).toBe(true);
  expect(text).toContain('LAMBERT;Noah;');
  await lycee.getByRole('link', { name: 'Par établissement d’origine' }).click();
  await lycee.getByRole('rowheader', { name: 'Collège Jean Moulin' }).waitFor();
  await accessible(lycee);
});

it('S3 3.2: a signature and a stamp are seen before they are kept; what is no picture is refused', async () => {
  const page = await stage.signedIn('lycee');
  const png = await page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 80 } });
  await page.goto(host('options/signature'));
  await page.getByLabel('Image : signature', { exact: true }).setInputFiles({ name: 'signature.png', mimeType: 'image/png', buffer: Buffer.from('rien') });
  await page.getByText('Cette image ne peut pas être affichée.').waitFor();
  await page.getByRole('button', { name: 'Enregistrer' }).first().click();
  await expect.poll(() => page.getByLabel('Image : signature', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  for (const kind of ['signature', 'cachet']) {
    await page.getByLabel(`Image : ${kind}`, { exact: true }).setInputFiles({ name: `${kind}.png`, mimeType: 'image/png', buffer: png });
    await page.getByRole('img', { name: `Aperçu : ${kind}` }).waitFor();
    await accessible(page);
    await page.getByRole('button', { name: 'Enregistrer' }).nth(kind === 'signature' ? 0 : 1).click();
    await page.getByRole('button', { name: `Retirer l’image : ${kind === 'signature' ? 'Signature' : 'Cachet'}` }).waitFor();
  }
});

it('S2 2.4: a freed seat is proposed to the first who waits, then to the next; one accepts, one declines', async () => {
  const college = await stage.signedIn('college');
  const moulin = await stage.signedIn('moulin');
  const free = async (name: string): Promise<void> => {
    await moulin.goto(`/ecole/${people.moulin.uai}/reservations`);
    await moulin.getByRole('button', { name: `Désinscrire ${name}` }).click();
    await moulin.getByRole('dialog').getByRole('button', { name: 'Désinscrire' }).click();
    await moulin.getByText(`${name} est désinscrit(e).`).waitFor();
  };
  await college.goto(school('reservations?q=roche'));
  await college.getByText(/Liste d’attente/).first().waitFor();
  await free('CARPENTIER Élio');
  await college.getByText('Place proposée').waitFor();
  await college.goto(school(''));
  await college.getByRole('link', { name: /places proposées, à accepter/ }).click();
  await college.getByText('Seules les réservations dans l’état « Place proposée » sont montrées.').waitFor();
  expect(await college.getByRole('link', { name: 'MARTIN Léa', exact: true }).count()).toBe(0);
  await accessible(college);
  await college.getByRole('link', { name: 'Tout voir' }).click();
  await college.getByRole('link', { name: 'MARTIN Léa', exact: true }).waitFor();
  await college.goto(school('reservations?q=roche'));
  await accessible(college);
  await college.getByRole('button', { name: 'Accepter la place' }).click();
  await college.getByText('Place acceptée pour ROCHE Nina.').waitFor();
  await college.getByRole('link', { name: 'Conv. de ROCHE Nina, PDF' }).waitFor();
  await free('SOW Mila');
  await college.goto(school('reservations?q=amrani'));
  await college.getByRole('button', { name: 'Refuser' }).click();
  await college.getByText('Place refusée pour AMRANI Ilyès.').waitFor();
  await college.getByText('Place non prise').waitFor();
  await accessible(college);
});

it('S3 3.4: several files at once: one recognised, one to be sorted, one that is no scan', async () => {
  const college = await stage.signedIn('college');
  await college.goto(school('reservations?q=unique'));
  const known = await downloaded(college, 'Conv. de TÉMOIN-UNIQUE Zoé, PDF');
  const scan = await college.pdf();
  await college.goto(school('deposer'));
  await college.getByLabel('Choisir un fichier').setInputFiles([
    { name: 'zoe.pdf', mimeType: 'application/pdf', buffer: known }, { name: 'scan.pdf', mimeType: 'application/pdf', buffer: scan }, { name: 'note.pdf', mimeType: 'application/pdf', buffer: Buffer.from('bonjour') },
  ]);
  await college.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
  const line = (name: string) => college.getByRole('table', { name: 'Résultat du dépôt' }).getByRole('row').filter({ hasText: name });
  await line('zoe.pdf').getByText('TÉMOIN-UNIQUE Zoé').waitFor();
  await line('scan.pdf').getByRole('link', { name: 'Suivre le tri' }).waitFor();
  await line('note.pdf').getByText(/PDF/).last().waitFor();
  await accessible(college);
  expect(await line('zoe.pdf').getByText('Déposé').count()).toBe(1);
});

it('S3 3.4, 3.7, 3.8: the host deposits what came on paper, invalidates, regenerates; a validated one goes back', async () => {
  const lycee = await stage.signedIn('lycee');
  const scan = await lycee.pdf();
  await lycee.goto(host('deposer'));
  await accessible(lycee);
  const option = await lycee.getByLabel('Élève').locator('option', { hasText: 'ROCHE Nina' }).getAttribute('value');
  await lycee.getByLabel('Élève').selectOption(option ?? '');
  await lycee.getByLabel('Choisir un fichier').setInputFiles({ name: 'papier.pdf', mimeType: 'application/pdf', buffer: scan });
  await lycee.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
  await lycee.getByRole('heading', { level: 1, name: 'ROCHE Nina' }).waitFor();
  await lycee.getByText(/Convention déposée pour ROCHE Nina\. L’établissement d’origine est prévenu\./).waitFor();

  const invalidate = async (): Promise<void> => {
    await lycee.getByRole('button', { name: 'Invalider la conformité' }).click();
    await lycee.getByRole('dialog').getByRole('button', { name: 'Document illisible' }).click();
    await accessible(lycee);
    await lycee.getByRole('dialog').getByRole('button', { name: 'Invalider la conformité' }).click();
    await lycee.getByText(/Conformité invalidée/).waitFor();
  };
  await lycee.goto(host('conventions?q=roche'));
  await invalidate();
  await lycee.getByRole('button', { name: 'Régénérer la convention' }).click();
  await lycee.getByText('Convention régénérée : ROCHE Nina.').waitFor();
  await lycee.goto(host('conventions?onglet=NOT_RETURNED&q=roche'));
  await lycee.getByRole('heading', { level: 2, name: 'ROCHE Nina' }).waitFor();
  await accessible(lycee);

  await lycee.goto(host('conventions?onglet=VALIDATED&q=martin'));
  await lycee.getByRole('heading', { level: 2, name: 'MARTIN Léa' }).waitFor();
  await invalidate();
  await lycee.goto(host('conventions?onglet=NOT_RETURNED&q=martin'));
  await lycee.getByText('À rendre à nouveau').first().waitFor();
  await accessible(lycee);
});

it('the papers of a day: sheet and list for the host, the certificate of who came for both sides', async () => {
  const lycee = await stage.signedIn('lycee');
  await lycee.goto(host('stages?quand=passes&q=lambert'));
  await lycee.getByRole('link', { name: 'LAMBERT Noah' }).click();
  await pdf(lycee, 'Attestation de présence', 'LAMBERT Noah');
  await accessible(lycee);

  await lycee.goto(host(`calendrier?mois=${lastSchoolDay().slice(0, 7)}`));
  await lycee.getByRole('link', { name: 'Ouvrir' }).first().click();
  await pdf(lycee, 'Feuille d’émargement', 'Feuille d’émargement');
  await accessible(lycee);
  await lycee.getByRole('main').getByRole('link', { name: 'Liste du jour' }).click();
  await lycee.getByRole('heading', { name: 'Liste du jour' }).waitFor();
  await pdf(lycee, 'Liste en PDF', 'Remarque');

  const college = await stage.signedIn('college');
  await college.goto(school('reservations/passees'));
  await college.getByRole('link', { name: 'LAMBERT Noah', exact: true }).click();
  await pdf(college, 'Attestation de présence', 'LAMBERT Noah');
  await accessible(college);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

/** What a link of a page downloads is a PDF in which `printed` is read. */
async function pdf(page: Page, link: string, printed: string): Promise<void> {
  expect(wordsOf(await downloaded(page, link))).toContain(printed);
}

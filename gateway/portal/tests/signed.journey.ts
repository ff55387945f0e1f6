import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, people, slug, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

const pupil = 'TÉMOIN-UNIQUE Zoé';
const desk = mkdtempSync(join(tmpdir(), 'escale-signed-'));
/** pyHanko, which `cargo xtask packages` installs beside what cargo builds. */
const hanko = (program: string): string => join(dirname(process.env['ESCALE_BIN'] ?? ''), '..', 'pyhanko', 'bin', program);
const run = (program: string, words: string[]): void => { execFileSync(program, words, { cwd: desk, stdio: 'pipe' }); };

/** The PDF as the head of the collège signs it in a reader. */
function signed(pdf: Buffer): Buffer {
  writeFileSync(join(desk, 'plain.pdf'), pdf);
  run('openssl', ['req', '-x509', '-utf8', '-nodes', '-days', '3650', '-newkey', 'rsa:2048', '-subj', '/CN=Élodie Fournier/O=Collège de la Colline', '-keyout', 'key.pem', '-out', 'certificate.pem']);
  run(hanko('pyhanko'), ['sign', 'addsig', '--field', '1/40,40,240,90/Signature', '--use-pades', 'pemder', '--key', 'key.pem', '--cert', 'certificate.pem', '--no-pass', 'plain.pdf', 'signed.pdf']);
  return readFileSync(join(desk, 'signed.pdf'));
}

const blank = `
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
with open('signed.pdf', 'rb') as file:
    writer = IncrementalPdfFileWriter(file)
    page = writer.root['/Pages']['/Kids'][0].get_object()
    page['/Contents'] = writer.add_object(generic.StreamObject(stream_data=b'BT ET'))
    writer.update_container(page)
    with open('blank.pdf', 'wb') as out:
        writer.write(out)
`;

/** The file just signed, with a revision in which its first page is blank. */
function altered(): Buffer {
  run(hanko('python'), ['-c', blank]);
  return readFileSync(join(desk, 'blank.pdf'));
}

async function original(page: Page): Promise<Buffer> {
  await page.goto(`/ecole/${people.college.uai}/reservations?q=unique`);
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: `Conv. de ${pupil}, PDF` }).click();
  return readFileSync(await (await saved).path());
}

async function deposit(page: Page, buffer: Buffer): Promise<void> {
  await page.goto(`/ecole/${people.college.uai}/deposer`);
  await page.getByLabel('Choisir un fichier').setInputFiles({ name: 'convention.pdf', mimeType: 'application/pdf', buffer });
  await page.getByRole('button', { name: 'Déposer la convention en PDF' }).click();
  await page.getByText('reconnue automatiquement').waitFor();
  await page.getByRole('heading', { level: 1, name: pupil }).waitFor();
}

/** What is said beside the document, once it says `sentence`. */
async function told(page: Page, sentence: string): Promise<string> {
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Signatures électroniques', exact: true }) }).last();
  await card.getByText(sentence).waitFor();
  return card.innerText();
}

/** The same on the page where the host decides. */
async function toldToTheHost(page: Page, sentence: string): Promise<string> {
  await page.goto(`/hote/${slug}/${people.lycee.uai}/conventions?q=unique`);
  await page.getByRole('heading', { level: 2, name: pupil }).waitFor();
  return told(page, sentence);
}

it('S3 3.2: a convention signed in a PDF reader: who signed it and what that is worth is said beside it', async () => {
  const college = await stage.signedIn('college');
  const plain = await original(college);
  await deposit(college, plain);
  await told(college, 'Non signé électroniquement');

  await deposit(college, signed(plain));
  const school = await told(college, 'Signature intacte');
  for (const words of ['Élodie Fournier', 'Collège de la Colline', 'Certificat non reconnu', 'Signé le ', 'l’original de la convention et le montre toujours']) expect(school).toContain(words);
  await accessible(college);

  const lycee = await stage.signedIn('lycee');
  const host = await toldToTheHost(lycee, 'Signature intacte');
  expect(host).toContain('Élodie Fournier');
  await accessible(lycee);
  const phone = await stage.signedIn('lycee', 'phone');
  await toldToTheHost(phone, 'Signature intacte');
  await accessible(phone);
});

it('S3 3.2: a page changed after it was signed is told to whoever decides', async () => {
  const college = await stage.signedIn('college');
  await deposit(college, altered());
  await told(college, 'Modifié après signature');
  const lycee = await stage.signedIn('lycee');
  const host = await toldToTheHost(lycee, 'Modifié après signature');
  expect(host).toContain('Ce n’est plus notre document');
  await accessible(lycee);
});

it('nothing went wrong in any browser', () => {
  expect(stage.faults).toEqual([]);
});

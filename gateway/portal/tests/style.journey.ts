import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessible, Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

for (const [size, scheme] of [['desk', 'light'], ['phone', 'light'], ['desk', 'dark'], ['phone', 'dark']] as const) {
  it(`the kit: every component in every state is accessible, on a ${size} in ${scheme} colours`, async () => {
    const page = await stage.visitor(size, scheme);
    await page.goto('/style');
    for (const last of ['Dialog, Confirm', 'Form', 'Labelled', 'Split', 'Ticks', 'Text', 'Illustration']) await page.getByRole('heading', { level: 3, name: last, exact: true }).waitFor();
    await accessible(page);
    await page.getByRole('button', { name: 'Ouvrir un dialogue', exact: true }).click();
    await page.getByRole('dialog', { name: 'Un dialogue' }).getByText('Échap le ferme').waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Demander une confirmation' }).click();
    const sure = page.getByRole('dialog', { name: 'Désinscrire l’élève ?' });
    await sure.getByRole('button', { name: 'Désinscrire' }).click();
    await sure.getByText('Cet élève est déjà désinscrit.').waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Réussite à annuler' }).click();
    await page.getByRole('button', { name: 'Annuler', exact: true }).waitFor();
    await accessible(page);
    await page.getByLabel('Montrer ce qui vient encore').check();
    await expect.poll(() => page.getByText('Chargement…').count()).toBe(2);
    await page.context().close();
  });
}

it('nothing went wrong in any browser', () => { expect(stage.faults).toEqual([]); });

import { afterAll, beforeAll, expect, it } from 'vitest';
import { Stage } from './stage';

let stage: Stage;
beforeAll(async () => { stage = await Stage.start(); });
afterAll(async () => { await stage.stop(); });

it('GraphiQL answers a query in the demonstration, and asks nothing of anybody else', async () => {
  const page = await stage.visitor();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/graphql');
  // Its button does nothing until both editors, which come as files of their own, are there.
  for (const editor of ['.graphiql-query-editor', '.result-window']) await page.locator(`${editor} .CodeMirror`).waitFor();
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window').getByText('bassin-de-la-colline').waitFor();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.locator('.graphiql-doc-explorer').getByText('query', { exact: false }).first().waitFor();

  const outside = asked.filter((url) => !url.startsWith(stage.url) && !url.startsWith('data:'));
  expect(asked.length).toBeGreaterThan(3);
  expect(outside).toEqual([]);
  expect(stage.faults).toEqual([]);
});

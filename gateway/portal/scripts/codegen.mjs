// Typed documents from src/operations, and the list of operations that the server lets through in production.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildSchema, parse, printSourceLocation } from 'graphql';

const schemaFile = '../../schema/schema.graphql';
const operations = 'src/operations';
const out = 'src/gql/';

const schemaText = readFileSync(schemaFile, 'utf8');
const schema = buildSchema(schemaText);
const documents = readdirSync(operations, { recursive: true })
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((name) => join(operations, name))
  .map((location) => ({ location, rawSDL: readFileSync(location, 'utf8') }))
  .map((source) => ({ ...source, document: parse(source.rawSDL) }));

const scalars = {
  Date: 'string', DateTime: 'string', LocalDateTime: 'string', Time: 'string',
  Position: 'string', UUID: 'string', Upload: 'File',
};

/**
 * Documents go to the server by their name: of each, the browser needs its kind, its hash and its variables only, in a
 * file of its own, so that a page begins with its own and no other. Answers the types, with those files behind them.
 */
function named(text) {
  mkdirSync(`${out}documents`, { recursive: true });
  const fragments = /^export const \w+FragmentDoc = .*$/gm;
  return text
    .replace(/^export const (\w+)Document = (\{.*\}) as unknown as (.*);$/gm, (_, name, json, type) => {
      const { __meta__: meta, definitions } = JSON.parse(json);
      const it = definitions.find((one) => one.kind === 'OperationDefinition');
      const variables = (it.variableDefinitions ?? []).map((one) => one.variable.name.value);
      const types = `import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';\nimport type { ${type.match(/\w+(?=[,>])/g).join(', ')} } from '../graphql';`;
      const value = `/* @__PURE__ */ named('${it.operation}', '${it.name.value}', '${meta.hash}', ${JSON.stringify(variables)})`;
      writeFileSync(`${out}documents/${name}.ts`, `${types}\nimport { named } from '../../lib/named';\n\nexport const ${name}Document = ${value} as unknown as ${type};\n`);
      return `export { ${name}Document } from './documents/${name}';`;
    })
    .replace(fragments, '')
    .replace(/^import type \{ TypedDocumentNode as DocumentNode \}.*$/m, '');
}

try {
  const files = await preset.buildGeneratesSection({
    baseOutputDir: out,
    schema: parse(schemaText),
    schemaAst: schema,
    documents,
    config: { scalars, useTypeImports: true, enumsAsTypes: true, strictScalars: true },
    presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
    plugins: [],
    pluginMap: {},
  });
  const written = await Promise.all(
    files.map(async (file) => ({ path: file.filename, text: await codegen(file) })),
  );
  // The types and the documents; the barrels beside them would put every operation in the first page.
  const typed = written.find((file) => file.path.endsWith('/graphql.ts'));
  if (!typed) throw new Error('no documents were made');
  mkdirSync(out, { recursive: true });
  writeFileSync(typed.path, named(typed.text));
  const listed = written.find((file) => file.path.endsWith('persisted-documents.json'));
  if (!listed) throw new Error('no list of operations was made');
  writeFileSync('persisted-documents.json', listed.text);
  console.log(`${Object.keys(JSON.parse(listed.text)).length} operations typed`);
} catch (fault) {
  for (const one of fault.errors ?? [fault]) {
    console.error(one.message, ...(one.locations ? one.nodes.map((node) => printSourceLocation(node.loc.source, one.locations[0])) : []));
  }
  process.exit(1);
}

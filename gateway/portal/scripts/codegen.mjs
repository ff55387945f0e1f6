// Typed documents from src/operations, and the list of operations that the server lets through in production.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  for (const { path, text } of written) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
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

import type { DocumentNode, OperationTypeNode } from 'graphql';

/** A document of which this browser knows the name only; the server has its text (see `scripts/codegen.mjs`). */
export function named(operation: string, name: string, hash: string, variables: readonly string[]): DocumentNode {
  const nameOf = (value: string) => ({ kind: 'Name', value });
  const definition = {
    kind: 'OperationDefinition',
    operation: operation as OperationTypeNode,
    name: nameOf(name),
    variableDefinitions: variables.map((variable) => ({
      kind: 'VariableDefinition',
      variable: { kind: 'Variable', name: nameOf(variable) },
      type: { kind: 'NamedType', name: nameOf('Any') },
    })),
    selectionSet: { kind: 'SelectionSet', selections: [{ kind: 'Field', name: nameOf('__typename') }] },
  };
  return { kind: 'Document', definitions: [definition], __meta__: { hash } } as unknown as DocumentNode;
}

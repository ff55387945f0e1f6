import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import type { DocumentNode } from 'graphql';
import { client } from './client';
import { faultOf, type Fault } from './fault';
import { seen } from './seen';
import { session } from './session.svelte';

/** What a page reads: the last answer stays while the next one comes. */
export class Reading<Data> {
  data = $state.raw<Data>();
  fault = $state<Fault>();
  loading = $state(true);
  private round = $state(0);

  /** Asks again, past the cache. */
  again(): void {
    this.round += 1;
  }

  /** Reads `round`, so that an effect depends on it. */
  get asked(): number {
    return this.round;
  }
}

function takesPosition(document: DocumentNode): boolean {
  return document.definitions.some(
    (it) => it.kind === 'OperationDefinition' && it.variableDefinitions?.some((one) => one.variable.name.value === 'minPosition'),
  );
}

/**
 * Reads as long as the component lives, again whenever `variables` changes; nothing while it is null.
 * To be called while a component is being set up.
 */
export function read<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Omit<NonNullable<Variables>, 'minPosition'> | null,
): Reading<Data> {
  const reading = new Reading<Data>();
  const positioned = takesPosition(document as DocumentNode);
  $effect(() => {
    const asked = variables();
    const again = reading.asked > 0;
    session.account;
    if (asked === null) {
      reading.loading = false;
      return;
    }
    reading.loading = true;
    const all = (positioned ? { ...asked, minPosition: seen() } : asked) as Variables;
    const requestPolicy = again ? 'network-only' : 'cache-and-network';
    const { unsubscribe } = client.query(document, all, { requestPolicy }).subscribe((result) => {
      // An answer with an error lacks fields that the types promise.
      if (result.data && !result.error) reading.data = result.data;
      reading.fault = result.error ? faultOf(result.error) : undefined;
      if (reading.fault === 'session') session.end();
      if (!result.stale) reading.loading = false;
    });
    return unsubscribe;
  });
  return reading;
}

/** Reads once. */
export async function readOnce<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<{ data?: Data | undefined; fault?: Fault | undefined }> {
  const result = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise();
  const fault = result.error ? faultOf(result.error) : undefined;
  if (fault === 'session') session.end();
  return { data: fault ? undefined : result.data, fault };
}

import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { client } from './client';
import { faultOf, sentenceOf } from './fault';
import { note } from './seen';
import { session } from './session.svelte';

/** A command's refusal: a sentence in French, and the field it is about. */
export interface Refusal {
  message: string;
  field?: string | null | undefined;
  code?: string | undefined;
}

export type Given<Done> = { done: Done; refusal?: undefined } | { done?: undefined; refusal: Refusal };

type Payload = { __typename?: string };
type DoneOf<Data> = Exclude<NonNullable<Data[keyof Data]>, { __typename?: 'Refused' } | string>;

const tries = 3;

/** Names a request, so that sending it again does not do it twice. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Gives a command, whose mutation has one field. Documents select `__typename`, `... on Refused { code message field }`
 * and what is wanted of the success. Lost answers are asked for again under the same `commandId`.
 */
export async function give<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Given<DoneOf<Data>>> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await client.mutation(document, variables).toPromise();
    if (result.data) return answer<Data>(result.data);
    const fault = result.error ? faultOf(result.error) : 'failed';
    if (fault === 'session') session.end();
    if (fault !== 'offline' || attempt === tries) return { refusal: { message: sentenceOf(fault) } };
    await new Promise((done) => setTimeout(done, 400 * attempt));
  }
}

function answer<Data>(data: Data): Given<DoneOf<Data>> {
  const [payload] = Object.values(data as Record<string, Payload & Partial<Refusal> & { position?: string }>).filter((it) => typeof it === 'object');
  if (!payload) return { refusal: { message: sentenceOf('failed') } };
  if (payload.__typename === 'Refused') {
    return { refusal: { message: payload.message ?? '', field: payload.field, code: payload.code } };
  }
  note(payload.position);
  return { done: payload as DoneOf<Data> };
}

import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { note } from './seen';
import { session } from './session.svelte';
import { sentenceOf } from './fault';
import type { Given } from './give';

type Payload = { __typename?: string; position?: string | null; message?: string; field?: string | null; code?: string };
type DoneOf<Data> = Exclude<NonNullable<Data[keyof Data]>, { __typename?: 'Refused' } | string>;

/** Every file in `value`, with where it stands (`variables.input.files.0`). */
function filesIn(value: unknown, path: string): [string, File][] {
  if (value instanceof File) return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => filesIn(one, `${path}.${key}`));
}

/**
 * Gives a command that carries files, telling how much was sent (0 to 1). The form is that of the GraphQL multipart
 * request specification.
 */
export function upload<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  progress: (part: number) => void,
): Promise<Given<DoneOf<Data>>> {
  const sha256Hash = (document as { __meta__?: { hash?: string } }).__meta__?.hash;
  const files = filesIn(variables, 'variables');
  const blank = JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash } } }, (_, value: unknown) =>
    value instanceof File ? null : value,
  );
  const form = new FormData();
  form.append('operations', blank);
  form.append('map', JSON.stringify(Object.fromEntries(files.map(([path], index) => [index, [path]]))));
  files.forEach(([, file], index) => form.append(String(index), file, file.name));
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/graphql');
    request.setRequestHeader('Accept', 'application/graphql-response+json');
    request.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
    request.onerror = () => done({ refusal: { message: sentenceOf('offline') } });
    request.onload = () => done(answered<DoneOf<Data>>(request));
    request.send(form);
  });
}

function answered<Done>(request: XMLHttpRequest): Given<Done> {
  if (request.status === 413) return { refusal: { message: 'Le fichier est trop volumineux.', field: 'file' } };
  let body: { data?: Record<string, Payload> | null; errors?: { extensions?: { code?: string } }[] };
  try {
    body = JSON.parse(request.responseText);
  } catch {
    return { refusal: { message: sentenceOf('failed') } };
  }
  const payload = body.data ? Object.values(body.data)[0] : undefined;
  if (!payload) {
    const ended = body.errors?.some((one) => one.extensions?.code === 'UNAUTHENTICATED') ?? false;
    if (ended) session.end();
    return { refusal: { message: sentenceOf(ended ? 'session' : 'failed') } };
  }
  if (payload.__typename === 'Refused') {
    return { refusal: { message: payload.message ?? '', field: payload.field, code: payload.code } };
  }
  note(payload.position);
  return { done: payload as Done };
}

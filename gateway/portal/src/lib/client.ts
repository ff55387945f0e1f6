import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import type { Client as Socket } from 'graphql-ws';
import { link } from './link.svelte';

/** The name under which the server lists a document (see scripts/codegen.mjs). */
function hashOf(document: unknown): string | undefined {
  return (document as { __meta__?: { hash?: string } }).__meta__?.hash;
}

let socket: Promise<Socket> | undefined;

/** Opened by the first subscription; the library is not part of the first page. */
function openSocket(): Promise<Socket> {
  socket ??= import('graphql-ws').then(({ createClient }) =>
    createClient({
      url: location.origin.replace(/^http/, 'ws') + '/graphql/ws',
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: (tries) => new Promise((done) => setTimeout(done, Math.min(500 * 2 ** tries, 15_000))),
      on: { connected: () => link.up(), closed: () => link.down(), error: () => link.down() },
    }),
  );
  return socket;
}

/** Asks the API. Documents go by their listed name, never as text. */
export const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  exchanges: [
    cacheExchange,
    persistedExchange({
      preferGetForPersistedQueries: false,
      enforcePersistedQueries: true,
      enableForMutation: true,
      enableForSubscriptions: true,
      generateHash: (_, document) => Promise.resolve(hashOf(document) ?? ''),
    }),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: (request) => ({
        subscribe: (sink) => {
          let stop = () => {};
          let over = false;
          void openSocket().then((open) => {
            if (over) return;
            const { query, variables, extensions } = request;
            stop = open.subscribe({ query: query ?? '', variables, extensions } as never, sink as never);
          });
          return { unsubscribe: () => { over = true; stop(); } };
        },
      }),
    }),
  ],
});

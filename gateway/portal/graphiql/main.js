// GraphiQL, which the demonstration shows at /graphql. All of it comes from our own origin.
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import './page.css';

const socket = new URL('/graphql/ws', location.href);
socket.protocol = socket.protocol.replace('http', 'ws');

const fetcher = createGraphiQLFetcher({ url: '/graphql', wsClient: createClient({ url: socket.href, lazy: true }) });
const defaultQuery = `# GraphiQL sur l’API d’Escale. Ctrl + Entrée envoie la requête.
# Pour agir, commencez par la mutation signIn, avec un compte de la première page.

query {
  platforms {
    slug
    name
  }
}
`;

const target = document.getElementById('graphiql');
if (target) createRoot(target).render(createElement(GraphiQL, { fetcher, defaultQuery }));

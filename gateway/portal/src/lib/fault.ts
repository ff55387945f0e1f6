import type { CombinedError } from '@urql/core';

/** Why there is no answer, for whoever must tell it. */
export type Fault = 'session' | 'forbidden' | 'absent' | 'offline' | 'failed';

export function faultOf(error: CombinedError): Fault {
  if (error.networkError) return 'offline';
  const codes = error.graphQLErrors.map((one) => one.extensions['code']);
  if (codes.includes('UNAUTHENTICATED')) return 'session';
  if (codes.includes('FORBIDDEN')) return 'forbidden';
  if (codes.includes('NOT_FOUND')) return 'absent';
  return 'failed';
}

const sentences: Record<Fault, string> = {
  session: 'Votre session est terminée : connectez-vous à nouveau, rien de ce que vous avez saisi n’est perdu.',
  forbidden: 'Votre compte ne donne pas accès à cette page. Demandez l’accès à un gestionnaire de l’établissement.',
  absent: 'Cette page n’existe pas, ou ne vous concerne pas.',
  offline: 'Le service ne répond pas. Vérifiez votre connexion ; rien de ce que vous avez saisi n’est perdu.',
  failed: 'Le service n’a pas pu répondre. Réessayez dans un instant ; rien de ce que vous avez saisi n’est perdu.',
};

export function sentenceOf(fault: Fault): string {
  return sentences[fault];
}

import type { ConventionAtQuery, ConventionTab } from '../../gql/graphql';
import { standingWords } from '../../lib/words';

type Then = ConventionAtQuery['conventionAt'];

const tabs: Record<ConventionTab, string> = {
  NOT_RETURNED: 'Conventions non retournées',
  AWAITING_VALIDATION: 'En attente de validation',
  VALIDATED: 'Conventions validées',
};

const parts: readonly [string, (then: Then) => string][] = [
  ['État', (then) => (then.state ? standingWords[then.state] : 'pas encore établie')],
  ['Onglet', (then) => (then.tab ? tabs[then.tab] : 'aucun')],
  ['Conformité', (then) => (then.nonConforming ? `non conforme : ${then.reason ?? ''}` : 'aucune réserve')],
  ['Dépôts', (then) => String(then.deposits)],
  ['Document', (then) => then.document ?? 'aucun'],
  ['Relance', (then) => (then.reminded ? 'envoyée' : 'aucune')],
];

/** What a convention was at one moment; what differs from another moment is marked, and says what it was. */
export function factsOf(then: Then | undefined, other: Then | undefined): { label: string; value: string; changed: boolean }[] {
  if (!then) return [];
  return parts.map(([label, words]) => {
    const now = words(then);
    const before = other ? words(other) : now;
    return { label, value: now === before ? now : `${now} (à l’autre date : ${before})`, changed: now !== before };
  });
}

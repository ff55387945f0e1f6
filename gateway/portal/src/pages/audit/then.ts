import type { ConventionAtQuery, ConventionTab } from '../../gql/graphql';
import { standingWords } from '../../lib/words';
import { signatoryWords, signerWords, signingWords } from '../signing/words';

type Then = ConventionAtQuery['conventionAt'];

const tabs: Record<ConventionTab, string> = {
  NOT_RETURNED: 'Conventions non retournées',
  AWAITING_VALIDATION: 'En attente de validation',
  VALIDATED: 'Conventions validées',
};

/** Where the signing stood, and each signatory: « Signatures demandées : Responsable légal, a signé ; … ». */
function signing({ signing: it }: Then): string {
  if (!it) return 'pas demandée';
  const signers = it.signers.map((one) => `${signatoryWords[one.role]} : ${signerWords[one.standing].label.toLowerCase()}`);
  return `${signingWords[it.state].label} (${signers.join(' ; ')})`;
}

const parts: readonly [string, (then: Then) => string][] = [
  ['État', (then) => (then.state ? standingWords[then.state] : 'pas encore établie')],
  ['Onglet', (then) => (then.tab ? tabs[then.tab] : 'aucun')],
  ['Conformité', (then) => (then.nonConforming ? `non conforme : ${then.reason ?? ''}` : 'aucune réserve')],
  ['Dépôts', (then) => String(then.deposits)],
  ['Document', (then) => then.document ?? 'aucun'],
  ['Signature en ligne', signing],
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

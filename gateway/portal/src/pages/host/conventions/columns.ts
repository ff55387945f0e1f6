import type { ConventionTab } from '../../../gql/graphql';
import type { Column } from '../../../ui/table';

export const tabNames: Record<ConventionTab, string> = {
  NOT_RETURNED: 'Conventions non retournées',
  AWAITING_VALIDATION: 'Conventions en attente de validation',
  VALIDATED: 'Conventions validées',
};

export const empties: Record<ConventionTab, { title: string; text: string }> = {
  NOT_RETURNED: { title: 'Aucune convention à attendre.', text: 'Les conventions établies apparaissent ici jusqu’à ce que l’établissement d’origine les dépose.' },
  AWAITING_VALIDATION: { title: 'Tout est traité.', text: 'Les conventions déposées apparaissent ici, à valider ou à invalider.' },
  VALIDATED: { title: 'Aucune convention validée pour le moment.', text: 'Elles apparaissent ici dès que leur conformité est validée.' },
};

export const columns: readonly Column[] = [
  { key: 'NAME', label: 'Stagiaire', sortable: true },
  { key: 'ORIGIN', label: 'Établissement d’origine', sortable: true },
  { key: 'DATE', label: 'Date du stage', sortable: true },
  { key: 'CHANGED_AT', label: 'État', sortable: true },
];

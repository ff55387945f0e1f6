import type { BookingQuery, Signatory, SignatureIntegrity, SignerStanding, SigningStanding } from '../../gql/graphql';

/** What a booking tells of its convention. */
export type Convention = NonNullable<BookingQuery['booking']['convention']>;

/** Who signs it. */
export type Signer = NonNullable<Convention['signing']>['signers'][number];

type Tone = 'ok' | 'waiting' | 'refused' | 'plain';

/** In whose name one signs, in the order of the convention. */
export const signatoryWords: Record<Signatory, string> = {
  ORIGIN: 'Établissement d’origine',
  GUARDIAN: 'Responsable légal',
  PUPIL: 'Élève',
  HOST: 'Établissement d’accueil',
};

export const signerWords: Record<SignerStanding, { label: string; tone: Tone }> = {
  AWAITED: { label: 'Signature attendue', tone: 'waiting' },
  STORED: { label: 'Signature enregistrée', tone: 'ok' },
  SIGNED: { label: 'A signé', tone: 'ok' },
  DECLINED: { label: 'A refusé de signer', tone: 'refused' },
};

export const signingWords: Record<SigningStanding, { label: string; tone: Tone }> = {
  OPEN: { label: 'Signatures demandées', tone: 'waiting' },
  COMPLETED: { label: 'Signée par tous', tone: 'ok' },
  DECLINED: { label: 'Signature refusée', tone: 'refused' },
  CLOSED: { label: 'Signatures sans objet', tone: 'plain' },
};

/** What a signature in a file is worth. */
export const integrityWords: Record<SignatureIntegrity, { label: string; tone: Tone; meaning: string }> = {
  INTACT: { label: 'Signature intacte', tone: 'ok', meaning: 'Le document est tel qu’il a été signé.' },
  ALTERED: { label: 'Modifié après signature', tone: 'refused', meaning: 'Le document a changé depuis cette signature : elle ne vaut plus pour ce qu’il montre.' },
  INVALID: { label: 'Signature invalide', tone: 'refused', meaning: 'Cette signature n’a pas pu être vérifiée : elle ne prouve rien.' },
};

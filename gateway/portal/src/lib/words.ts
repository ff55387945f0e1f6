import type { BookingStatus, ConventionStanding, FormationLevel, MemberRole } from '../gql/graphql';

/** The words of the field for what the API names in English. */
type Tone = 'ok' | 'waiting' | 'refused' | 'info' | 'plain';

export const bookingWords: Record<BookingStatus, { label: string; tone: Tone }> = {
  BOOKED: { label: 'En attente', tone: 'waiting' },
  PROMOTED: { label: 'Place proposée', tone: 'info' },
  WAITING: { label: 'Liste d’attente', tone: 'plain' },
  CONFIRMED: { label: 'Confirmée', tone: 'ok' },
  CANCELLED: { label: 'Annulée', tone: 'plain' },
  EXPIRED: { label: 'Expirée', tone: 'refused' },
  LAPSED: { label: 'Place non prise', tone: 'plain' },
  WITHDRAWN: { label: 'Créneau retiré', tone: 'refused' },
};

export const standingWords: Record<ConventionStanding, string> = {
  GENERATED: 'Non retournée',
  DEPOSITED: 'En attente de validation',
  VALIDATED: 'Validée',
  REOPENED: 'À rendre à nouveau',
  LAPSED: 'Caduque',
};

export const levelWords: Record<FormationLevel, string> = {
  CAP: 'CAP',
  BAC_PRO: 'BAC PRO',
  BAC_TECHNO: 'BAC TECHNO',
  BAC_GENERAL: 'BAC GÉNÉRAL',
  BTS: 'BTS',
  OTHER: 'Autre',
};

export const roleWords: Record<MemberRole, string> = { MANAGER: 'Gestionnaire', TEACHER: 'Enseignant' };

/** Bookings that hold a seat or a place in line. */
export const current: BookingStatus[] = ['BOOKED', 'PROMOTED', 'WAITING', 'CONFIRMED'];

/** « BAC PRO Technicien en chaudronnerie » */
export function formationName(formation: { level: FormationLevel; label: string } | null | undefined): string {
  if (!formation) return 'Formation retirée';
  return formation.level === 'OTHER' ? formation.label : `${levelWords[formation.level]} ${formation.label}`;
}

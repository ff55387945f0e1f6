import type { BookingRowFragment, SlotsQuery } from '../../gql/graphql';

/** A slot as the API gives it. */
export const slot: SlotsQuery['slots']['items'][number] = {
  id: 'a', date: '2027-01-13', start: '09:15:00', end: '12:00:00', seats: 4, free: 3, held: 0, waiting: 0, status: 'OPEN', room: null, teacher: null, closesAt: null, hostUai: '9990001X',
  host: { uai: '9990001X', name: 'Lycée des métiers Jean Vilar', city: 'Valfleury', latitude: 47.22, longitude: -1.55, departement: '44' },
  formation: { id: 'f', label: 'Technicien en chaudronnerie industrielle', level: 'BAC_PRO' },
};

/** A convention that was made and not returned. */
export const convention: NonNullable<BookingRowFragment['convention']> = { id: 'c', reference: 'C-2027-0001', state: 'GENERATED', tab: 'NOT_RETURNED', nonConforming: false, reason: null, deposit: null };

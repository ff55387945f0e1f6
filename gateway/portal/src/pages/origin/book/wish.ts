import type { PupilKind } from '../../../gql/graphql';

/** What is known of a booking before it is made. */
export interface Wish {
  kind: PupilKind | '';
  slot: { id: string; date: string; start: string; end: string; formation: string; host: string; full: boolean } | null;
  many: boolean;
  lastName: string;
  firstName: string;
  birthDate: string;
  class: string;
  guardianName: string;
  guardianEmail: string;
  guardianPhone: string;
  /** The pasted list of pupils. */
  list: string;
}

export const blank = (): Wish => ({
  kind: '', slot: null, many: false, lastName: '', firstName: '', birthDate: '', class: '', guardianName: '', guardianEmail: '', guardianPhone: '', list: '',
});

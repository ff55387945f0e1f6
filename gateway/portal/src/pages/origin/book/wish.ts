import type { PupilKind } from '../../../gql/graphql';
import type { Typed } from '../pupil';

/** What is known of a booking before it is made. */
export interface Wish extends Typed {
  kind: PupilKind | '';
  slot: { id: string; date: string; start: string; end: string; formation: string; host: string; full: boolean } | null;
  many: boolean;
  /** The pasted list of pupils. */
  list: string;
}

export const blank = (): Wish => ({
  kind: '', slot: null, many: false, lastName: '', firstName: '', birthDate: '', class: '', guardianName: '', guardianEmail: '', guardianPhone: '', list: '',
});

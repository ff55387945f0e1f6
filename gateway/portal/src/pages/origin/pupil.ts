import type { BookingQuery, PupilInput } from '../../gql/graphql';
import type { Refusal } from '../../lib/give';

/** Who a pupil is, as one types it. */
export interface Typed {
  lastName: string;
  firstName: string;
  birthDate: string;
  class: string;
  guardianName: string;
  guardianEmail: string;
  guardianPhone: string;
}

export const fields: readonly (keyof Typed)[] = ['lastName', 'firstName', 'birthDate', 'class', 'guardianName', 'guardianEmail', 'guardianPhone'];

const optional = (value: string): string | null => value.trim() || null;

/** What was typed, as the API takes it. */
export const pupilOf = (typed: Typed): PupilInput => ({
  lastName: typed.lastName, firstName: typed.firstName, birthDate: optional(typed.birthDate), class: optional(typed.class),
  guardianName: optional(typed.guardianName), guardianEmail: optional(typed.guardianEmail), guardianPhone: optional(typed.guardianPhone),
});

/** What one would have typed for this pupil; the day as the form asks for it, « 12/03/2012 ». */
export const typedOf = ({ guardian, ...pupil }: NonNullable<BookingQuery['booking']>['pupil']): Typed => ({
  lastName: pupil.lastName ?? '', firstName: pupil.firstName ?? '', birthDate: pupil.birthDate?.split('-').reverse().join('/') ?? '', class: pupil.class ?? '',
  guardianName: guardian?.name ?? '', guardianEmail: guardian?.email ?? '', guardianPhone: guardian?.phone ?? '',
});

/** The refusal beside the field of the form that it is about: the API says `pupil.lastName`. */
export const beside = (refusal: Refusal): Refusal => ({ ...refusal, field: fields.find((one) => refusal.field?.endsWith(one)) ?? refusal.field });

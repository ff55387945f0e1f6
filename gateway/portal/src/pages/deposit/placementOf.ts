import { ConventionBookingDocument } from '../../gql/graphql';
import { readOnce } from '../../lib/read.svelte';
import { seen } from '../../lib/seen';

/** The booking that a convention is for. */
export async function placementOf(convention: string): Promise<string | undefined> {
  const { data } = await readOnce(ConventionBookingDocument, { id: convention, minPosition: seen() ?? null });
  return data?.convention.booking?.id;
}

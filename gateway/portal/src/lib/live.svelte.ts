import { ChangesDocument, type ChangesSubscriptionVariables } from '../gql/graphql';
import { client } from './client';
import { link } from './link.svelte';
import { note } from './seen';

const pollEvery = 5_000;
const gather = 150;

/**
 * Calls `again` when something changed in `scope`, as long as the component lives; asks every few seconds when the
 * line is down. Nothing while `scope` is null.
 */
export function live(scope: () => ChangesSubscriptionVariables | null, again: () => void): void {
  $effect(() => {
    const wanted = scope();
    if (!wanted) return;
    let due: ReturnType<typeof setTimeout> | undefined;
    const { unsubscribe } = client.subscription(ChangesDocument, wanted).subscribe((result) => {
      if (!result.data) return;
      note(result.data.changes.position);
      clearTimeout(due);
      due = setTimeout(again, gather);
    });
    return () => {
      clearTimeout(due);
      unsubscribe();
    };
  });
  $effect(() => {
    if (link.live || !scope()) return;
    const timer = setInterval(() => { if (document.visibilityState === 'visible') again(); }, pollEvery);
    return () => clearInterval(timer);
  });
}

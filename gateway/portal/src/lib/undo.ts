import type { Refusal } from './give';
import { messages } from './messages.svelte';

/**
 * Tells what was done, with « Annuler » for some seconds: `back` gives the command that does the reverse, and what came
 * of it is told in its turn. For commands whose reverse exists and of which nobody was sent a letter.
 */
export function tellUndoable(told: string, back: () => Promise<{ refusal?: Refusal | undefined }>, after: () => void): void {
  messages.tell(told, 'ok', () => {
    void back().then(({ refusal }) => {
      messages.tell(refusal?.message ?? 'Annulé : tout est comme avant.', refusal ? 'refused' : 'info');
      after();
    });
  });
}

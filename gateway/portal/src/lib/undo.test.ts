import { expect, it, vi } from 'vitest';
import { messages } from './messages.svelte';
import { tellUndoable } from './undo';

const texts = (): [string, string][] => messages.list.map(({ text, tone }) => [text, tone]);

it('tells what « Annuler » did, and reads again', async () => {
  const after = vi.fn();
  tellUndoable('Rôle confié.', () => Promise.resolve({}), after);
  messages.list.at(-1)?.undo?.();
  await vi.waitFor(() => expect(after).toHaveBeenCalledOnce());
  expect(texts()).toEqual([['Rôle confié.', 'ok'], ['Annulé : tout est comme avant.', 'info']]);
});

it('tells why the reverse was refused', async () => {
  tellUndoable('Rôle retiré.', () => Promise.resolve({ refusal: { message: 'Ce rôle est déjà confié.' } }), () => {});
  messages.list.at(-1)?.undo?.();
  await vi.waitFor(() => expect(texts().at(-1)).toEqual(['Ce rôle est déjà confié.', 'refused']));
});

import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import Choice from './Choice.svelte';

it('says beside the answers, in French, that one is to be chosen, until one is', async () => {
  render(Choice, { legend: 'Civilité', name: 'civility', options: [{ value: 'MADAME', label: 'Madame' }, { value: 'MONSIEUR', label: 'Monsieur' }] });
  const group = screen.getByRole('radiogroup', { name: 'Civilité' });
  const [first] = screen.getAllByRole('radio');
  if (!first) throw new Error('no answer to choose');
  expect(await fireEvent(first, new Event('invalid', { cancelable: true })), 'the browser’s own bubble stays away').toBe(false);
  expect(screen.getByText('« Civilité » : une réponse est à choisir.').id).toBe(group.getAttribute('aria-describedby'));
  expect(group.getAttribute('aria-invalid')).toBe('true');
  await fireEvent.click(first);
  expect(screen.queryByText(/une réponse est à choisir/)).toBeNull();
  expect(group.getAttribute('aria-invalid')).toBeNull();
});

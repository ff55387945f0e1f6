import { actor } from '../../lib/actor';

type Entry = Parameters<typeof actor>[0] & { position: string; at: string; sentence: string; source?: string | null; way?: string | null; event: string };

const cell = (text: string): string => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;

/** Saves a history as a table that a French Excel opens. */
export function exported(reference: string, entries: readonly Entry[]): void {
  const head = ['position', 'instant', 'événement', 'en toutes lettres', 'qui', 'par quelle voie', 'd’où'];
  const rows = entries.map((one) => [one.position, one.at, one.event, one.sentence, actor(one), one.way ?? '', one.source ?? '']);
  const text = `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = `Historique ${reference}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

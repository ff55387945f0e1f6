import { searchParams } from 'sv-router';
import { navigate, route } from '../router';
import { withQuery } from './paths';

/** What the address of the page says: filters, tab, chosen row. It survives reload, back, and can be sent to somebody. */
export function asked(key: string): string {
  return searchParams.get(key)?.toString() ?? '';
}

export function askedNumber(key: string): number {
  const value = Number(asked(key));
  return Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;
}

function query(): Record<string, string> {
  return Object.fromEntries([...searchParams.entries()].map(([key, value]) => [key, String(value)]));
}

/** This page’s address with some of its query changed. */
export function here(changes: Record<string, string | number | boolean | undefined | null>): string {
  return withQuery(route.pathname, { ...query(), ...changes });
}

/** Goes there without a new entry in the history, keeping the place on the page. */
export function refine(changes: Record<string, string | number | boolean | undefined | null>): void {
  void navigate(here(changes), { replace: true, scrollToTop: false });
}

/** Goes to the last page of a list that has grown shorter than where one stands in it (`debut`). */
export function keepWithin(page: () => { total: number; offset: number; limit: number } | undefined): void {
  $effect(() => {
    const it = page();
    if (!it || it.offset === 0 || it.offset < it.total) return;
    refine({ debut: Math.floor(Math.max(0, it.total - 1) / it.limit) * it.limit || '' });
  });
}

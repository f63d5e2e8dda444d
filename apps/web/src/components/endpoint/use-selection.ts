import type { Address } from '@rollcall/client';
import type { Endpoint } from '@rollcall/contracts';
import { useEffect, useRef, useState } from 'react';

/** What an action needs to know of an endpoint. */
export type Chosen = Pick<Endpoint, 'id' | 'tags' | 'paused'>;

export interface Selection {
  /** Ids that are ticked; when everything that matches is chosen, those on the page. */
  readonly ids: ReadonlySet<string>;
  /** Every endpoint that the filter matches, on whatever page. */
  readonly all: boolean;
  readonly chosen: readonly Chosen[];
  /** The list of everything that the filter matches. */
  readonly path: Address<'/endpoints'>;
  /** `range`: from the one that was ticked last up to this one. */
  toggle(endpoint: Chosen, range: boolean): void;
  togglePage(): void;
  chooseAll(): void;
  clear(): void;
}

/** Ticks stay while the rows refresh and while pages are turned; another filter begins anew. */
export function useSelection(page: readonly Chosen[], path: Address<'/endpoints'>): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [all, setAll] = useState(false);
  const last = useRef<string | null>(null);
  const clear = () => {
    setChosen(new Map());
    setAll(false);
    last.current = null;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is what clears it
  useEffect(clear, [path]);

  const toggle = (endpoint: Chosen, range: boolean) => {
    const next = new Map(all ? page.map((row) => [row.id, row]) : chosen);
    const ticked = !next.has(endpoint.id);
    const [from, to] = [page.findIndex(({ id }) => id === last.current), page.findIndex(({ id }) => id === endpoint.id)];
    const rows = range && from >= 0 ? page.slice(Math.min(from, to), Math.max(from, to) + 1) : [endpoint];
    for (const row of rows) {
      if (ticked) next.set(row.id, row);
      else next.delete(row.id);
    }
    last.current = endpoint.id;
    setAll(false);
    setChosen(next);
  };
  const ids = new Set(all ? page.map(({ id }) => id) : chosen.keys());
  const togglePage = () => {
    const whole = page.every(({ id }) => ids.has(id));
    if (all) return clear();
    const next = new Map(chosen);
    for (const row of page) {
      if (whole) next.delete(row.id);
      else next.set(row.id, row);
    }
    setChosen(next);
  };
  return { ids, all, chosen: [...chosen.values()], path, toggle, togglePage, chooseAll: () => setAll(true), clear };
}

'use client';
import { useEffect, useState } from 'react';
import { steadyRows } from './steady-rows.ts';
import { useIsActive } from './use-activity.ts';

interface SteadyRows<T> {
  readonly rows: readonly T[];
  /** New ones that are not shown yet. */
  readonly waiting: number;
  /** Shows them. */
  show(): void;
}

/**
 * Keeps rows under the pointer where they are: while somebody uses the page a list says what is new of its rows, but takes in no
 * others and drops none; it does as soon as the page rests. `scope` says which list it is (filter and page): another one is shown at
 * once; null: what is shown belongs to no list in particular, as while another is loading.
 */
export function useSteadyRows<T>(fresh: readonly T[], idOf: (row: T) => string, scope: string | null): SteadyRows<T> {
  const active = useIsActive();
  const [held, setHeld] = useState({ scope, rows: fresh });
  const steady = active && scope !== null && held.scope === scope;
  useEffect(() => {
    if (!steady) setHeld((before) => (before.scope === scope && before.rows === fresh ? before : { scope, rows: fresh }));
  }, [steady, scope, fresh]);
  return {
    ...(steady ? steadyRows(held.rows, fresh, idOf) : { rows: fresh, waiting: 0 }),
    show: () => setHeld({ scope, rows: fresh }),
  };
}

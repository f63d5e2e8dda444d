/**
 * Rows where they stood: each as it is now, one that is gone as it was last, and how many new ones wait to be let in. Pure.
 */
export function steadyRows<T>(
  shown: readonly T[],
  fresh: readonly T[],
  idOf: (row: T) => string,
): { readonly rows: readonly T[]; readonly waiting: number } {
  const now = new Map(fresh.map((row) => [idOf(row), row]));
  const stood = new Set(shown.map(idOf));
  return { rows: shown.map((row) => now.get(idOf(row)) ?? row), waiting: fresh.filter((row) => !stood.has(idOf(row))).length };
}

import type { Stored } from './settings.ts';

/** One entry of the file, as far as finding its counterpart takes it. */
export interface Wanted {
  readonly key: string;
  readonly name: string;
  /** What tells things of one name apart: the URL, the type, the beginning. */
  readonly mark: string;
}

export interface Matches {
  readonly byKey: ReadonlyMap<string, Stored>;
  /** Keys for which several stored things could be meant. */
  readonly ambiguous: readonly string[];
}

/**
 * Which stored thing each entry means: the one of that name. Of several, the one with the same mark, then what came from
 * this very file; what is still open is named instead of guessed.
 */
export function matchEntries(
  wanted: readonly Wanted[],
  stored: readonly Stored[],
  markOf: (stored: Stored) => string,
  source: string,
): Matches {
  const byKey = new Map<string, Stored>();
  const ambiguous: string[] = [];
  const free = new Map<string, Stored[]>();
  for (const item of stored) free.set(item.name, [...(free.get(item.name) ?? []), item]);
  const take = (entry: Wanted, found: Stored | undefined) => {
    if (found === undefined) return;
    byKey.set(entry.key, found);
    free.set(
      entry.name,
      (free.get(entry.name) ?? []).filter((item) => item !== found),
    );
  };
  const own = (items: readonly Stored[]) => items.filter((item) => item.source === source);
  for (const entry of wanted) {
    const same = (free.get(entry.name) ?? []).filter((item) => markOf(item) === entry.mark);
    take(entry, own(same)[0] ?? same[0]);
  }
  for (const entry of wanted) {
    if (byKey.has(entry.key)) continue;
    const left = free.get(entry.name) ?? [];
    const candidates = own(left).length > 0 ? own(left) : left;
    if (candidates.length > 1) ambiguous.push(entry.key);
    else take(entry, candidates[0]);
  }
  return { byKey, ambiguous };
}

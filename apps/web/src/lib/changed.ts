/** JSON with its members in order of their names: equal texts say the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The members of `wanted` that say something else than `known`. Pure. */
export function changedMembers<T extends object>(wanted: T, known: object): Partial<T> {
  const before = known as Record<string, unknown>;
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => canonical(value) !== canonical(before[name]))) as Partial<T>;
}

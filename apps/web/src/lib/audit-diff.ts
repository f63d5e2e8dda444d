/** One member of a record that differs. An absent side is null: the member was added or went. */
export interface Difference {
  /** As in JavaScript: `routes[0].kind`. */
  path: string;
  before: string | null;
  after: string | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists of plain values read better whole than item by item. */
const isPlainList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);

function leaves(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (isPlainList(value)) into.set(path, value.length === 0 ? 'none' : value.map(String).join(', '));
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) leaves(item, `${path}[${index}]`, into);
  else if (isRecord(value)) {
    for (const [name, item] of Object.entries(value)) leaves(item, path === '' ? name : `${path}.${name}`, into);
  } else if (value !== undefined) into.set(path, value === null ? 'none' : String(value));
  return into;
}

/** What an entry of the audit log changed, member by member, in the order of the record. Equal members are left out. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const [old, next] = [leaves(before ?? undefined, '', new Map()), leaves(after ?? undefined, '', new Map())];
  return [...new Set([...old.keys(), ...next.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: next.get(path) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

import type { LiveEventType } from '@rollcall/contracts';

/** That something of an organization changed. `id` null: several, or none that can be named. */
export interface Fact {
  readonly organizationId: string;
  readonly type: Exclude<LiveEventType, 'reset'>;
  readonly id: string | null;
}

/** PostgreSQL refuses a payload of 8000 bytes and more. */
export const MAX_PAYLOAD_BYTES = 7900;
/** Of one kind in one transaction; what is more is told as "several". */
const MAX_IDS = 200;

/** On the wire: organization, type, ids; no ids: several. */
type Group = [organizationId: string, type: Fact['type'], ids: string[]];

/** The facts of one transaction as few payloads as hold them, each once. Pure. */
export function packFacts(facts: Iterable<Fact>): string[] {
  const groups = new Map<string, { organizationId: string; type: Fact['type']; ids: Set<string> | null }>();
  for (const { organizationId, type, id } of facts) {
    const key = `${organizationId} ${type}`;
    const group = groups.get(key) ?? { organizationId, type, ids: new Set<string>() };
    groups.set(key, group);
    if (id === null) group.ids = null;
    else group.ids?.add(id);
    if (group.ids !== null && group.ids.size > MAX_IDS) group.ids = null;
  }
  const payloads: string[] = [];
  let open: Group[] = [];
  // Ids are ours, ASCII: characters are bytes.
  let size = 2;
  for (const { organizationId, type, ids } of groups.values()) {
    const group: Group = [organizationId, type, [...(ids ?? [])]];
    const bytes = JSON.stringify(group).length + 1;
    if (size + bytes > MAX_PAYLOAD_BYTES) {
      payloads.push(JSON.stringify(open));
      open = [];
      size = 2;
    }
    open.push(group);
    size += bytes;
  }
  if (open.length > 0) payloads.push(JSON.stringify(open));
  return payloads;
}

/** The other way round; of a payload of another version what cannot be read is left out. Pure. */
export function unpackFacts(payload: string): Fact[] {
  let groups: unknown;
  try {
    groups = JSON.parse(payload);
  } catch {
    return [];
  }
  if (!Array.isArray(groups)) return [];
  return (groups as Group[]).flatMap((group): Fact[] => {
    if (!Array.isArray(group) || typeof group[0] !== 'string' || typeof group[1] !== 'string' || !Array.isArray(group[2])) return [];
    const [organizationId, type, ids] = group;
    return ids.length === 0 ? [{ organizationId, type, id: null }] : ids.map((id) => ({ organizationId, type, id: String(id) }));
  });
}

import { gunzipSync } from 'node:zlib';
import { type Page, reportSchema, type ToolChange } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { toolsOf } from './get-tools.ts';
import { decodeProbeId, encodeProbeId } from './probe-id.ts';

/** How many kept transcripts one page looks through: they are unpacked one by one. */
const LOOK_BACK = 200;
const reportTools = reportSchema.pick({ tools: true });

interface Kept {
  slot: Date;
  region_id: number;
  report: Uint8Array;
  observation: Uint8Array;
}

function unpack(packed: Uint8Array): unknown {
  return JSON.parse(gunzipSync(packed).toString('utf8'));
}

/** What differs between two tool lists, by name; a tool whose definition is unknown on either side counts as unchanged. Pure. */
export function diffTools(
  before: readonly { name: string }[],
  after: readonly { name: string }[],
): Pick<ToolChange, 'added' | 'removed' | 'changed'> {
  const former = new Map(before.map((tool) => [tool.name, tool]));
  const latter = new Map(after.map((tool) => [tool.name, tool]));
  const isWhole = (tool: object) => Object.keys(tool).length > 1;
  return {
    added: [...latter.keys()].filter((name) => !former.has(name)),
    removed: [...former.keys()].filter((name) => !latter.has(name)),
    changed: [...latter].flatMap(([name, tool]) => {
      const old = former.get(name);
      return old && isWhole(old) && isWhole(tool) && canonical(old) !== canonical(tool) ? [name] : [];
    }),
  };
}

/** JSON with its members in order, so that a server that shuffles them changes nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/**
 * When the tool list changed and how, newest first: from the transcripts, of which every change is kept. A page looks
 * through a bounded number of them, so it may hold fewer than asked for and still have a next one.
 * @throws AppError not_found, invalid_request.
 */
export async function listToolChanges(
  db: Db,
  actor: Actor,
  endpointId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<ToolChange>> {
  requireScope(actor, 'read');
  const endpoint = await db.endpoint.findFirst({ where: { id: endpointId, organizationId: actor.organizationId }, select: { seq: true } });
  if (!endpoint) throw new AppError('not_found', 'There is no such endpoint.');
  const cursor = query.cursor === undefined ? null : decodeProbeId(query.cursor);
  if (query.cursor !== undefined && cursor?.endpointSeq !== endpoint.seq) {
    throw new AppError('invalid_request', 'The cursor is not one that this list gave.', {
      culprits: [{ pointer: 'cursor', message: 'is not a cursor of this list' }],
    });
  }
  // The cursor's own row is read again: it is what the next older one is compared with.
  const rows = await db.$queryRaw<Kept[]>`
    select x.slot, x.region_id, x.report, x.observation from probe_exchange x
    join probe p on p.endpoint_seq = x.endpoint_seq and p.slot = x.slot and p.region_id = x.region_id
    where x.endpoint_seq = ${endpoint.seq} and p.tool_count is not null
      and (x.slot, x.region_id) <= (${cursor?.slot ?? new Date(8.64e12)}, ${cursor?.regionId ?? 32_767}::smallint)
    order by x.slot desc, x.region_id desc limit ${LOOK_BACK + 1}`;
  const data: ToolChange[] = [];
  let newer: { row: Kept; hash: string; count: number } | null = null;
  let nextCursor: string | null = null;
  for (const [index, row] of rows.entries()) {
    const parsed = reportTools.safeParse(unpack(row.report));
    const tools = parsed.success ? parsed.data.tools : null;
    if (!tools) continue;
    if (newer && newer.hash !== tools.hash) {
      data.push({
        at: newer.row.slot.toISOString(),
        before: { hash: tools.hash, count: tools.count },
        after: { hash: newer.hash, count: newer.count },
        ...diffTools(toolsOf(unpack(row.observation)) ?? [], toolsOf(unpack(newer.row.observation)) ?? []),
      });
    }
    newer = { row, hash: tools.hash, count: tools.count };
    const full = data.length >= query.limit && index < rows.length - 1;
    if (full || index === LOOK_BACK) {
      nextCursor = encodeProbeId({ endpointSeq: endpoint.seq, slot: row.slot, regionId: row.region_id });
      break;
    }
  }
  return { data, nextCursor };
}

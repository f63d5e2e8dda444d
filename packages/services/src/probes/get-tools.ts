import { gunzipSync } from 'node:zlib';
import { AppError } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { z } from 'zod';
import { type Actor, requireScope } from '../access/actor.ts';
import { parseSummary } from './summary.ts';

export interface ToolsSeen {
  readonly count: number;
  readonly hash: string | null;
  readonly observedAt: string | null;
  /** Whole tool objects when their definitions were kept, else their names. */
  readonly data: { name: string; [member: string]: unknown }[];
}

const list = z
  .object({ names: z.array(z.string()), definitions: z.array(z.unknown()).nullable() })
  .nullable()
  .catch(null);
const wire = z.object({ list }).nullable().catch(null);
const observationSchema = z.object({ modern: wire, legacy: wire, sse: wire });
const toolSchema = z.object({ name: z.string() }).loose();
/** How many kept transcripts are looked through for one that has a tool list: failures have none. */
const LOOK_BACK = 20;

/** The tools an observation saw: whole definitions where they were kept, else names; null when it saw no list. Pure. */
export function toolsOf(observation: unknown): ToolsSeen['data'] | null {
  const parsed = observationSchema.safeParse(observation);
  const found = parsed.success ? (parsed.data.modern?.list ?? parsed.data.legacy?.list ?? parsed.data.sse?.list) : null;
  if (!found) return null;
  const whole = (found.definitions ?? []).flatMap((tool) => {
    const known = toolSchema.safeParse(tool);
    return known.success ? [known.data] : [];
  });
  return whole.length > 0 ? whole : found.names.map((name) => ({ name }));
}

/** The tools of the newest kept probe that listed them. @throws AppError not_found. */
export async function getTools(db: Db, actor: Actor, endpointId: string): Promise<ToolsSeen> {
  requireScope(actor, 'read');
  const endpoint = await db.endpoint.findFirst({
    where: { id: endpointId, organizationId: actor.organizationId },
    select: { seq: true, state: { select: { summary: true } } },
  });
  if (!endpoint) throw new AppError('not_found', 'There is no such endpoint.');
  const summary = parseSummary(endpoint.state?.summary);
  const rows = await db.$queryRaw<{ slot: Date; observation: Uint8Array }[]>`
    select x.slot, x.observation from probe_exchange x
    join probe p on p.endpoint_seq = x.endpoint_seq and p.slot = x.slot and p.region_id = x.region_id
    where x.endpoint_seq = ${endpoint.seq} and p.tool_count is not null order by x.slot desc limit ${LOOK_BACK}`;
  for (const row of rows) {
    const data = toolsOf(JSON.parse(gunzipSync(row.observation).toString('utf8')));
    if (data === null) continue;
    return { count: summary.toolCount ?? data.length, hash: summary.toolsHash, observedAt: row.slot.toISOString(), data };
  }
  return { count: summary.toolCount ?? 0, hash: summary.toolsHash, observedAt: null, data: [] };
}

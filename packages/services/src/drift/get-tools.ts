import type { ToolsSeen } from '@rollcall/contracts';
import { isRecord, type Snapshot } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { summaryOfEndpoint } from './find-endpoint.ts';
import { loadSnapshots } from './store-snapshots.ts';

/** Whole tool objects where they were kept, else their names. Pure. */
export function toolsOf({ tools, names }: Pick<Snapshot, 'tools' | 'names'>): ToolsSeen['data'] {
  if (tools === null) return names.map((name) => ({ name }));
  return tools.flatMap((tool) => (isRecord(tool) && typeof tool['name'] === 'string' ? [{ ...tool, name: tool['name'] }] : []));
}

/** What the endpoint offers, as settled. @throws AppError not_found. */
export async function getTools(db: Db, actor: Actor, endpointId: string): Promise<ToolsSeen> {
  requireScope(actor, 'read');
  const { drift, toolCount, toolsHash } = await summaryOfEndpoint(db, actor, endpointId);
  const nothing = { count: toolCount ?? 0, hash: toolsHash, observedAt: null, server: null, instructions: null, baseline: null, data: [] };
  if (drift === null) return nothing;
  const found = await loadSnapshots(db, actor.organizationId, [drift.settled, drift.baseline]);
  const [settled, baseline] = [found.get(drift.settled), found.get(drift.baseline)];
  if (settled === undefined) return nothing;
  const times = Object.values(drift.sights).flatMap(({ hash, at }) => (hash === drift.settled ? [at] : []));
  return {
    count: settled.count,
    hash: settled.listHash,
    observedAt: times.length === 0 ? null : new Date(Math.max(...times)).toISOString(),
    server: settled.snapshot.server,
    instructions: settled.snapshot.instructions,
    baseline: baseline === undefined ? null : { hash: baseline.listHash, count: baseline.count, same: drift.baseline === drift.settled },
    data: toolsOf(settled.snapshot),
  };
}

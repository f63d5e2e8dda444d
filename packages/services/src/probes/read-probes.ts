import { gunzipSync } from 'node:zlib';
import { type Page, type Probe, type ProbeDetail, reportSchema } from '@rollcall/contracts';
import { AppError, planOf } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { DAY_MS, dayStart } from '../rollups/retention.ts';
import { decodeProbeId, encodeProbeId } from './probe-id.ts';
import { type ProbeRow, toProbe } from './probe-row.ts';

interface Readable {
  readonly seq: number;
  readonly intervalMs: number;
  /** Before it the plan shows nothing of a single probe, though the day of the rows may still be there. */
  readonly since: Date;
}

async function readableOf(db: Db, actor: Actor, endpointId: string, now: Date): Promise<Readable> {
  requireScope(actor, 'read');
  const endpoint = await db.endpoint.findFirst({
    where: { id: endpointId, organizationId: actor.organizationId },
    select: { seq: true, intervalSeconds: true, organization: { select: { plan: true } } },
  });
  if (!endpoint) throw new AppError('not_found', 'There is no such endpoint.');
  const { probes: days } = planOf(endpoint.organization.plan).retentionDays;
  const since = new Date(dayStart(now.getTime()) - days * DAY_MS);
  return { seq: endpoint.seq, intervalMs: endpoint.intervalSeconds * 1000, since };
}

function badCursor(): never {
  throw new AppError('invalid_request', 'The cursor is not one that this list gave.', {
    culprits: [{ pointer: 'cursor', message: 'is not a cursor of this list' }],
  });
}

/**
 * Newest first; the cursor is the id of the last one shown. The key of the rows leads with the region: each is read on its own. First the
 * time in which a page should be found is read, and all there is only where that was not enough: the planner would sort whole days.
 */
export async function listProbes(
  db: Db,
  actor: Actor,
  endpointId: string,
  query: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<Page<Probe>> {
  const { seq, intervalMs, since } = await readableOf(db, actor, endpointId, now);
  const cursor = query.cursor === undefined ? null : (decodeProbeId(query.cursor) ?? badCursor());
  const before = cursor?.slot ?? new Date(8.64e15 / 1000);
  const readFrom = (from: Date) => db.$queryRaw<(ProbeRow & { region: string })[]>`
    select p.*, r.name as region from region r cross join lateral (
      select p.* from probe p where p.endpoint_seq = ${seq} and p.region_id = r.id and p.slot >= ${from}
        and p.slot < ${before}::timestamptz + case when r.id < ${cursor?.regionId ?? 0}::smallint then interval '1 millisecond' else interval '0' end
      order by p.slot desc limit ${query.limit + 1}
    ) p order by p.slot desc, p.region_id desc limit ${query.limit + 1}`;
  const near = new Date(Math.min(before.getTime(), now.getTime()) - 2 * (query.limit + 1) * intervalMs);
  const found = near > since ? await readFrom(near) : [];
  const rows = found.length > query.limit ? found : await readFrom(since);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => toProbe(endpointId, row.region, row)),
    nextCursor: rows.length > query.limit && last ? encodeProbeId({ endpointSeq: seq, slot: last.slot, regionId: last.region_id }) : null,
  };
}

/** With cause, findings, client verdicts and exchanges when its transcript was kept. @throws AppError not_found. */
export async function getProbe(db: Db, actor: Actor, endpointId: string, probeId: string, now: Date): Promise<ProbeDetail> {
  const { seq, since } = await readableOf(db, actor, endpointId, now);
  const key = decodeProbeId(probeId);
  if (!key || key.endpointSeq !== seq || key.slot < since) throw new AppError('not_found', 'There is no such probe.');
  const rows = await db.$queryRaw<(ProbeRow & { region: string; report: Uint8Array | null })[]>`
    select p.*, r.name as region, x.report from probe p join region r on r.id = p.region_id
    left join probe_exchange x on x.endpoint_seq = p.endpoint_seq and x.slot = p.slot and x.region_id = p.region_id
    where p.endpoint_seq = ${seq} and p.slot = ${key.slot} and p.region_id = ${key.regionId}::smallint`;
  const row = rows[0];
  if (!row) throw new AppError('not_found', 'There is no such probe.');
  const kept = row.report === null ? null : reportSchema.safeParse(JSON.parse(gunzipSync(row.report).toString('utf8')));
  const report = kept?.success ? kept.data : null;
  const probe = toProbe(endpointId, row.region, row);
  return {
    ...probe,
    steps: report?.steps ?? probe.steps,
    causeDetail: report?.cause ?? null,
    findings: report?.findings ?? [],
    clients: report?.clients ?? [],
    exchanges: report?.exchanges ?? null,
  };
}

import type { EndpointHours, HOUR_STATUSES } from '@rollcall/contracts';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { dayName, HOUR_MS } from '../rollups/retention.ts';
import { rolledUpToAll } from '../rollups/rollup-state.ts';

type HourStatus = (typeof HOUR_STATUSES)[number];
const HOURS = 24;
/** Codes of STORED_VERDICTS (probes/probe-row.ts). */
const [GATED, UNKNOWN] = [3, 4];

/** What is known of one hour. */
interface Hour {
  measured: boolean;
  /** Every result was "asks for sign-in". */
  gatedOnly: boolean;
}
interface Outage {
  readonly from: number;
  readonly to: number;
  readonly severity: string;
}

/** As the uptime counts it: what was not measured is no data, what was confirmed is an outage, a failure that was not is none. Pure. */
export function statusOfHour(hour: Hour | undefined, outages: readonly Outage[], from: number): HourStatus {
  if (hour === undefined || !hour.measured) return 'no_data';
  const within = outages.filter((outage) => outage.from < from + HOUR_MS && outage.to > from);
  if (within.some(({ severity }) => severity === 'down')) return 'down';
  if (within.some(({ severity }) => severity === 'degraded')) return 'degraded';
  return hour.gatedOnly ? 'gated' : 'up';
}

/**
 * The last 24 hours of up to some hundred endpoints at once, for a column of a table: whole hours from the rollups, the
 * newest from raw rows. What is not the organization's own is left out.
 */
export async function getEndpointHours(db: Db, actor: Actor, ids: readonly string[], now: Date): Promise<EndpointHours> {
  requireScope(actor, 'read');
  const first = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS;
  const endpoints = await db.endpoint.findMany({
    where: { id: { in: [...new Set(ids)] }, organizationId: actor.organizationId },
    select: { id: true, seq: true },
  });
  const seqs = endpoints.map(({ seq }) => seq);
  const [hours, incidents] = await Promise.all([
    hoursOf(db, seqs, first, now),
    db.incident.findMany({
      where: {
        endpointId: { in: endpoints.map(({ id }) => id) },
        openedAt: { lt: now },
        OR: [{ resolvedAt: null }, { resolvedAt: { gt: new Date(first) } }],
      },
      select: { endpointId: true, openedAt: true, resolvedAt: true, severity: true },
    }),
  ]);
  const outages = new Map<string, Outage[]>();
  for (const { endpointId, openedAt, resolvedAt, severity } of incidents) {
    const outage = { from: openedAt.getTime(), to: resolvedAt?.getTime() ?? now.getTime(), severity };
    outages.set(endpointId, [...(outages.get(endpointId) ?? []), outage]);
  }
  const data = endpoints.map(({ id, seq }) => ({
    id,
    hours: Array.from({ length: HOURS }, (_, n) => {
      const from = first + n * HOUR_MS;
      return statusOfHour(hours.get(`${seq}/${from}`), outages.get(id) ?? [], from);
    }),
  }));
  return { from: new Date(first).toISOString(), data };
}

async function hoursOf(db: Db, seqs: readonly number[], first: number, now: Date): Promise<Map<string, Hour>> {
  const hours = new Map<string, Hour>();
  if (seqs.length === 0) return hours;
  const rolled = await rolledUpToAll(db, seqs);
  const rawFrom = (seq: number) => Math.max(first, rolled.get(seq) ?? first);
  const see = (seq: number, at: number, verdict: number) => {
    const key = `${seq}/${at}`;
    const hour = hours.get(key) ?? { measured: false, gatedOnly: true };
    hours.set(key, hour);
    if (verdict >= UNKNOWN) return;
    hour.measured = true;
    if (verdict !== GATED) hour.gatedOnly = false;
  };
  const [blocks, raw] = await Promise.all([
    db.$queryRaw<{ seq: number; at: Date; block: Uint8Array }[]>`
      select h.endpoint_seq as seq, h.day + make_interval(hours => b.i::int - 1) as at, b.block
      from probe_hour h cross join lateral unnest(h.hours) with ordinality b(block, i)
      where h.endpoint_seq = any(${seqs}::int[]) and h.day >= ${dayName(first)}::date and b.block is not null`,
    db.$queryRaw<{ seq: number; at: Date; verdict: number }[]>`
      select w.seq, date_trunc('hour', p.slot, 'UTC') as at, p.verdict::int as verdict
      from unnest(${seqs}::int[], ${seqs.map((seq) => new Date(rawFrom(seq)))}::timestamptz[]) as w(seq, from_at)
      join probe p on p.endpoint_seq = w.seq and p.slot >= w.from_at and p.slot < ${now} group by 1, 2, 3`,
  ]);
  for (const { seq, at, block } of blocks) {
    if (at.getTime() < first || at.getTime() >= rawFrom(seq)) continue;
    for (let i = 0; i < block.length; i += 2) if ((block[i] as number) <= UNKNOWN) see(seq, at.getTime(), block[i] as number);
  }
  for (const { seq, at, verdict } of raw) see(seq, at.getTime(), verdict);
  return hours;
}

import type { EndpointHours, HOUR_STATUSES } from '@rollcall/contracts';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { hourBlocks } from '../rollups/hour-blocks.ts';
import { HOUR_MS } from '../rollups/retention.ts';

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
    hourBlocks(db, seqs, first, now),
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
      return statusOfHour(toHour(hours.get(seq)?.get(from)), outages.get(id) ?? [], from);
    }),
  }));
  return { from: new Date(first).toISOString(), data };
}

/** What the probes of one hour were, by verdict. */
function toHour(blocks: readonly Uint8Array[] | undefined): Hour | undefined {
  if (blocks === undefined) return undefined;
  // In a block every other byte is a code.
  const verdicts = blocks.flatMap((block) => [...block.filter((code, place) => place % 2 === 0 && code < UNKNOWN)]);
  return { measured: verdicts.length > 0, gatedOnly: verdicts.every((code) => code === GATED) };
}

import type { Stats } from '@rollcall/contracts';
import { ENDPOINT_STATUSES } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { parseSummary } from '../probes/summary.ts';
import { getStats } from '../stats/get-stats.ts';
import { type Family, toExposition } from './exposition.ts';

/** So many endpoints are told of in one answer; more are read by tag. */
export const MAX_METRIC_ENDPOINTS = 500;
const AT_ONCE = 4;

/** What Prometheus reads of an organization: every endpoint by id, its name in one series alone. @throws AppError forbidden. */
export async function organizationMetrics(db: Db, actor: Actor, query: { tag?: string | undefined }, now: Date): Promise<string> {
  requireScope(actor, 'read');
  const where = { organizationId: actor.organizationId, ...(query.tag === undefined ? {} : { tags: { has: query.tag } }) };
  const [total, endpoints] = await Promise.all([
    db.endpoint.count({ where }),
    db.endpoint.findMany({ where, include: { state: true }, orderBy: { id: 'asc' }, take: MAX_METRIC_ENDPOINTS }),
  ]);
  const stats = await statsOf(
    db,
    actor,
    endpoints.map(({ id }) => id),
    now,
  );
  const each = (value: (endpoint: (typeof endpoints)[number]) => number | null) =>
    endpoints.map((endpoint) => ({ labels: { endpoint: endpoint.id }, value: value(endpoint) }));
  const latency = (['p50', 'p95', 'p99'] as const).flatMap((quantile) =>
    endpoints.map(({ id }) => {
      const ms = stats.get(id)?.latencyMs[quantile] ?? null;
      return { labels: { endpoint: id, quantile: `0.${quantile.slice(1)}`.replace('0.50', '0.5') }, value: ms === null ? null : ms / 1000 };
    }),
  );
  const families: Family[] = [
    gauge(
      'rollcall_endpoint_info',
      'Name of the endpoint.',
      endpoints.map(({ id, name }) => ({ labels: { endpoint: id, name }, value: 1 })),
    ),
    gauge(
      'rollcall_endpoint_status',
      'The status that the endpoint has is 1, every other one 0.',
      endpoints.flatMap(({ id, state }) =>
        ENDPOINT_STATUSES.map((status) => ({ labels: { endpoint: id, status }, value: (state?.status ?? 'pending') === status ? 1 : 0 })),
      ),
    ),
    gauge('rollcall_endpoint_latency_seconds', 'What good probes of the last 24 hours took.', latency),
    gauge(
      'rollcall_endpoint_uptime_ratio',
      'Uptime of the last 24 hours, as on the dashboard.',
      each(({ id }) => stats.get(id)?.uptime ?? null),
    ),
    gauge(
      'rollcall_endpoint_down_seconds',
      'Downtime in the last 24 hours.',
      each(({ id }) => stats.get(id)?.downSeconds ?? null),
    ),
    gauge(
      'rollcall_endpoint_last_probe_timestamp_seconds',
      'When the endpoint was last probed.',
      each(({ state }) => (state?.lastProbeAt ? state.lastProbeAt.getTime() / 1000 : null)),
    ),
    gauge(
      'rollcall_endpoint_certificate_expiry_timestamp_seconds',
      'When the certificate of the endpoint ends.',
      each(({ state }) => certificateEnd(state?.summary)),
    ),
    gauge('rollcall_endpoints_omitted', 'Endpoints beyond those in this answer; read them by tag.', [
      { labels: {}, value: total - endpoints.length },
    ]),
  ];
  return toExposition(families);
}

const gauge = (name: string, help: string, samples: Family['samples']): Family => ({ name, help, samples });

function certificateEnd(summary: unknown): number | null {
  const { certificate } = parseSummary(summary);
  const end = certificate === null ? Number.NaN : Date.parse(certificate.notAfter);
  return Number.isNaN(end) ? null : end / 1000;
}

async function statsOf(db: Db, actor: Actor, ids: readonly string[], now: Date): Promise<ReadonlyMap<string, Stats>> {
  const found = new Map<string, Stats>();
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    // An endpoint that is deleted in this moment is left out.
    const batch = ids.slice(i, i + AT_ONCE).map(async (id) => [id, await getStats(db, actor, id, '24h', now).catch(() => null)] as const);
    for (const [id, stats] of await Promise.all(batch)) if (stats) found.set(id, stats);
  }
  return found;
}

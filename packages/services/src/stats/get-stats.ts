import { causeSchema, STATS_WINDOWS, type Stats, type StatsBand, type Uptime } from '@rollcall/contracts';
import type { Db } from '@rollcall/db';
import type { Actor } from '../access/actor.ts';
import { countPast, type EndpointPast, loadPast, type PastIncident } from './endpoint-past.ts';
import { daysOf } from './history.ts';
import { latencyIn } from './latency.ts';

export type StatsWindow = (typeof STATS_WINDOWS)[number];

const DAY_MS = 86_400_000;
const WINDOW_MS: Readonly<Record<StatsWindow, number>> = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS, '90d': 90 * DAY_MS };
/** Width of one point of the latency series. */
const BUCKET_SECONDS: Readonly<Record<StatsWindow, number>> = { '24h': 900, '7d': 3600 * 2, '30d': 3600 * 8, '90d': 86_400 };
/** Of each kind; a server that fails every hour must not make the answer long. */
const MAX_BANDS = 200;

/** Uptime from confirmed incidents and what was measured, latency from raw rows and rollups. @throws AppError not_found. */
export async function getStats(db: Db, actor: Actor, endpointId: string, window: StatsWindow, now: Date): Promise<Stats> {
  const to = now.getTime();
  const span = { from: to - WINDOW_MS[window], to };
  const past = await loadPast(db, actor, endpointId, span);
  const { latencyMs, series } = await latencyIn(db, past.seq, span, BUCKET_SECONDS[window]);
  return {
    window,
    ...countPast(past, span),
    latencyMs,
    days: daysOf(past.outages, past.silences, span),
    series,
    bands: bandsOf(past),
  };
}

/** The uptime of every window, from one reading of the longest, and its days. @throws AppError not_found. */
export async function getUptime(db: Db, actor: Actor, endpointId: string, now: Date): Promise<Uptime> {
  const to = now.getTime();
  const longest = { from: to - Math.max(...Object.values(WINDOW_MS)), to };
  const past = await loadPast(db, actor, endpointId, longest);
  return {
    windows: STATS_WINDOWS.map((window) => ({ window, ...countPast(past, { from: to - WINDOW_MS[window], to }) })),
    days: daysOf(past.outages, past.silences, longest),
  };
}

function bandsOf({ incidents, maintenance }: EndpointPast): StatsBand[] {
  const failed = incidents.slice(-MAX_BANDS).map(
    (incident): StatsBand => ({
      kind: 'incident',
      from: incident.openedAt.toISOString(),
      to: incident.resolvedAt?.toISOString() ?? null,
      incident: { id: incident.id, severity: incident.severity, title: titleOf(incident) },
    }),
  );
  const planned = maintenance.slice(-MAX_BANDS).map(
    ({ from, to }): StatsBand => ({
      kind: 'maintenance',
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      incident: null,
    }),
  );
  return [...failed, ...planned].sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

function titleOf({ cause, causeCode }: PastIncident): string {
  const parsed = causeSchema.pick({ title: true }).safeParse(cause);
  return parsed.success ? parsed.data.title : causeCode;
}

import { coversEndpoint, type EndpointStatus, isActiveAt, type MaintenanceWindow, occurrences, type TimeSpan } from '@rollcall/core';
import { type Db, Prisma } from '@rollcall/db';
import { loadWindows, mergedOccurrences, toWindow } from '../maintenance/windows.ts';
import { type EndpointSummary, parseSummary } from '../probes/summary.ts';
import { type Measured, silencesOf } from '../stats/history.ts';
import { type Span, union } from '../stats/uptime.ts';
import { type PageRow, withComponents } from './page-row.ts';
import type { MeasuredIncident } from './public-incident.ts';
import { type ReportRow, withUpdates } from './report-row.ts';

export const DAY_MS = 86_400_000;
export const HISTORY_DAYS = 90;
const HORIZON_MS = 30 * DAY_MS;
/** The past changes only when probes are recorded late, and the sparkline by the hour. */
const SLOW_TTL_MS = 10 * 60_000;
/** What of today was not measured only weighs the uptime of today: the state itself is read each time. */
const TODAY_TTL_MS = 60_000;
/** Endpoints whose past is read at a time, of the connections of this process. */
const AT_A_TIME = 8;
const MAX_REPORTS = 500;

export interface EndpointFacts {
  readonly id: string;
  readonly url: string;
  readonly status: EndpointStatus;
  readonly since: Date;
  readonly summary: EndpointSummary;
  /** Not measured, or in maintenance, within the span of the days. */
  readonly silences: readonly Span[];
  readonly hours: readonly (number | null)[];
  readonly p50Ms: number | null;
}

export interface MaintenanceFact {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly announcedAt: Date;
  readonly span: TimeSpan;
  readonly active: boolean;
  readonly endpoints: ReadonlySet<string>;
}

/** Everything a page is made of, as it stands at one moment. */
export interface PageFacts {
  readonly page: PageRow;
  readonly endpoints: ReadonlyMap<string, EndpointFacts>;
  readonly incidents: readonly MeasuredIncident[];
  /** Published ones. */
  readonly reports: readonly ReportRow[];
  readonly maintenance: readonly MaintenanceFact[];
}

interface Slow {
  readonly at: number;
  readonly day: number;
  readonly silences: readonly Span[];
  readonly hours: readonly (number | null)[];
  readonly p50Ms: number | null;
  today: { readonly at: number; readonly silences: readonly Span[] };
}
/** By the endpoint's number; what a build need not ask for again every ten seconds. */
export type SlowFacts = Map<number, Slow>;

/** From midnight 89 days ago until now: 90 UTC days with the running one. */
export function spanOf(now: Date): Span {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return { from: today - (HISTORY_DAYS - 1) * DAY_MS, to: now.getTime() };
}

/** Null when there is no such page for the public. */
export async function loadPage(db: Db, slug: string): Promise<PageRow | null> {
  return db.statusPage.findFirst({ where: { slug, published: true }, include: withComponents });
}

export async function loadPageFacts(db: Db, page: PageRow, slow: SlowFacts, now: Date): Promise<PageFacts> {
  const span = spanOf(now);
  const ids = [...new Set(page.components.map(({ endpointId }) => endpointId))];
  const [rows, incidents, reports, windows, planned] = await Promise.all([
    db.endpoint.findMany({
      where: { organizationId: page.organizationId, id: { in: ids } },
      select: { id: true, seq: true, url: true, tags: true, intervalSeconds: true, timeoutMs: true, state: true },
    }),
    db.incident.findMany({
      where: {
        organizationId: page.organizationId,
        endpointId: { in: ids },
        OR: [{ resolvedAt: null }, { resolvedAt: { gt: new Date(span.from) } }],
      },
      select: { id: true, endpointId: true, severity: true, openedAt: true, confirmedAt: true, resolvedAt: true },
      orderBy: { openedAt: 'desc' },
    }),
    db.statusReport.findMany({
      where: { pageId: page.id, published: true, OR: [{ resolvedAt: null }, { resolvedAt: { gt: new Date(span.from) } }] },
      include: withUpdates,
      orderBy: { startedAt: 'desc' },
      take: MAX_REPORTS,
    }),
    loadWindows(db, [page.organizationId], new Date(span.from), now).then((found) => found.get(page.organizationId) ?? []),
    loadPlanned(db, page.organizationId, now),
  ]);
  const endpoints = new Map<string, EndpointFacts>();
  const pasts = await inTurns(rows, (row) =>
    measuredOf(db, { seq: row.seq, intervalMs: row.intervalSeconds * 1000, timeoutMs: row.timeoutMs }, slow, span, now),
  );
  for (const [row, measured] of pasts) {
    const maintenance = mergedOccurrences(
      windows.filter((window) => coversEndpoint(window, row)),
      span.from,
      span.to,
    );
    endpoints.set(row.id, {
      id: row.id,
      url: row.url,
      status: (row.state?.status ?? 'pending') as EndpointStatus,
      since: row.state?.since ?? now,
      summary: parseSummary(row.state?.summary),
      ...measured,
      silences: union(measured.silences, maintenance),
    });
  }
  const about = (window: MaintenanceWindow) => new Set(rows.filter((row) => coversEndpoint(window, row)).map(({ id }) => id));
  const maintenance = planned
    .map(({ window, ...fact }) => ({ ...fact, endpoints: about(window) }))
    .filter((fact) => fact.endpoints.size > 0)
    .sort((a, b) => a.span.from - b.span.from);
  return { page, endpoints, incidents, reports, maintenance };
}

/** The occurrence of each window that goes on or comes next. */
async function loadPlanned(db: Db, organizationId: string, now: Date) {
  const at = now.getTime();
  const rows = await db.maintenanceWindow.findMany({
    where: { organizationId, deletedAt: null, OR: [{ endsAt: { gt: now } }, { recurrence: { not: Prisma.JsonNull } }] },
  });
  return rows.flatMap((row) => {
    const window = toWindow(row);
    const span = occurrences(window, at, at + HORIZON_MS)[0];
    return span === undefined
      ? []
      : [
          {
            id: row.id,
            name: row.name,
            description: row.description,
            announcedAt: row.updatedAt,
            span,
            active: isActiveAt(window, at),
            window,
          },
        ];
  });
}

/** Each with what was found for it, in their order, a few at a time. */
async function inTurns<A, B>(items: readonly A[], find: (item: A) => Promise<B>): Promise<[A, B][]> {
  const found: [A, B][] = [];
  for (let from = 0; from < items.length; from += AT_A_TIME)
    found.push(...(await Promise.all(items.slice(from, from + AT_A_TIME).map(async (item): Promise<[A, B]> => [item, await find(item)]))));
  return found;
}

async function measuredOf(db: Db, endpoint: Measured, slow: SlowFacts, span: Span, now: Date) {
  const midnight = Math.floor(span.to / DAY_MS) * DAY_MS;
  const at = now.getTime();
  const today = async () => ({ at, silences: await silencesOf(db, endpoint, { from: midnight, to: span.to }) });
  let kept = slow.get(endpoint.seq);
  if (kept === undefined || kept.day !== midnight || at - kept.at > SLOW_TTL_MS) {
    const [silences, latency] = await Promise.all([
      silencesOf(db, endpoint, { from: span.from, to: midnight }),
      latencyOf(db, endpoint.seq, now),
    ]);
    kept = { at, day: midnight, silences, ...latency, today: await today() };
    slow.set(endpoint.seq, kept);
  } else if (at - kept.today.at > TODAY_TTL_MS) kept.today = await today();
  return { silences: union(kept.silences, kept.today.silences), hours: kept.hours, p50Ms: kept.p50Ms };
}

/** Median of the steps that a client waits for, of good probes: by hour over a day, and of the day. */
async function latencyOf(db: Db, seq: number, now: Date): Promise<{ hours: (number | null)[]; p50Ms: number | null }> {
  const from = new Date(now.getTime() - DAY_MS);
  const rows = await db.$queryRaw<{ hour: number | null; p50: number | null }[]>`
    with l as (
      select floor(extract(epoch from slot - ${from}) / 3600)::int as hour,
        (coalesce(dns, 0) + coalesce(tcp, 0) + coalesce(tls, 0) + coalesce(handshake, 0) + coalesce(initialized, 0) + coalesce(list, 0)) / 10.0 as ms
      from probe where endpoint_seq = ${seq} and slot >= ${from} and slot < ${now} and verdict in (0, 1)
    )
    select hour, percentile_cont(0.5) within group (order by ms) as p50 from l group by grouping sets ((hour), ())`;
  const round = (value: number | null | undefined) => (value == null ? null : Math.round(value * 10) / 10);
  return {
    hours: Array.from({ length: 24 }, (_, hour) => round(rows.find((row) => row.hour === hour)?.p50)),
    p50Ms: round(rows.find((row) => row.hour === null)?.p50),
  };
}

import { coversEndpoint, type EndpointStatus, isActiveAt, type MaintenanceWindow, occurrences, type TimeSpan } from '@rollcall/core';
import { type Db, Prisma } from '@rollcall/db';
import { loadWindows, mergedOccurrences, toWindow } from '../maintenance/windows.ts';
import { type EndpointSummary, parseSummary } from '../probes/summary.ts';
import { latencyByHour } from '../stats/latency.ts';
import { type Measured, silencesOfAll } from '../stats/silences.ts';
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
  const loadEndpoints = async () => {
    const found = await db.endpoint.findMany({
      where: { organizationId: page.organizationId, id: { in: ids } },
      select: {
        id: true,
        seq: true,
        url: true,
        tags: true,
        intervalSeconds: true,
        timeoutMs: true,
        state: { select: { status: true, since: true, summary: true } },
      },
    });
    const measured = found.map(({ seq, intervalSeconds, timeoutMs }) => ({ seq, intervalMs: intervalSeconds * 1000, timeoutMs }));
    await refreshSlow(db, measured, slow, span, now);
    return found;
  };
  const [rows, incidents, reports, windows, planned] = await Promise.all([
    loadEndpoints(),
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
  for (const row of rows) {
    const past = slow.get(row.seq);
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
      hours: past?.hours ?? [],
      p50Ms: past?.p50Ms ?? null,
      silences: union(union(past?.silences ?? [], past?.today.silences ?? []), maintenance),
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

/** Asks at once for all of those whose past, or whose today, is no longer known well enough. */
async function refreshSlow(db: Db, endpoints: readonly Measured[], slow: SlowFacts, span: Span, now: Date): Promise<void> {
  const midnight = Math.floor(span.to / DAY_MS) * DAY_MS;
  const at = now.getTime();
  const isKnown = (kept: Slow | undefined): kept is Slow => kept !== undefined && kept.day === midnight && at - kept.at <= SLOW_TTL_MS;
  const unknown = endpoints.filter(({ seq }) => !isKnown(slow.get(seq)));
  const outdated = endpoints.filter(({ seq }) => {
    const kept = slow.get(seq);
    return isKnown(kept) && at - kept.today.at > TODAY_TTL_MS;
  });
  const [silences, latency, today] = await Promise.all([
    silencesOfAll(db, unknown, span),
    latencyByHour(
      db,
      unknown.map(({ seq }) => seq),
      now,
    ),
    silencesOfAll(db, outdated, { from: midnight, to: span.to }),
  ]);
  for (const { seq } of unknown) {
    const all = silences.get(seq) ?? [];
    slow.set(seq, {
      at,
      day: midnight,
      silences: within(all, { from: span.from, to: midnight }),
      today: { at, silences: within(all, { from: midnight, to: span.to }) },
      hours: latency.get(seq)?.hours ?? [],
      p50Ms: latency.get(seq)?.p50Ms ?? null,
    });
  }
  for (const { seq } of outdated) {
    const kept = slow.get(seq);
    if (kept !== undefined) kept.today = { at, silences: today.get(seq) ?? [] };
  }
}

/** The parts of the spans that lie in `span`. */
function within(spans: readonly Span[], span: Span): Span[] {
  return spans.map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) })).filter(({ from, to }) => to > from);
}

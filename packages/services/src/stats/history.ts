import type { EndpointStatus } from '@rollcall/core';
import { coveredMs, type Outage, type Span, uptimeOf } from './uptime.ts';

const DAY_MS = 86_400_000;
const MAX_QUIET_DAYS = 1000;

export interface HistoryDay {
  /** YYYY-MM-DD, UTC. */
  readonly date: string;
  readonly uptime: number | null;
  readonly worst: EndpointStatus;
  readonly downSeconds: number;
}

function worstOf(outages: readonly Outage[], uptime: number | null, day: Span): EndpointStatus {
  if (uptime === null) return 'no_data';
  const worst = (severity: string) =>
    coveredMs(
      outages.filter((outage) => outage.severity === severity),
      day,
    ) > 0;
  return worst('down') ? 'down' : worst('degraded') ? 'degraded' : 'up';
}

const quietDays = new Map<number, HistoryDay>();

/** A day on which nothing happened. Kept: a status page has the same ninety for nearly every component. */
function quietDay(day: number): HistoryDay {
  const known = quietDays.get(day);
  if (known !== undefined) return known;
  const quiet = Object.freeze({ date: new Date(day * DAY_MS).toISOString().slice(0, 10), uptime: 1, downSeconds: 0, worst: 'up' } as const);
  if (quietDays.size >= MAX_QUIET_DAYS) quietDays.clear();
  quietDays.set(day, quiet);
  return quiet;
}

/** Every UTC day that begins in from … to, the last one up to `to`. Pure. */
export function daysOf(outages: readonly Outage[], silences: readonly Span[], { from, to }: Span): HistoryDay[] {
  const firstDay = Math.ceil(from / DAY_MS);
  return Array.from({ length: Math.floor(to / DAY_MS) - firstDay + 1 }, (_, i) => {
    const start = (firstDay + i) * DAY_MS;
    const day = { from: start, to: Math.min(start + DAY_MS, to) };
    const quiet = quietDay(firstDay + i);
    // On most days nothing happened, and a status page has thousands of days.
    const touches = (span: Span) => span.from < day.to && span.to > day.from;
    if (day.to > day.from && !outages.some(touches) && !silences.some(touches)) return quiet;
    const counted = uptimeOf(outages, silences, day);
    return { date: quiet.date, ...counted, worst: worstOf(outages, counted.uptime, day) };
  });
}

/** Days of the week as ISO 8601 numbers them: Monday is 1. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Comes back at the same wall-clock time in its zone, whatever daylight saving does. */
export interface Recurrence {
  readonly every: 'day' | 'week';
  /** With `week`; absent: the weekday of the first occurrence. */
  readonly weekdays?: readonly Weekday[] | undefined;
  /** IANA zone name. */
  readonly timeZone: string;
  /** Epoch ms; no occurrence begins from here on. Null: without end. */
  readonly until: number | null;
}

/** Instants in epoch milliseconds. The first occurrence is startsAt … endsAt. */
export interface MaintenanceWindow {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly recurrence: Recurrence | null;
  /** The endpoints by id, and those with one of the tags; neither: every endpoint. */
  readonly endpoints: readonly string[];
  readonly tags: readonly string[];
}

export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;

/** Whether the window is about this endpoint. */
export function coversEndpoint(window: MaintenanceWindow, endpoint: { readonly id: string; readonly tags: readonly string[] }): boolean {
  if (window.endpoints.length === 0 && window.tags.length === 0) return true;
  return window.endpoints.includes(endpoint.id) || window.tags.some((tag) => endpoint.tags.includes(tag));
}

/** The occurrences that touch from … to, in order. Pure. */
export function occurrences(window: MaintenanceWindow, from: number, to: number): TimeSpan[] {
  const { startsAt, endsAt, recurrence } = window;
  const lengthMs = endsAt - startsAt;
  if (recurrence === null) return startsAt < to && endsAt > from ? [{ from: startsAt, to: endsAt }] : [];
  const zone = zoneOf(recurrence.timeZone);
  const wall = zone.wallTime(startsAt);
  const timeOfDay = wall % DAY_MS;
  const firstDay = Math.floor(wall / DAY_MS);
  const weekdays = recurrence.every === 'day' ? null : (recurrence.weekdays ?? [weekdayOf(firstDay)]);
  const spans: TimeSpan[] = [];
  // A day before, for an occurrence that began then and still goes on; a day more for zones ahead of UTC.
  const begin = Math.max(firstDay, Math.floor((from - lengthMs) / DAY_MS) - 1);
  for (let day = begin; day * DAY_MS < to + DAY_MS; day += 1) {
    if (weekdays !== null && !weekdays.includes(weekdayOf(day))) continue;
    const start = zone.instant(day * DAY_MS + timeOfDay);
    if (start < startsAt || (recurrence.until !== null && start >= recurrence.until)) continue;
    if (start < to && start + lengthMs > from) spans.push({ from: start, to: start + lengthMs });
  }
  return spans;
}

/** Whether the window covers the instant. */
export function isActiveAt(window: MaintenanceWindow, at: number): boolean {
  return occurrences(window, at, at + 1).some(({ from, to }) => from <= at && at < to);
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

interface Zone {
  /** The wall clock at an instant, as if it were UTC: epoch ms. */
  wallTime(instant: number): number;
  /** The instant at which the wall clock shows this; in a gap of daylight saving as if the clock had not gone on yet, in an overlap the first (RFC 5545 §3.3.5). */
  instant(wall: number): number;
}

const zones = new Map<string, Zone>();

/** @throws RangeError when there is no such zone. */
export function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const wallTime = (instant: number): number => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (instant % 1000);
  };
  const zone: Zone = {
    wallTime,
    instant(wall) {
      const offsetBefore = wallTime(wall - DAY_MS) - (wall - DAY_MS);
      const offsetAfter = wallTime(wall + DAY_MS) - (wall + DAY_MS);
      const early = wall - offsetBefore;
      const late = wall - offsetAfter;
      return wallTime(early) !== wall && wallTime(late) === wall ? late : early;
    },
  };
  zones.set(timeZone, zone);
  return zone;
}

import { type Weekday, zoneOf } from '../schedule/maintenance.ts';
import type { EventType } from '../terms.ts';

/** Hours of the wall clock in which a channel is left in peace. */
export interface QuietHours {
  /** `22:00`; local. */
  readonly from: string;
  /** `07:00`; not after `from`: of the next day. */
  readonly to: string;
  /** IANA zone name. */
  readonly timeZone: string;
  /** Days on which they begin, as ISO 8601 numbers them; absent: every day. */
  readonly weekdays?: readonly Weekday[] | undefined;
  /** What is told all the same. */
  readonly through: readonly EventType[];
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Minutes since midnight of a wall-clock time. */
function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * When the quiet hours that go on at `at` are over, in epoch ms; null when none go on or the type is told all the same. A time that
 * daylight saving skips counts as the moment after the gap's beginning, one that comes twice as the first. Pure.
 */
export function quietUntil(hours: QuietHours | null, type: EventType, at: number): number | null {
  if (hours === null || hours.through.includes(type)) return null;
  let end: number | null = null;
  // Hours that begin as others end go on; every day has a gap, so a week is more than enough.
  for (let round = 0; round < 8; round += 1) {
    const next = endOfQuietAt(hours, end ?? at);
    if (next === null) break;
    end = next;
  }
  return end;
}

function endOfQuietAt(hours: QuietHours, at: number): number | null {
  const zone = zoneOf(hours.timeZone);
  const today = Math.floor(zone.wallTime(at) / DAY_MS);
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  for (const day of [today - 1, today]) {
    const weekday = (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
    if (hours.weekdays !== undefined && !hours.weekdays.includes(weekday)) continue;
    const start = zone.instant(day * DAY_MS + from * MINUTE_MS);
    const end = zone.instant((to > from ? day : day + 1) * DAY_MS + to * MINUTE_MS);
    if (start <= at && at < end) return end;
  }
  return null;
}

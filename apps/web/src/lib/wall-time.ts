import { zoneOf } from '@rollcall/core';

/** An instant as `<input type="datetime-local">` holds it, on the clocks of the zone: "2026-11-20T14:03". */
export function toWall(at: string, timeZone: string): string {
  return new Date(zoneOf(timeZone).wallTime(Date.parse(at))).toISOString().slice(0, 16);
}

/** The other way round, or null for what is no date. Where clocks skip the time it is the one after, where they repeat it the first. */
export function fromWall(wall: string, timeZone: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(wall)) return null;
  const parsed = Date.parse(`${wall.slice(0, 16)}:00Z`);
  return Number.isNaN(parsed) ? null : new Date(zoneOf(timeZone).instant(parsed)).toISOString();
}

/** Every zone that this browser knows, with those given, which it may know under another name. */
export function timeZones(...more: string[]): string[] {
  return [...new Set(['UTC', ...more, ...Intl.supportedValuesOf('timeZone')])].sort();
}

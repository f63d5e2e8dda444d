/** How many UTC days of each table are kept, the running one not counted (docs/storage.md). The only place that says so. */
export const RETENTION_DAYS = { probe: 14, probe_exchange: 14, probe_hour: 90, probe_day: 400, probe_silence: 400 } as const;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Start of the UTC day. */
export function dayStart(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}

/** YYYY-MM-DD, UTC. */
export function dayName(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

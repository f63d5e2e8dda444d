import type { Stats, StatsBand } from '@rollcall/contracts';
import { formatDuration, formatInstant, formatLatency, formatShortInstant, plainText, plural } from '@rollcall/ui';

export const WINDOW_MS: Readonly<Record<Stats['window'], number>> = {
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': 30 * 86_400_000,
  '90d': 90 * 86_400_000,
};
const BUCKET_MS: Readonly<Record<Stats['window'], number>> = { '24h': 900_000, '7d': 7_200_000, '30d': 28_800_000, '90d': 86_400_000 };

export type Point = Stats['series'][number];
/** A point, or (where nothing was measured for longer than the schedule explains) the place at which the lines break. */
export type Place = Point | { at: string; p50: null; p95: null; p99: null; failures: 0; probes: 0 };

export interface Line {
  readonly key: 'p50' | 'p95' | 'p99';
  readonly name: string;
}
export const LINES: readonly Line[] = [
  { key: 'p50', name: 'Median' },
  { key: 'p95', name: '95th percentile' },
  { key: 'p99', name: '99th percentile' },
];

/** The points with a break wherever the endpoint was not measured: a line drawn over it would claim what nobody saw. Pure. */
export function withBreaks({ series, window }: Pick<Stats, 'series' | 'window'>, intervalSeconds: number): Place[] {
  const stepMs = BUCKET_MS[window];
  const patienceMs = stepMs + 2 * Math.max(intervalSeconds * 1000, stepMs / 2);
  return series.flatMap((point, index): Place[] => {
    const next = series[index + 1];
    const at = Date.parse(point.at);
    if (next === undefined || Date.parse(next.at) - at <= patienceMs) return [point];
    return [point, { at: new Date(at + stepMs).toISOString(), p50: null, p95: null, p99: null, failures: 0, probes: 0 }];
  });
}

/** What a point stands for: from its instant until the next step. */
export function spanOfPoint(point: Pick<Place, 'at'>, window: Stats['window']): { from: number; to: number } {
  const from = Date.parse(point.at);
  return { from, to: from + BUCKET_MS[window] };
}

/** The incidents and maintenance that touch a point. Pure. */
export function bandsAt(bands: readonly StatsBand[], point: Pick<Place, 'at'>, window: Stats['window'], nowMs: number): StatsBand[] {
  const { from, to } = spanOfPoint(point, window);
  return bands.filter((band) => Date.parse(band.from) < to && (band.to === null ? nowMs : Date.parse(band.to)) > from);
}

/** "21 Nov, 14:00 (13:00 UTC)"; where the reader's clock shows UTC, once. The date of UTC is named where it is another. */
export function instantWords(at: string, zone: string): string {
  const local = formatShortInstant(at, zone);
  const utc = formatShortInstant(at, 'UTC');
  if (local === utc) return `${local} UTC`;
  const [day, time] = utc.split(', ');
  return `${local} (${local.startsWith(`${day},`) ? time : utc} UTC)`;
}

export const say = (ms: number | null): string => (ms === null ? '–' : formatLatency(ms));

export function bandName(band: StatsBand): string {
  return band.incident === null ? 'Maintenance' : plainText(band.incident.title, 120);
}

/** "21 Nov, 14:00 to 14:20, 20 min": of a band in a list. */
export function bandSpan(band: StatsBand, zone: string, nowMs: number): string {
  const until = band.to === null ? 'now' : formatShortInstant(band.to, zone);
  const length = formatDuration((band.to === null ? nowMs : Date.parse(band.to)) - Date.parse(band.from));
  return `${formatShortInstant(band.from, zone)} to ${until}, ${length}`;
}

/** "3 of 15 probes failed", or how many there were. */
export function probesWords({ failures, probes }: Pick<Place, 'failures' | 'probes'>): string {
  if (probes === 0) return 'not measured';
  return failures === 0 ? plural(probes, 'probe') : `${failures} of ${plural(probes, 'probe')} failed`;
}

/** One point in words, as a screen reader says it. */
export function pointWords(place: Place, bands: readonly StatsBand[], zone: string): string {
  const measures = place.p50 === null ? [] : LINES.map(({ key, name }) => `${name} ${say(place[key])}`);
  return [instantWords(place.at, zone), ...measures, probesWords(place), ...bands.map(bandName)].join(', ');
}

/** The whole instant, for a table's first column. */
export const fullInstant = (at: string, zone: string): string => formatInstant(at, zone);

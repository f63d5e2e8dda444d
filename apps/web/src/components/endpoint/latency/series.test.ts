import type { Stats, StatsBand } from '@rollcall/contracts';
import { describe, expect, test } from 'vitest';
import { bandSpan, bandsAt, instantWords, pointWords, withBreaks } from './series.ts';

const START = Date.parse('2026-11-20T12:00:00Z');
const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
const point = (minutes: number, failures = 0): Stats['series'][number] => ({
  at: at(minutes),
  p50: 140,
  p95: 300,
  p99: 900,
  failures,
  probes: 15,
});
const down: StatsBand = {
  kind: 'incident',
  from: at(20),
  to: at(40),
  incident: { id: 'inc_1', severity: 'down', title: 'safe\u202egnp' },
};
const maintenance: StatsBand = { kind: 'maintenance', from: at(50), to: at(60), incident: null };

describe('the series', () => {
  test('breaks where nothing was measured, not where the interval is long', () => {
    const gap = { window: '24h' as const, series: [point(0), point(15), point(90)] };
    expect(withBreaks(gap, 60).map(({ p50 }) => p50)).toEqual([140, 140, null, 140]);
    const hourly = { window: '24h' as const, series: [point(0), point(60), point(120)] };
    expect(withBreaks(hourly, 3600).every(({ p50 }) => p50 === 140)).toBe(true);
  });

  test('has the incidents and maintenance of each point, an open one until now', () => {
    const during = (minutes: number, bands = [down, maintenance]) => bandsAt(bands, point(minutes), '24h', START + 75 * 60_000).length;
    expect([0, 15, 30, 45, 60].map((minutes) => during(minutes))).toEqual([0, 1, 1, 1, 0]);
    expect([0, 15, 60, 75].map((minutes) => during(minutes, [{ ...down, to: null }]))).toEqual([0, 1, 1, 0]);
  });

  test('is told in words with UTC beside the zone of the reader', () => {
    expect(instantWords(at(0), 'UTC')).toBe('20 Nov, 12:00 UTC');
    expect(instantWords(at(0), 'Europe/Berlin')).toBe('20 Nov, 13:00 (12:00 UTC)');
    expect(instantWords(at(0), 'Pacific/Auckland')).toBe('21 Nov, 01:00 (20 Nov, 12:00 UTC)');
    expect(pointWords(point(30, 3), [down], 'UTC')).toBe(
      '20 Nov, 12:30 UTC, Median 140 ms, 95th percentile 300 ms, 99th percentile 900 ms, 3 of 15 probes failed, safe\ufffdgnp',
    );
    expect(bandSpan({ ...down, to: null }, 'UTC', START + 80 * 60_000)).toBe('20 Nov, 12:20 to now, 1 h');
  });
});

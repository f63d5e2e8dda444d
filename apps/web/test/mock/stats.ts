import type { Endpoint, Stats, Uptime } from '@rollcall/contracts';
import { ago, methodLost } from '../fixtures.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WINDOW_SECONDS = { '24h': 86_400, '7d': 7 * 86_400, '30d': 30 * 86_400, '90d': 90 * 86_400 } as const;

function uptimeIn(of: Endpoint, window: Stats['window']) {
  const failing = of.state.status === 'down';
  const known = Math.min(WINDOW_SECONDS[window], 78 * 86_400);
  return {
    window,
    uptime: of.state.lastProbeAt === null ? null : failing ? 0.98734 : 0.99981,
    downSeconds: failing ? 2820 : 17,
    measuredSeconds: of.state.lastProbeAt === null ? 0 : known - 5400 - 1800,
    maintenanceSeconds: of.state.lastProbeAt === null ? 0 : 1800,
  };
}

const daysOf = (failing: boolean): Stats['days'] =>
  Array.from({ length: 90 }, (_, n) => ({
    date: ago((89 - n) * 24 * HOUR).slice(0, 10),
    uptime: n < 12 ? null : n === 89 && failing ? 0.96 : n === 60 ? 0.991 : 1,
    worst: n < 12 ? 'no_data' : n === 89 && failing ? 'down' : n === 60 ? 'degraded' : 'up',
    downSeconds: n === 89 && failing ? 2820 : 0,
  }));

export function uptimeOf(of: Endpoint): Uptime {
  const windows = (['24h', '7d', '30d', '90d'] as const).map((window) => uptimeIn(of, window));
  return { windows, days: daysOf(of.state.status === 'down') };
}

export function statsOf(of: Endpoint, window: Stats['window']): Stats {
  const points = 96;
  const failing = of.state.status === 'down';
  const span = WINDOW_SECONDS[window] * 1000;
  const measured = of.state.lastProbeAt !== null;
  const incident = (from: number, to: number | null, severity: string, title: string) => ({
    kind: 'incident' as const,
    from: ago(from),
    to: to === null ? null : ago(to),
    incident: { id: 'inc_billing', severity, title },
  });
  return {
    ...uptimeIn(of, window),
    latencyMs: measured ? { p50: 142, p95: 311, p99: 894 } : { p50: null, p95: null, p99: null },
    days: daysOf(failing),
    series: Array.from({ length: measured ? points : 0 }, (_, n) => {
      const gap = n > 40 && n < 44;
      const wave = 140 + 40 * Math.sin(n / 7) + ((n * 7919) % 23);
      return {
        at: ago(span - (n * span) / points),
        p50: gap ? null : wave,
        p95: gap ? null : wave * 1.9 + ((n * 31) % 60),
        p99: gap ? null : wave * 2.6 + ((n * 53) % 140),
        failures: failing && n > 92 ? 3 : 0,
        probes: gap ? 0 : 15,
      };
    }),
    bands: measured
      ? [
          incident(span * 0.82, span * 0.78, 'degraded', 'The answer took longer than the budget'),
          { kind: 'maintenance', from: ago(span * 0.4), to: ago(span * 0.36), incident: null },
          ...(failing ? [incident(47 * MINUTE, null, 'down', methodLost.title)] : []),
        ]
      : [],
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Outage, type Span, uptimeOf } from './uptime.ts';

const HOUR = 3_600_000;
const down = (from: number, to: number): Outage => ({ from: from * HOUR, to: to * HOUR, severity: 'down' });
const span = (from: number, to: number): Span => ({ from: from * HOUR, to: to * HOUR });

describe('uptimeOf', () => {
  it.each<[string, Outage[], Span[], { uptime: number | null; downSeconds: number }]>([
    ['no outage is full uptime', [], [], { uptime: 1, downSeconds: 0 }],
    ['a quarter down', [down(0, 6)], [], { uptime: 0.75, downSeconds: 21_600 }],
    ['degraded is not down', [{ ...down(0, 6), severity: 'degraded' }], [], { uptime: 1, downSeconds: 0 }],
    ['an outage that began before the span counts from its start', [down(-10, 12)], [], { uptime: 0.5, downSeconds: 43_200 }],
    ['an outage that goes on counts to its end', [down(12, 48)], [], { uptime: 0.5, downSeconds: 43_200 }],
    ['silence counts neither way', [down(0, 6)], [span(12, 24)], { uptime: 0.5, downSeconds: 21_600 }],
    ['down while nobody looked is not known to be down', [down(0, 12)], [span(6, 12)], { uptime: 2 / 3, downSeconds: 21_600 }],
    ['nothing measured is no number', [], [span(-5, 30)], { uptime: null, downSeconds: 0 }],
  ])('%s', (_what, outages, silences, expected) => {
    const found = uptimeOf(outages, silences, span(0, 24));
    expect(found.downSeconds).toBe(expected.downSeconds);
    if (expected.uptime === null) expect(found.uptime).toBeNull();
    else expect(found.uptime).toBeCloseTo(expected.uptime, 10);
  });

  it('is always between 0 and 1, and a day is the sum of its halves', () => {
    const spans = fc
      .uniqueArray(fc.integer({ min: -HOUR, max: 25 * HOUR }), { minLength: 2, maxLength: 8 })
      .map((points) => points.toSorted((a, b) => a - b))
      .map((points) =>
        points.flatMap((from, i) => (i % 2 === 0 && points[i + 1] !== undefined ? [{ from, to: points[i + 1] as number }] : [])),
      );
    fc.assert(
      fc.property(spans, spans, (outages, silences) => {
        const failing = outages.map((outage) => ({ ...outage, severity: 'down' }));
        const whole = uptimeOf(failing, silences, span(0, 24));
        if (whole.uptime !== null) expect(whole.uptime >= 0 && whole.uptime <= 1).toBe(true);
        const halves = uptimeOf(failing, silences, span(0, 12)).downSeconds + uptimeOf(failing, silences, span(12, 24)).downSeconds;
        expect(whole.downSeconds).toBeCloseTo(halves, 2);
      }),
    );
  });
});

import { ENDPOINT_STATUSES } from '@rollcall/core';
import { describe, expect, it } from 'vitest';
import { componentStatus, overallStatus, publicStatusOf, publishedAt } from './public-status.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const incident = (confirmed: number, resolved: number | null = null) => ({
  confirmedAt: at(confirmed),
  resolvedAt: resolved === null ? null : at(resolved),
});

describe('the public status', () => {
  it('is green for what works and for nothing else', () => {
    expect(ENDPOINT_STATUSES.filter((status) => publicStatusOf(status) === 'operational')).toEqual(['up', 'gated']);
  });

  it('appears at once, after its delay, or not at all', () => {
    expect(publishedAt(incident(0), { mode: 'auto' }, at(0))).toEqual(at(0));
    expect(publishedAt(incident(0), { mode: 'delayed', minutes: 10 }, at(9))).toBeNull();
    expect(publishedAt(incident(0), { mode: 'delayed', minutes: 10 }, at(10))).toEqual(at(10));
    expect(publishedAt(incident(0), { mode: 'manual' }, at(59))).toBeNull();
  });

  it('never appears when it was over before its delay was', () => {
    expect(publishedAt(incident(0, 5), { mode: 'delayed', minutes: 10 }, at(30))).toBeNull();
    expect(publishedAt(incident(0, 15), { mode: 'delayed', minutes: 10 }, at(30))).toEqual(at(10));
  });

  it('is the worse of what is measured and what people say', () => {
    const auto = { mode: 'auto' } as const;
    const manual = { mode: 'manual' } as const;
    expect(componentStatus({ status: 'down', publishing: auto, open: null }, ['degraded'], at(0))).toBe('outage');
    expect(componentStatus({ status: 'up', publishing: auto, open: null }, ['degraded', 'outage'], at(0))).toBe('outage');
    expect(componentStatus({ status: 'down', publishing: manual, open: incident(0) }, [], at(30))).toBe('operational');
    expect(componentStatus({ status: 'no_data', publishing: manual, open: null }, [], at(30))).toBe('unknown');
    const delayed = { status: 'down', publishing: { mode: 'delayed', minutes: 5 }, open: incident(0) } as const;
    expect([4, 5].map((minute) => componentStatus(delayed, [], at(minute)))).toEqual(['operational', 'outage']);
  });

  it('of a page says how much of it is out', () => {
    expect(overallStatus([])).toBe('unknown');
    expect(overallStatus(['unknown', 'unknown'])).toBe('unknown');
    expect(overallStatus(['operational', 'outage'])).toBe('partial_outage');
    expect(overallStatus(['unknown', 'outage'])).toBe('outage');
    expect(overallStatus(['maintenance', 'degraded'])).toBe('degraded');
    expect(overallStatus(['maintenance', 'operational'])).toBe('maintenance');
  });
});

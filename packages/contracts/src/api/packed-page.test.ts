import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packPage, unpackPage } from './packed-page.ts';
import type { PublicComponent, PublicPage } from './public-status.ts';

type Day = PublicComponent['days'][number];
const FIRST = Date.parse('2026-08-24');

const dayAt = (place: number, day: Omit<Day, 'date'>): Day => ({
  date: new Date(FIRST + place * 86_400_000).toISOString().slice(0, 10),
  ...day,
});
const days = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant({ uptime: 1, worst: 'up' as const, downSeconds: 0 }) },
      fc.record({
        uptime: fc.option(fc.constantFrom(0, 0.5, 1)),
        worst: fc.constantFrom('up' as const, 'down' as const, 'no_data' as const),
        downSeconds: fc.nat(86_400),
      }),
    ),
    { maxLength: 91 },
  )
  .map((list) => list.map((day, place) => dayAt(place, day)));

const pageOf = (components: Day[][]) =>
  ({
    schema: 'rollcall.status/1',
    groups: [{ name: null, components: components.map((one, n) => ({ slug: `c${n}`, days: one })) }],
  }) as unknown as PublicPage;

describe('a packed status page', () => {
  it('is unpacked as it was', () => {
    fc.assert(
      fc.property(fc.array(days, { maxLength: 4 }), (components) => {
        const page = pageOf(components);
        expect(unpackPage(JSON.parse(JSON.stringify(packPage(page))))).toEqual(page);
      }),
    );
  });

  it('is a tenth of its size where nothing happened', () => {
    const quiet = Array.from({ length: 90 }, (_, place) => dayAt(place, { uptime: 1, worst: 'up', downSeconds: 0 }));
    const page = pageOf(Array.from({ length: 100 }, () => quiet));
    expect(JSON.stringify(packPage(page)).length * 10).toBeLessThan(JSON.stringify(page).length);
  });
});

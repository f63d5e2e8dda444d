import type { Report } from '@rollcall/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDetail, encodeDetail, type ProbeDetailRow, STORED_KINDS, STORED_STEPS } from './probe-detail.ts';
import { toProbe, toRow } from './probe-row.ts';

const PLAIN: ProbeDetailRow = {
  kind: 'scheduled',
  era: 'modern',
  steps: { dns: 5, tcp: 120, tls: 240, handshake: 380, initialized: null, list: 290, close: 14 },
  toolCount: 12,
  startOffsetMs: 412,
  durationMs: 107,
  failedStep: null,
};
const NO_STEPS = { dns: null, tcp: null, tls: null, handshake: null, initialized: null, list: null, close: null };

const EDGES = [0, 1, 127, 128, 16_383, 16_384, 3_000_000, 0x3fffffff, 0x7fffffff, 2 ** 32, 2 ** 45];
const time = fc.option(fc.oneof(fc.constantFrom(...EDGES), fc.nat({ max: 0x3fffffff })));
const whole = fc.oneof(fc.constantFrom(...EDGES), fc.nat());
const detail: fc.Arbitrary<ProbeDetailRow> = fc.record({
  kind: fc.constantFrom(...STORED_KINDS),
  era: fc.constantFrom(null, 'legacy', 'modern'),
  steps: fc.record({ dns: time, tcp: time, tls: time, handshake: time, initialized: time, list: time, close: time }),
  toolCount: fc.option(whole),
  startOffsetMs: fc.tuple(whole, fc.boolean()).map(([value, before]) => (before ? 0 - value : value)),
  durationMs: whole,
  failedStep: fc.option(fc.constantFrom('dns', 'tools/list', 'initialize', 'é\u{1f600}\u0000')),
});

describe('the detail of a probe', () => {
  it('is read as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(detail, (value) => {
        expect(decodeDetail(encodeDetail(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, ProbeDetailRow]>([
    ['nothing happened', { ...PLAIN, era: null, steps: NO_STEPS, toolCount: null, startOffsetMs: 0, durationMs: 0 }],
    ['no tool at all', { ...PLAIN, toolCount: 0 }],
    ['it began before its slot', { ...PLAIN, startOffsetMs: -0x40000000 }],
    ['steps of five minutes', { ...PLAIN, steps: { ...PLAIN.steps, handshake: 3_000_000, list: 3_000_000 }, durationMs: 600_000 }],
    ['steps took longer than the whole, as steps side by side do', { ...PLAIN, durationMs: 1 }],
  ])('holds that %s', (_what, value) => {
    expect(decodeDetail(encodeDetail(value))).toEqual(value);
  });

  it('takes at most 20 bytes for a probe with every step below 1.6 s', () => {
    const steps = Object.fromEntries(STORED_STEPS.map((step) => [step, 16_383])) as ProbeDetailRow['steps'];
    expect(encodeDetail({ ...PLAIN, steps: { ...steps, dns: 100 }, durationMs: 9840, startOffsetMs: 8000 }).length).toBeLessThanOrEqual(20);
  });

  // What lies in databases: a change of these bytes needs a version of its own, beside the one that reads them.
  it.each<[ProbeDetailRow, string]>([
    [PLAIN, '12ef0578f001fc02a2020e0cb80604'],
    [{ ...PLAIN, kind: 'manual', era: null, startOffsetMs: -3, failedStep: 'close' }, '18ef0578f001fc02a2020e0c0504636c6f7365'],
  ])('is these bytes: %#', (value, hex) => {
    expect(Buffer.from(encodeDetail(value)).toString('hex')).toBe(hex);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 53])('is not written with %s in it', (value) => {
    expect(() => encodeDetail({ ...PLAIN, durationMs: value })).toThrow(RangeError);
    expect(() => encodeDetail({ ...PLAIN, toolCount: value })).toThrow(RangeError);
    expect(() => encodeDetail({ ...PLAIN, toolCount: -1 })).toThrow(RangeError);
  });

  it('is unknown, never wrong and never an error, when a newer version wrote it or it is damaged', () => {
    const bytes = encodeDetail(PLAIN);
    expect(decodeDetail(Uint8Array.of(0x2f, ...bytes.subarray(1)))).toBeNull();
    for (let length = 0; length < bytes.length; length += 1) expect(decodeDetail(bytes.subarray(0, length))).toBeNull();
    // A number of 64 bits, and one without end.
    expect(decodeDetail(Uint8Array.of(0x10, 1, ...Array(9).fill(0xff), 1, 0, 0))).toBeNull();
    expect(decodeDetail(Uint8Array.of(0x10, 1, ...Array(400).fill(0xff)))).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => void decodeDetail(noise)));
  });
});

describe('a stored probe', () => {
  const slot = new Date('2026-11-20T12:00:00.000Z');
  const report = {
    startedAt: '2026-11-20T12:00:00.412Z',
    durationMs: 107.2,
    verdict: 'degraded',
    eras: { modern: 'works', legacy: 'absent' },
    tools: { count: 12, hash: '', names: [] },
    steps: [
      { name: 'tcp', ms: 1.25, ok: true },
      { name: 'discover', ms: 38, ok: true },
      { name: 'token', ms: 5, ok: true },
      { name: 'tools/list', ms: 20.04, ok: true },
      { name: 'tools/list', ms: 9, ok: false },
      { name: 'close', ms: 7, ok: true },
    ],
    cause: { code: 'tls.expires_soon' },
  } as unknown as Report;

  it('is shown as it was recorded; its latency is what a client waits', () => {
    const row = toRow(7, 3, slot, 'recheck', report);
    expect(row.latency).toBe(13 + 380 + 200 + 90);
    expect(toProbe('ep_1', 'fra', row)).toMatchObject({
      endpointId: 'ep_1',
      region: 'fra',
      kind: 'recheck',
      startedAt: report.startedAt,
      durationMs: 107,
      verdict: 'degraded',
      cause: 'tls.expires_soon',
      toolCount: 12,
      steps: [
        { name: 'tcp', ms: 1.3, ok: true },
        { name: 'discover', ms: 38, ok: true },
        { name: 'tools/list', ms: 29, ok: false },
        { name: 'close', ms: 0.7 * 10, ok: true },
      ],
    });
    expect(toRow(7, 3, slot, 'manual', { ...report, verdict: 'down' }).latency).toBeNull();
    expect(toRow(7, 3, slot, 'manual', { ...report, steps: [] }).latency).toBe(0);
  });

  it('whose detail a newer version wrote still says when, where, what and how long', () => {
    const row = { ...toRow(7, 3, slot, 'recheck', report), detail: Uint8Array.of(0x21, 9, 9) };
    expect(toProbe('ep_1', 'fra', row)).toMatchObject({
      slot: slot.toISOString(),
      startedAt: slot.toISOString(),
      durationMs: 68,
      verdict: 'degraded',
      cause: 'tls.expires_soon',
      toolCount: null,
      steps: [],
    });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatInterval,
  formatLatency,
  formatRelative,
  formatUnmeasured,
  formatUptime,
  formatUtc,
  plainText,
  plural,
} from './format.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');

describe('spans and instants', () => {
  test.each([
    [0, '0 s'],
    [42_900, '42 s'],
    [303_000, '5 min 3 s'],
    [7_500_000, '2 h 5 min'],
    [3_600_000, '1 h'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms reads as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  test.each([
    ['2026-11-20T11:59:58Z', 'just now'],
    ['2026-11-20T11:59:18Z', '42 s ago'],
    ['2026-11-20T12:05:00Z', 'in 5 min'],
    ['2026-11-17T12:00:00Z', '3 d ago'],
  ])('%s reads as %s', (at, text) => expect(formatRelative(at, NOW)).toBe(text));

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9960, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
  ])('%d bytes read as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test('an instant on hover is exact and in UTC', () => expect(formatUtc('2026-11-20T12:03:22.123Z')).toBe('20 Nov 2026, 12:03:22 UTC'));
  test.each([
    [0.42, '0.4 ms'],
    [312.4, '312 ms'],
    [1240, '1.24 s'],
    [30_000, '30.0 s'],
  ])('%d ms of latency reads as %s', (ms, text) => expect(formatLatency(ms)).toBe(text));
  test('an interval is told in its own unit', () =>
    expect([30, 60, 90, 7200].map(formatInterval)).toEqual(['30 s', '1 min', '90 s', '2 h']));
  test('one is singular', () => expect([plural(1, 'tool'), plural(1200, 'tool')]).toEqual(['1 tool', '1,200 tools']));
});

describe('uptime', () => {
  test('what was not measured is no number', () => expect(formatUptime(null)).toBe('No data'));
  test('only a whole reads as 100%', () => {
    expect(formatUptime(1)).toBe('100%');
    fc.assert(fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (share) => formatUptime(share) !== '100%'));
    expect(formatUptime(0.999999)).toBe('99.99%');
  });
});

describe('what was not measured', () => {
  test.each([
    [0, 'measured throughout'],
    [0.0004, '<0.1% not measured'],
    [0.0213, '2.1% not measured'],
    [0.9999, '99.9% not measured'],
    [1, 'not measured'],
  ])('a share of %d reads as %s', (share, text) => expect(formatUnmeasured(share)).toBe(text));
});

describe('text from a monitored server', () => {
  test('what would hide or reorder text becomes visible', () => {
    expect(plainText('safe\u202egnp.exe\u200b\u0007\u{e0041}')).toBe('safe\ufffdgnp.exe\ufffd\ufffd\ufffd');
  });
  test('is bounded, and never cut inside a character', () => {
    expect(plainText('a'.repeat(10_000), 300)).toHaveLength(301);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const shown = plainText(text, 50);
        return Array.from(shown).length <= 51 && !shown.includes('\u0000') && !shown.includes('\u202e');
      }),
    );
  });
});

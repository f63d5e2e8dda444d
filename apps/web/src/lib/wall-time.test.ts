import { expect, test } from 'vitest';
import { fromWall, timeZones, toWall } from './wall-time.ts';

test.each([
  ['2026-11-20T13:03:00.000Z', 'Europe/Berlin', '2026-11-20T14:03'],
  ['2026-07-01T12:00:00.000Z', 'Europe/Berlin', '2026-07-01T14:00'],
  ['2026-11-20T20:30:00.000Z', 'Asia/Kolkata', '2026-11-21T02:00'],
  ['2026-11-20T14:03:00.000Z', 'UTC', '2026-11-20T14:03'],
])('%s is %s %s, and back', (at, zone, wall) => {
  expect(toWall(at, zone)).toBe(wall);
  expect(fromWall(wall, zone)).toBe(at);
});
test('a half-typed date is none', () => expect(fromWall('', 'UTC')).toBeNull());
test('UTC is always offered', () => expect(timeZones('Europe/Kiev')).toEqual(expect.arrayContaining(['UTC', 'Europe/Kiev', 'Asia/Tokyo'])));

import { expect, it } from 'vitest';
import { ApiError, UnreachableError } from './errors.ts';
import { pauseMs, retryAfterSeconds, wait } from './retry.ts';

const refused = (status: number, seconds: number | null = null) => new ApiError(status, null, { retryAfterSeconds: seconds });
const gone = new UnreachableError('GET /me', 'http://x', new Error('reset'));
const three = { attempts: 3 };

it.each([
  ['nothing is asked for', undefined, refused(429, 1), 1, true, null],
  ['it is switched off', false, refused(429, 1), 1, true, null],
  ['the limit says how long', three, refused(429, 7), 1, false, 7000],
  ['the limit says nothing', three, refused(429), 1, false, 500],
  ['it is the third failure', three, refused(429), 3, false, 2000],
  ['it has been tried often enough', three, refused(429, 1), 4, true, null],
  ['the pause is longer than wanted', { attempts: 3, maxWaitMs: 5000 }, refused(429, 7), 1, true, null],
  ['the key is at work', three, refused(409, 1), 1, true, 1000],
  ['it is a conflict', three, refused(409), 1, true, null],
  ['the server is away and the call harmless', three, refused(503), 1, true, 500],
  ['the server is away and the call might count twice', three, refused(503, 1), 1, false, null],
  ['nobody answers and the call is harmless', three, gone, 1, true, 500],
  ['nobody answers and the call might count twice', three, gone, 1, false, null],
  ['the request is wrong', three, refused(400), 1, true, null],
  ['the server is broken', three, refused(500), 1, true, null],
  ['it was stopped', three, new DOMException('stopped', 'AbortError'), 1, true, null],
] as const)('%s', (_, retry, error, calls, harmless, expected) => {
  expect(pauseMs(retry, { error, calls, harmless, random: 1 })).toBe(expected);
});

it('waits shorter by chance, never longer, and never for ever', () => {
  const pauses = [0, 0.5, 1].map((random) => pauseMs(three, { error: gone, calls: 1, harmless: true, random }));
  expect(pauses).toEqual([250, 375, 500]);
  expect(pauseMs({ attempts: 99 }, { error: gone, calls: 10, harmless: true, random: 1 })).toBe(30_000);
  expect(pauseMs({ attempts: 99 }, { error: gone, calls: 11, harmless: true, random: 1 })).toBeNull();
});

it.each([
  [null, null],
  ['12', 12],
  ['Sat, 21 Nov 2026 12:00:30 GMT', 30],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ['soon', null],
])('reads Retry-After %s as %s', (header, expected) => {
  expect(retryAfterSeconds(header, new Date('2026-11-21T12:00:00Z'))).toBe(expected);
});

it('stops waiting when it is told to', async () => {
  const control = new AbortController();
  const waiting = wait(60_000, control.signal);
  control.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(wait(60_000, control.signal)).rejects.toThrow('enough');
});

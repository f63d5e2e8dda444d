import { expect, it } from 'vitest';
import { deepEveryMs, stepDeepFault, withDeepFault } from './deep-fault.ts';

it('a fault that one deep probe saw is looked for again at once, and stands once a second has seen it', () => {
  const first = stepDeepFault(null, { code: 'sse.idle_timeout', complete: true });
  expect(first).toEqual({ code: 'sse.idle_timeout', confirmed: false });
  expect(deepEveryMs(first)).toBe(0);
  expect(withDeepFault('degraded', 'sse.idle_timeout', first)).toEqual({ verdict: 'up', cause: null });
  const second = stepDeepFault(first, { code: 'sse.idle_timeout', complete: true });
  expect(second?.confirmed).toBe(true);
  expect(deepEveryMs(second)).toBe(3_600_000);
  expect(withDeepFault('up', null, second)).toEqual({ verdict: 'degraded', cause: 'sse.idle_timeout' });
});

it('another fault begins anew; none at all ends it; a deep probe that ran out of time refutes nothing', () => {
  const stands = { code: 'a', confirmed: true };
  expect(stepDeepFault(stands, { code: 'b', complete: true })).toEqual({ code: 'b', confirmed: false });
  expect(stepDeepFault(stands, { code: null, complete: false })).toEqual(stands);
  expect(stepDeepFault(stands, { code: null, complete: true })).toBeNull();
  expect(deepEveryMs(null)).toBe(86_400_000);
});

it('hides nothing worse', () => {
  const stands = { code: 'a', confirmed: true };
  for (const verdict of ['down', 'degraded', 'gated', 'unknown'] as const)
    expect(withDeepFault(verdict, 'x', stands)).toEqual({ verdict, cause: 'x' });
});

import { expect, it } from 'vitest';
import { deepEveryMs, stepDeepFault, withDeepFault } from './deep-fault.ts';

const IDLE = { code: 'sse.idle_timeout', severity: 'degraded' } as const;

it('a fault that one deep probe saw is looked for again at once, and stands once a second has seen it', () => {
  const first = stepDeepFault(null, { fault: IDLE, complete: true });
  expect(first).toEqual({ ...IDLE, confirmed: false });
  expect(deepEveryMs(first)).toBe(0);
  expect(withDeepFault('degraded', 'sse.idle_timeout', first)).toEqual({ verdict: 'up', cause: null });
  const second = stepDeepFault(first, { fault: IDLE, complete: true });
  expect(second?.confirmed).toBe(true);
  expect(deepEveryMs(second)).toBe(3_600_000);
  expect(withDeepFault('up', null, second)).toEqual({ verdict: 'degraded', cause: 'sse.idle_timeout' });
});

it('another fault begins anew; none at all ends it; a deep probe that ran out of time refutes nothing', () => {
  const stands = { code: 'a', severity: 'degraded', confirmed: true } as const;
  expect(stepDeepFault(stands, { fault: { code: 'b', severity: 'down' }, complete: true })).toEqual({
    code: 'b',
    severity: 'down',
    confirmed: false,
  });
  expect(stepDeepFault(stands, { fault: null, complete: false })).toEqual(stands);
  expect(stepDeepFault(stands, { fault: null, complete: true })).toBeNull();
  expect(deepEveryMs(null)).toBe(86_400_000);
});

it('hides nothing worse', () => {
  const stands = { code: 'a', severity: 'degraded', confirmed: true } as const;
  for (const verdict of ['down', 'degraded', 'gated', 'unknown'] as const)
    expect(withDeepFault(verdict, 'x', stands)).toEqual({ verdict, cause: 'x' });
});

it('keeps its own severity', () => {
  const lost = { code: 'session.lost_between_requests', severity: 'down' } as const;
  expect(withDeepFault('down', lost.code, { ...lost, confirmed: false })).toEqual({ verdict: 'up', cause: null });
  expect(withDeepFault('up', null, { ...lost, confirmed: true })).toEqual({ verdict: 'down', cause: lost.code });
});

import { describe, expect, it } from 'vitest';
import { parityOf } from './parity.ts';
import type { SimulationResult } from './types.ts';

const did = (outcome: SimulationResult['outcome'], tools: string[] | null = null): SimulationResult => ({
  client: 'ts-sdk-v1',
  outcome,
  error: null,
  tools,
  ms: 1,
  requests: [],
});
const said = (verdict: 'works' | 'fails' | 'unknown') => ({ id: 'ts-sdk-v1', name: 'x', verdict, because: null });

describe('parity', () => {
  it.each([
    ['works', 'works', 'agree'],
    ['works', 'fails', 'disagree'],
    ['fails', 'fails', 'agree'],
    ['fails', 'works', 'disagree'],
    ['hangs', 'fails', 'agree'],
    ['hangs', 'works', 'disagree'],
    ['works', 'unknown', 'not_comparable'],
    ['fails', 'unknown', 'not_comparable'],
  ] as const)('a client that %s and of which we say %s: %s', (outcome, verdict, parity) => {
    expect(parityOf(did(outcome, outcome === 'works' ? ['one'] : null), said(verdict), 1)).toBe(parity);
  });

  it('a client that sees none of the tools does not work for its user', () => {
    expect(parityOf(did('works', []), said('fails'), 3)).toBe('agree');
    expect(parityOf(did('works', []), said('works'), 0)).toBe('agree');
    expect(parityOf(did('works', []), said('works'), null)).toBe('agree');
  });

  it('compares a client with itself only', () => {
    expect(() => parityOf(did('works'), { ...said('works'), id: 'cursor' }, 1)).toThrow();
  });
});

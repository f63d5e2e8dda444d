import { expectSchema, type Report } from '@rollcall/contracts';
import { describe, expect, it } from 'vitest';
import { suggestExpectations, suggestInterval } from './suggest.ts';

const report = (more: Partial<Report>): Report =>
  ({
    url: 'https://a.example/mcp',
    verdict: 'up',
    durationMs: 312,
    tools: { count: 2, hash: 'h', names: ['a', 'b'] },
    cause: null,
    findings: [],
    ...more,
  }) as Report;
const merged = (of: Report) => Object.assign({}, ...suggestExpectations(of).map(({ expect: part }) => part));

describe('suggestExpectations', () => {
  it('is what the check saw, with room', () => {
    expect(merged(report({}))).toEqual({ certificateDays: 14, minTools: 2, requiredTools: ['a', 'b'], latencyMs: 1500 });
    expect(expectSchema.safeParse(merged(report({}))).success).toBe(true);
  });
  it('never says what the check could not know', () => {
    expect(merged(report({ url: 'http://a.example/mcp', tools: null }))).toEqual({ latencyMs: 1500 });
    expect(merged(report({ tools: { count: 900, hash: 'h', names: ['a'] } }))).toMatchObject({ minTools: 900 });
    expect(merged(report({ tools: { count: 900, hash: 'h', names: ['a'] } }))).not.toHaveProperty('requiredTools');
  });
  it.each(['down', 'gated', 'unknown'] as const)('expects nothing of a server that is %s', (verdict) => {
    expect(suggestExpectations(report({ verdict }))).toEqual([]);
  });
});

describe('suggestInterval', () => {
  it.each([
    [60, {}],
    [300, { durationMs: 8000 }],
    [600, { cause: { code: 'http.rate_limited' } as Report['cause'] }],
  ])('is %d s', (seconds, more) => expect(suggestInterval(report(more))).toBe(seconds));
});

import type { Endpoint } from '@rollcall/contracts';
import { describe, expect, it } from 'vitest';
import { FormError, readSettings, toLines } from './read-settings.ts';

const endpoint = {
  name: 'Docs',
  url: 'https://docs.example.com/mcp',
  transport: 'auto',
  era: 'auto',
  intervalSeconds: 60,
  timeoutMs: 30_000,
  regions: ['default'],
  headers: { 'X-Key': '[redacted]' },
  auth: { type: 'bearer' },
  expect: {
    certificateDays: 14,
    call: { tool: 'forecast', arguments: { city: 'Oslo' }, assert: [{ path: '/structuredContent/celsius', min: -60, max: 60 }] },
  },
  policy: { quorum: 2, overrides: [{ code: 'tls.expiring', severity: 'mute', reason: 'by hand' }] },
  tags: ['prod'],
} as unknown as Endpoint;

/** The form as it stands before anybody touches it, with some fields filled in otherwise. */
function filled(more: Record<string, string> = {}): FormData {
  const form = new FormData();
  const fields = {
    name: 'Docs',
    url: endpoint.url,
    transport: 'auto',
    era: 'auto',
    intervalSeconds: '60',
    timeoutSeconds: '30',
    regions: 'default',
    tags: 'prod',
    authType: 'keep',
    certificateDays: '14',
    callTool: 'forecast',
    callArguments: '{"city":"Oslo"}',
    quorum: '2',
    ...more,
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
const state = { assertions: toLines(endpoint.expect.call?.assert ?? []), overrides: endpoint.policy.overrides ?? [] };

describe('readSettings', () => {
  it('sends nothing when nothing was changed', () => {
    expect(readSettings(filled(), endpoint, state)).toEqual({});
  });

  it('sends only what was changed, and an object whole', () => {
    expect(readSettings(filled({ name: 'Manual', confirmations: '0' }), endpoint, state)).toEqual({
      name: 'Manual',
      policy: { confirmations: 0, ...endpoint.policy },
    });
  });

  it('an emptied field takes the expectation away', () => {
    expect(readSettings(filled({ certificateDays: '', callTool: '' }), endpoint, state)).toEqual({ expect: {} });
  });

  it('reads a value as a number, a truth or a text, as it stands', () => {
    const assertions = (['42', '"42"', 'true', 'null', 'sunny'] as const).map((value) => ({
      path: '/a',
      operator: 'equals' as const,
      value,
    }));
    const read = readSettings(filled(), endpoint, { ...state, assertions });
    expect(read.expect?.call?.assert.map(({ equals }) => equals)).toEqual([42, '42', true, null, 'sunny']);
    expect(toLines(read.expect?.call?.assert ?? [])).toEqual(assertions);
  });

  it('sends headers only when they are to be replaced', () => {
    const form = filled({ headersReplace: 'on', headers: 'X-Key: a:b\n\nX-Other:c' });
    expect(readSettings(form, endpoint, state)).toEqual({ headers: { 'X-Key': 'a:b', 'X-Other': 'c' } });
    expect(readSettings(filled({ headersReplace: 'on', headers: '' }), endpoint, state)).toEqual({ headers: {} });
  });

  it.each([
    ['expect/call/arguments', { callArguments: '[1]' }],
    ['expect/call/arguments', { callArguments: '{' }],
    ['headers', { headersReplace: 'on', headers: 'no colon' }],
  ])('names %s when it cannot be sent', (pointer, fields) => {
    expect(() => readSettings(filled(fields), endpoint, state)).toThrowError(FormError);
    try {
      readSettings(filled(fields), endpoint, state);
    } catch (error) {
      expect((error as FormError).pointer).toBe(pointer);
    }
  });
});

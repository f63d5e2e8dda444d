import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges, pickChallenge } from './challenge.ts';

const read = (value: string) => parseChallenges(value).map(({ scheme, params }) => [scheme, Object.fromEntries(params)]);

describe('WWW-Authenticate', () => {
  it.each<[string, unknown]>([
    ['Bearer', [['bearer', {}]]],
    ['Bearer realm="a", error="invalid_token"', [['bearer', { realm: 'a', error: 'invalid_token' }]]],
    ['BEARER Realm = "a, b"', [['bearer', { realm: 'a, b' }]]],
    ['Bearer error_description="say \\"please\\" \\\\"', [['bearer', { error_description: 'say "please" \\' }]]],
    [
      'Basic realm="x", Bearer scope="a b", resource_metadata="https://h/p"',
      [
        ['basic', { realm: 'x' }],
        ['bearer', { scope: 'a b', resource_metadata: 'https://h/p' }],
      ],
    ],
    [
      'Negotiate YIIabc==, Bearer',
      [
        ['negotiate', {}],
        ['bearer', {}],
      ],
    ],
    [
      'Negotiate, Bearer a=1',
      [
        ['negotiate', {}],
        ['bearer', { a: '1' }],
      ],
    ],
    ['Bearer resource_metadata=https://h/a?b=c, scope=x', [['bearer', { resource_metadata: 'https://h/a?b=c', scope: 'x' }]]],
    ['Bearer a="1", a="2"', [['bearer', { a: '1' }]]],
    [', , Bearer ,, a="1" ,', [['bearer', { a: '1' }]]],
    ['', []],
  ])('%s', (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it('of several challenges the Bearer that names the metadata is taken', () => {
    const picked = pickChallenge(parseChallenges('Basic realm="x", Bearer realm="y", Bearer resource_metadata="https://h/"'));
    expect(picked?.params.get('resource_metadata')).toBe('https://h/');
    expect(pickChallenge(parseChallenges('Basic realm="x"'))?.scheme).toBe('basic');
    expect(pickChallenge([])).toBeNull();
  });

  it('any text at all is read to its end, and soon', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseChallenges(text).length >= 0));
    const from = performance.now();
    for (const text of ['"'.repeat(1e6), 'a='.repeat(1e6), 'Bearer a="\\'.repeat(1e5), ', '.repeat(1e6)]) parseChallenges(text);
    expect(performance.now() - from).toBeLessThan(1000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assertion, assertResult, valueAt } from './assert-result.ts';
import type { Json } from './observation.ts';

const RESULT: Json = {
  content: [{ type: 'text', text: 'It is 12 °C in Oslo.' }],
  structuredContent: { celsius: 12, tags: ['cold', 'dry'], 'a/b': { '~': null }, constructor: true },
};
const failed = (assertion: Assertion) => assertResult(RESULT, assertion).failed;

describe('an assertion', () => {
  it.each<[Assertion, string[]]>([
    [{ path: '/content/0/text', contains: 'Oslo' }, []],
    [{ path: '/content/0/text', contains: 'Bergen' }, ['contains']],
    [{ path: '/content/0/text', equals: 'It is 12 °C in Oslo.' }, []],
    [{ path: '/content/0/type', equals: 'TEXT' }, ['equals']],
    [{ path: '/structuredContent/celsius', min: -60, max: 60 }, []],
    [{ path: '/structuredContent/celsius', min: 13, max: 11 }, ['min', 'max']],
    [{ path: '/structuredContent/celsius', equals: 12 }, []],
    // A text that looks like the number is another value.
    [{ path: '/structuredContent/celsius', equals: '12' }, ['equals']],
    [{ path: '/structuredContent/tags', contains: 'dry' }, []],
    [{ path: '/structuredContent/tags', contains: 'wet' }, ['contains']],
    [{ path: '/structuredContent/a~1b/~0', equals: null }, []],
    [{ path: '/structuredContent/constructor', equals: true }, []],
    [{ path: '/structuredContent/toString', equals: null }, ['equals']],
    [{ path: '/content/01', contains: 'x' }, ['contains']],
    [{ path: '/nowhere', max: 3 }, ['max']],
    [{ path: '/content/0/text', min: 1 }, ['min']],
  ])('%j fails in %j', (assertion, expected) => {
    expect(failed(assertion)).toEqual(expected);
  });

  it('takes any pattern for the text that it is, at once', () => {
    const from = performance.now();
    const text = 'a'.repeat(200_000);
    expect(assertResult({ text }, { path: '/text', contains: '(a+)+$' }).failed).toEqual(['contains']);
    expect(performance.now() - from).toBeLessThan(1000);
  });

  it('shows a bounded value and never throws, whatever stands there', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.string(), fc.constantFrom('equals', 'contains', 'min', 'max'), (result, path, kind) => {
        const fact = assertResult(result as Json, { path: path === '' ? '' : `/${path}`, [kind]: 1 });
        expect(fact.value.length).toBeLessThan(300);
        expect(fact.found).toBe(valueAt(result as Json, fact.path) !== undefined);
      }),
    );
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of the file.
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { escapeVariables } from './export.ts';
import { parseYaml } from './yaml-file.ts';

const read = (text: string, env: Record<string, string> = {}, keepUnset = false) => parseYaml('f.yaml', text, { env, keepUnset });

describe('parseYaml', () => {
  it('fills in variables in values only, with a fallback, an escape and no second round', () => {
    const text = 'a: ${X}/${Y:-other}\n${X}: $${X}\nlist: ["${NESTED}"]\nn: 5\n';
    expect(read(text, { X: 'one', NESTED: '${X}' }).value).toEqual({ a: 'one/other', '${X}': '${X}', list: ['${X}'], n: 5 });
  });

  it('names the variable that is not set and its line, all of them', () => {
    expect(() => read('a: 1\nb:\n  c: "${ONE}"\nd: ${TWO}\ne: ${not a name}\n')).toThrow(
      /f\.yaml:3:6: the variable ONE is not set\n.*f\.yaml:4:4: the variable TWO is not set\n.*f\.yaml:5:4: "\$\{not a name\}" names no variable/s,
    );
  });

  it('keeps a placeholder that is not set when it is asked to, and only where it is the whole value', () => {
    expect(read('a: ${ONE}', {}, true).value).toEqual({ a: '${ONE}' });
    expect(() => read('a: x${ONE}', {}, true)).toThrow(/ONE is not set/);
  });

  it('knows where everything stands, in YAML and in JSON', () => {
    const file = read('version: 1\nendpoints:\n  search:\n    url: x\n    tags: [a, b]\n');
    expect(file.locate(['endpoints', 'search', 'url'])).toBe('4:5');
    expect(file.locate(['endpoints', 'search', 'tags', 1])).toBe('5:15');
    expect(file.locate(['endpoints', 'search', 'absent'])).toBe('3:3');
    expect(read('{\n  "a": {\n    "b": 1 } }').locate(['a', 'b'])).toBe('3:5');
  });

  it.each([
    ['a syntax error', 'a: [1,\nb: 2', /f\.yaml:2:\d/],
    ['a member that stands twice', 'a: 1\na: 2', /f\.yaml:2:1.*unique/],
    ['two documents', 'a: 1\n---\nb: 2', /f\.yaml:2:1.*multiple documents/],
    ['a tag that would make something else', 'a: !!js/function "x"', /f\.yaml:1:4/],
    ['a member that reaches the prototype', 'a:\n  __proto__: {x: 1}', /f\.yaml:2:3.*__proto__/],
    ['an alias to nothing', 'a: *b', /f\.yaml:1:1: Unresolved alias/],
    ['100,000 levels', '['.repeat(100_000), /nested more than 100 deep/],
    ['100,000 levels that end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /nested more than 100 deep/],
    ['100,000 levels of a list', `${'- '.repeat(100_000)}x`, /nested more than 100 deep/],
    ['2,000 levels of members', Array.from({ length: 2000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'), /nested more than 100 deep/],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[n]}`).join(',')}]`)
        .join('\n')}`,
      /aliases multiply/,
    ],
  ])('refuses %s, saying where, at once', (_what, text, message) => {
    const since = performance.now();
    expect(() => read(text)).toThrow(message);
    expect(performance.now() - since).toBeLessThan(5000);
  });

  it('reads back what the export writes, whatever looks like a variable in it', () => {
    const config = {
      endpoints: {
        'a ${X}': {
          url: 'https://a.example/${X}',
          name: '$${Y}',
          headers: { A: '${SECRET}' },
          auth: { type: 'bearer', token: '${TOKEN}' },
        },
      },
      channels: { c: { type: 'email', config: { to: '${WHOLE}', other: 'a${B}' } } },
    };
    const text = stringify(escapeVariables(config, []));
    expect(parse(text).endpoints['a ${X}'].headers.A).toBe('${SECRET}');
    const env = { SECRET: 's', TOKEN: 't', WHOLE: 'w' };
    expect(read(text, env).value).toEqual({
      endpoints: { 'a ${X}': { url: 'https://a.example/${X}', name: '$${Y}', headers: { A: 's' }, auth: { type: 'bearer', token: 't' } } },
      channels: { c: { type: 'email', config: { to: 'w', other: 'a${B}' } } },
    });
  });
});

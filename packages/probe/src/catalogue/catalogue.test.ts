import { describe, expect, test } from 'vitest';
import { type CatalogueEntry, catalogue, docsPath } from './index.ts';

const all: readonly [string, CatalogueEntry][] = Object.entries(catalogue);

describe('the catalogue of causes', () => {
  test('every key is the code of its entry', () => {
    expect(all.filter(([key, entry]) => key !== entry.code)).toEqual([]);
  });

  test('every code is lower-case words joined by a dot and underscores, so that it can be a file name', () => {
    expect(all.filter(([key]) => !/^[a-z0-9_]+\.[a-z0-9_]+$/.test(key))).toEqual([]);
  });

  test('every title fits a line: at most 90 characters, no full stop', () => {
    expect(all.map(([, { title }]) => title).filter((title) => title.length === 0 || title.length > 90 || title.endsWith('.'))).toEqual([]);
  });

  test('every explanation is one or more whole sentences', () => {
    expect(all.map(([, { explanation }]) => explanation).filter((text) => !/^\S.*\.$/.test(text))).toEqual([]);
  });

  test('every reference is an https address without credentials, named once', () => {
    for (const [code, { references }] of all) {
      expect(new Set(references).size, code).toBe(references.length);
      for (const reference of references) {
        expect(URL.canParse(reference), `${code}: ${reference}`).toBe(true);
        expect(new URL(reference), code).toMatchObject({ protocol: 'https:', username: '', password: '' });
      }
    }
  });

  test('every fix names its product and says in words what to do', () => {
    for (const [code, { fixes }] of all) {
      for (const fix of fixes) {
        expect(fix.for, code).toMatch(/^[a-z][a-z0-9-]*$/);
        expect(fix.text, code).toMatch(/\S/);
        if ('snippet' in fix) expect(fix.snippet, code).toMatch(/\S/);
      }
    }
  });

  test('HTTP/2 is no cause: buffering is', () => {
    expect(Object.keys(catalogue)).not.toContain('http2.sse');
    expect(Object.keys(catalogue)).toEqual(expect.arrayContaining(['sse.buffered', 'sse.idle_timeout']));
  });

  test('a cause is explained under its own code', () => {
    expect(docsPath('redirect.method_lost')).toBe('/docs/causes/redirect.method_lost');
  });
});

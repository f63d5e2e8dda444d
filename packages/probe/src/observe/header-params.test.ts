import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../observation.ts';
import { headerParamProblems } from './header-params.ts';

function pointers(schema: JsonObject): string[] {
  const found: string[] = [];
  headerParamProblems(schema, (_problem, pointer) => found.push(pointer));
  return found;
}
const param = (type: string, name: unknown): JsonObject => ({ type, 'x-mcp-header': name as string });

describe('x-mcp-header', () => {
  it.each<[string, JsonObject, string[]]>([
    ['a string', { properties: { a: param('string', 'Region') } }, []],
    ['an integer and a boolean', { properties: { a: param('integer', 'A'), b: param('boolean', 'B') } }, []],
    ['a parameter in a parameter', { properties: { a: { type: 'object', properties: { b: param('string', 'B') } } } }, []],
    ['every character of a token', { properties: { a: param('string', "!#$%&'*+-.^_`|~09Az") } }, []],
    ['a blank', { properties: { a: param('string', 'Target Region') } }, ['/inputSchema/properties/a/x-mcp-header']],
    ['nothing', { properties: { a: param('string', '') } }, ['/inputSchema/properties/a/x-mcp-header']],
    ['null', { properties: { a: param('string', null) } }, ['/inputSchema/properties/a/x-mcp-header']],
    ['a number', { properties: { a: param('number', 'A') } }, ['/inputSchema/properties/a/x-mcp-header']],
    ['an object', { properties: { a: param('object', 'A') } }, ['/inputSchema/properties/a/x-mcp-header']],
    ['no type', { properties: { a: { 'x-mcp-header': 'A' } } }, ['/inputSchema/properties/a/x-mcp-header']],
    [
      'the same name twice',
      { properties: { a: param('string', 'Id'), b: param('string', 'ID') } },
      ['/inputSchema/properties/b/x-mcp-header'],
    ],
    ['the root', { 'x-mcp-header': 'A', type: 'string' }, ['/inputSchema/x-mcp-header']],
    ['items', { properties: { a: { items: param('string', 'A') } } }, ['/inputSchema/properties/a/items/x-mcp-header']],
    ['a branch', { anyOf: [{ properties: { a: param('string', 'A') } }] }, ['/inputSchema/anyOf/0/properties/a/x-mcp-header']],
    ['a definition', { $defs: { 'a/b': param('string', 'A') } }, ['/inputSchema/$defs/a~1b/x-mcp-header']],
    ['a property of that name', { properties: { 'x-mcp-header': { type: 'string' } } }, []],
  ])('on or as %s', (_what, schema, expected) => {
    expect(pointers(schema)).toEqual(expected);
  });
});

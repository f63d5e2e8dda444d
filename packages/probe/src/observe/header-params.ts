import type { Json, JsonObject } from '../observation.ts';
import { isObject } from './json.ts';
import type { AddProblem } from './shape.ts';

const KEY = 'x-mcp-header';
const MAX_SCHEMA_NODES = 2000;
/** RFC 9110 §5.6.2 token. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const TYPES = new Set<unknown>(['string', 'integer', 'boolean']);
/** Where a schema may hold schemas by name, and what of that is a parameter. */
const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'] as const;
const BRANCHES = [
  ...['items', 'prefixItems', 'contains', 'additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'propertyNames'],
  ...['oneOf', 'anyOf', 'allOf', 'not', 'if', 'then', 'else'],
] as const;

export const HEADER_PARAM_PROBLEMS = ['x_mcp_header_place', 'x_mcp_header_name', 'x_mcp_header_type', 'x_mcp_header_twice'] as const;
type HeaderParamProblem = (typeof HEADER_PARAM_PROBLEMS)[number];

interface Place {
  readonly node: Json;
  readonly at: string;
  /** A parameter whose value a client can find: reached by `properties` alone. */
  readonly parameter: boolean;
}

/**
 * `x-mcp-header` where and as it must not stand (2026-07-28 streamable-http, "Schema Extension"): on a parameter of type string, integer
 * or boolean, with a header name that no other parameter of the tool has. Clients leave the tool out otherwise.
 */
export function headerParamProblems(inputSchema: JsonObject, add: AddProblem): void {
  const names = new Set<string>();
  const queue: Place[] = [{ node: inputSchema, at: '/inputSchema', parameter: false }];
  for (let i = 0; i < queue.length && i < MAX_SCHEMA_NODES; i += 1) {
    const place = queue[i] as Place;
    if (!isObject(place.node)) continue;
    const { node, at } = place;
    const problem = Object.hasOwn(node, KEY) ? faultOf(node, place.parameter, names) : null;
    if (problem !== null) add(problem, `${at}/${KEY}`, problem === 'x_mcp_header_type' ? node['type'] : node[KEY]);
    for (const key of MAPS) {
      const map = node[key];
      if (!isObject(map)) continue;
      const parameter = key === 'properties' && (place.parameter || i === 0);
      for (const [name, child] of Object.entries(map)) queue.push({ node: child, at: `${at}/${key}/${escaped(name)}`, parameter });
    }
    for (const key of BRANCHES) {
      const branch = node[key];
      if (branch === undefined) continue;
      const children = Array.isArray(branch) ? branch : [branch];
      for (const [n, child] of children.entries())
        queue.push({ node: child, at: Array.isArray(branch) ? `${at}/${key}/${n}` : `${at}/${key}`, parameter: false });
    }
  }
}

function faultOf(node: JsonObject, parameter: boolean, names: Set<string>): HeaderParamProblem | null {
  const name = node[KEY];
  if (!parameter) return 'x_mcp_header_place';
  if (typeof name !== 'string' || !TOKEN.test(name)) return 'x_mcp_header_name';
  if (!TYPES.has(node['type'])) return 'x_mcp_header_type';
  const lower = name.toLowerCase();
  if (names.has(lower)) return 'x_mcp_header_twice';
  names.add(lower);
  return null;
}

function escaped(name: string): string {
  return name.slice(0, 80).replace(/~/g, '~0').replace(/\//g, '~1');
}

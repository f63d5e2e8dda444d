import type { Json, JsonObject, Problem } from '../observation.ts';
import { headerParamProblems } from './header-params.ts';
import { isObject, show } from './json.ts';
import { type AddProblem, checkIcons, checkOptional } from './shape.ts';

const MAX_PROBLEMS = 20;
const MAX_SCHEMA_NODES = 2000;
const MAX_TEXT = 100_000;
const NAME = /^[A-Za-z0-9_.-]{1,128}$/;
/** What the model APIs accept as a property name; a tool with another one is refused with the whole prompt. */
const PROPERTY = /^[a-zA-Z0-9_.-]{1,64}$/;
const DIALECT_2020_12 = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;
const ANNOTATIONS = {
  title: 'string',
  readOnlyHint: 'boolean',
  destructiveHint: 'boolean',
  idempotentHint: 'boolean',
  openWorldHint: 'boolean',
} as const;
const JSON_TYPES = new Set<unknown>(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);
const HIDDEN_TEXT = /[\u{E0000}-\u{E007F}\u202A-\u202E\u2066-\u2069\u200B\u2060]/u;
const PERSUASION =
  /<\s*(important|system|secret)\s*>|ignore (all|any|previous) (previous )?instructions|do not (tell|mention|inform) the user/i;

/** What shipping clients, strict ones and model APIs hold against a tool. The names of the problems are the observation's vocabulary. */
export function toolProblems(tool: Json): Problem[] {
  const problems: Problem[] = [];
  const add = (problem: string, pointer: string, value: Json | undefined): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ problem, pointer, value: show(value) });
  };
  if (!isObject(tool)) {
    add('not_object', '', tool);
    return problems;
  }
  nameProblems(tool['name'], add);
  memberProblems(tool, add);
  const schemaText = textOf(tool['inputSchema']);
  inputSchemaProblems(tool['inputSchema'], schemaText, Object.hasOwn(tool, 'inputSchema'), add);
  outputSchemaProblems(tool, add);
  textProblems('title', textOf(tool['title']), add);
  textProblems('description', textOf(tool['description']), add);
  textProblems('inputSchema', schemaText, add);
  return problems;
}

function nameProblems(name: Json | undefined, add: AddProblem): void {
  if (name === undefined) add('name_missing', '/name', name);
  else if (typeof name !== 'string') add('name_not_string', '/name', name);
  else if (!NAME.test(name)) add('name_invalid', '/name', name);
  else if (name.length > 64) add('name_long', '/name', name);
}

function memberProblems(tool: JsonObject, add: AddProblem): void {
  checkOptional(tool, { title: 'string', description: 'string', annotations: 'object', _meta: 'object', execution: 'object' }, '', add);
  checkIcons(tool, '', add);
  const annotations = tool['annotations'];
  if (!isObject(annotations)) return;
  checkOptional(annotations, ANNOTATIONS, '/annotations', add);
  if (annotations['destructiveHint'] === true) add('destructive', '/annotations/destructiveHint', true);
}

/** `text`: the schema as JSON, so that a walk can be spared which would find nothing. */
function inputSchemaProblems(schema: Json | undefined, text: string, present: boolean, add: AddProblem): void {
  if (!present) {
    add('input_schema_missing', '/inputSchema', undefined);
    return;
  }
  if (!isObject(schema)) {
    add(schema === null ? 'null_member' : 'input_schema_not_object', '/inputSchema', schema);
    return;
  }
  if (schema['type'] !== 'object') add('input_schema_type', '/inputSchema/type', schema['type']);
  const { properties, required } = schema;
  if (properties === null) add('null_member', '/inputSchema/properties', null);
  else if (properties !== undefined && !isObject(properties)) add('wrong_type', '/inputSchema/properties', properties);
  if (required === null) add('null_member', '/inputSchema/required', null);
  else if (required !== undefined && !isNames(required)) add('wrong_type', '/inputSchema/required', required);
  for (const key of ['oneOf', 'anyOf', 'allOf'] as const)
    if (Object.hasOwn(schema, key)) add('root_combinator', `/inputSchema/${key}`, key);
  if (isObject(properties)) {
    for (const [name, value] of Object.entries(properties).slice(0, 500)) {
      if (PROPERTY.test(name) && isObject(value)) continue;
      const pointer = `/inputSchema/properties/${escapePointer(name)}`;
      if (!PROPERTY.test(name)) add('property_name', pointer, name);
      if (value === null) add('null_member', pointer, null);
      else if (typeof value === 'boolean') add('property_boolean', pointer, value);
      else if (!isObject(value)) add('wrong_type', pointer, value);
    }
  }
  if (text.includes('x-mcp-header')) headerParamProblems(schema, add);
  if (text.includes('"array"') || text.includes('"$ref"')) walkSchema(schema, '/inputSchema', add);
}

function isNames(value: Json): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function outputSchemaProblems(tool: JsonObject, add: AddProblem): void {
  if (!Object.hasOwn(tool, 'outputSchema')) return;
  const schema = tool['outputSchema'];
  if (!isObject(schema)) {
    add(schema === null ? 'null_member' : 'wrong_type', '/outputSchema', schema);
    return;
  }
  if (schema['type'] !== 'object') add('output_schema_type', '/outputSchema/type', schema['type']);
  const { properties, required } = schema;
  if (properties !== undefined && !isObject(properties)) add('output_schema_member', '/outputSchema/properties', properties);
  if (required !== undefined && !isNames(required)) add('output_schema_member', '/outputSchema/required', required);
  const dialect = schema['$schema'];
  if (typeof dialect === 'string' && !DIALECT_2020_12.test(dialect)) add('dialect', '/outputSchema/$schema', dialect);
  walkSchema(schema, '/outputSchema', add);
  uncompilable(schema, add);
}

/** What keeps a validator from being built for an output schema: types that JSON has not, references that lead nowhere. */
function uncompilable(root: JsonObject, add: AddProblem): void {
  const queue: { node: Json; at: string }[] = [{ node: root, at: '/outputSchema' }];
  for (let i = 0; i < queue.length && i < MAX_SCHEMA_NODES; i += 1) {
    const { node, at } = queue[i] as { node: Json; at: string };
    if (!isObject(node)) continue;
    const types = Array.isArray(node['type']) ? node['type'] : node['type'] === undefined ? [] : [node['type']];
    if (!types.every((type) => JSON_TYPES.has(type))) add('output_schema_broken', `${at}/type`, node['type']);
    const ref = node['$ref'];
    if (typeof ref === 'string' && ref.startsWith('#/') && !resolves(root, ref)) add('output_schema_broken', `${at}/$ref`, ref);
    for (const { key, child } of subschemas(node)) queue.push({ node: child, at: `${at}/${key}` });
  }
}

const SCHEMA_MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'] as const;
const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const SCHEMAS = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'] as const;

/** The schemas directly inside a schema: what stands under `enum`, `default` or a property named `type` is none. */
function subschemas(node: JsonObject): { key: string; child: Json }[] {
  const found: { key: string; child: Json }[] = [];
  for (const key of SCHEMAS) {
    const child = node[key];
    if (child !== undefined) found.push({ key, child });
  }
  for (const key of SCHEMA_LISTS) {
    const list = node[key];
    if (Array.isArray(list)) for (const [index, child] of list.entries()) found.push({ key: `${key}/${index}`, child });
  }
  for (const key of SCHEMA_MAPS) {
    const map = node[key];
    if (isObject(map)) for (const [name, child] of Object.entries(map)) found.push({ key: `${key}/${escapePointer(name)}`, child });
  }
  return found;
}

function escapePointer(name: string): string {
  return name.slice(0, 80).replace(/~/g, '~0').replace(/\//g, '~1');
}

/** A JSON pointer as a URI fragment (RFC 6901 §6); references by anchor or id are left alone. */
function resolves(root: JsonObject, ref: string): boolean {
  let at: Json | undefined = root;
  for (const part of ref.slice(2).split('/')) {
    let name: string;
    try {
      name = decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~');
    } catch {
      return false;
    }
    if (Array.isArray(at)) at = at[Number(name)];
    else if (isObject(at)) at = Object.hasOwn(at, name) ? at[name] : undefined;
    else return false;
    if (at === undefined) return false;
  }
  return true;
}

/** Array schemas without items and references out of the document, anywhere in the schema; bounded, without recursion. */
function walkSchema(root: JsonObject, pointer: string, add: AddProblem): void {
  const queue: { node: Json; at: string }[] = [{ node: root, at: pointer }];
  for (let i = 0; i < queue.length && i < MAX_SCHEMA_NODES; i += 1) {
    const current = queue[i];
    if (current === undefined) return;
    const { node, at } = current;
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) queue.push({ node: item, at: `${at}/${index}` });
      continue;
    }
    if (!isObject(node)) continue;
    if (node['type'] === 'array' && !Object.hasOwn(node, 'items') && !Object.hasOwn(node, 'prefixItems'))
      add('array_without_items', at, undefined);
    const ref = node['$ref'];
    if (typeof ref === 'string' && /^[a-z][a-z0-9+.-]*:/i.test(ref)) add('external_ref', `${at}/$ref`, ref);
    for (const [key, value] of Object.entries(node)) {
      if (key === 'enum' || key === 'const' || key === 'default' || key === 'examples') continue;
      if (typeof value === 'object' && value !== null) queue.push({ node: value, at: `${at}/${escapePointer(key)}` });
    }
  }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function textProblems(member: string, whole: string, add: AddProblem): void {
  const text = whole.slice(0, MAX_TEXT);
  const hidden = text.search(HIDDEN_TEXT);
  if (hidden !== -1) add('hidden_text', `/${member}`, codePoints(text.slice(hidden)));
  const persuasion = PERSUASION.exec(text);
  if (persuasion !== null) add('persuasive_text', `/${member}`, text.slice(persuasion.index, persuasion.index + 80));
}

/** What cannot be seen, in the notation that can. */
function codePoints(text: string): string {
  const hidden = [...text.slice(0, 200)].filter((letter) => HIDDEN_TEXT.test(letter)).slice(0, 12);
  return hidden.map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
}

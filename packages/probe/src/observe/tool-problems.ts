import type { Json, JsonObject, Problem } from '../observation.ts';
import { isObject, show } from './json.ts';

const MAX_PROBLEMS = 20;
const MAX_SCHEMA_NODES = 2000;
const NAME = /^[A-Za-z0-9_.-]{1,128}$/;
/** What the model APIs accept as a property name; a tool with another one is refused with the whole prompt. */
const PROPERTY = /^[a-zA-Z0-9_.-]{1,64}$/;
const DIALECT_2020_12 = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;
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
  inputSchemaProblems(tool['inputSchema'], Object.hasOwn(tool, 'inputSchema'), add);
  outputSchemaProblems(tool, add);
  textProblems(tool, add);
  return problems;
}

type Add = (problem: string, pointer: string, value: Json | undefined) => void;

function nameProblems(name: Json | undefined, add: Add): void {
  if (name === undefined) add('name_missing', '/name', name);
  else if (typeof name !== 'string') add('name_not_string', '/name', name);
  else if (!NAME.test(name)) add('name_invalid', '/name', name);
  else if (name.length > 64) add('name_long', '/name', name);
}

function memberProblems(tool: JsonObject, add: Add): void {
  for (const key of ['title', 'description'] as const) {
    if (!Object.hasOwn(tool, key)) continue;
    if (tool[key] === null) add('null_member', `/${key}`, null);
    else if (typeof tool[key] !== 'string') add('wrong_type', `/${key}`, tool[key]);
  }
  for (const key of ['annotations', '_meta', 'execution'] as const) {
    if (!Object.hasOwn(tool, key)) continue;
    if (tool[key] === null) add('null_member', `/${key}`, null);
    else if (!isObject(tool[key])) add('wrong_type', `/${key}`, tool[key]);
  }
  if (Object.hasOwn(tool, 'icons')) {
    if (tool['icons'] === null) add('null_member', '/icons', null);
    else if (!Array.isArray(tool['icons'])) add('wrong_type', '/icons', tool['icons']);
  }
  const annotations = tool['annotations'];
  if (!isObject(annotations)) return;
  for (const hint of ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const) {
    if (!Object.hasOwn(annotations, hint)) continue;
    if (annotations[hint] === null) add('null_member', `/annotations/${hint}`, null);
    else if (typeof annotations[hint] !== 'boolean') add('wrong_type', `/annotations/${hint}`, annotations[hint]);
  }
  if (annotations['destructiveHint'] === true) add('destructive', '/annotations/destructiveHint', true);
}

function inputSchemaProblems(schema: Json | undefined, present: boolean, add: Add): void {
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
  else if (required !== undefined && !(Array.isArray(required) && required.every((r) => typeof r === 'string'))) {
    add('wrong_type', '/inputSchema/required', required);
  }
  for (const key of ['oneOf', 'anyOf', 'allOf'] as const)
    if (Object.hasOwn(schema, key)) add('root_combinator', `/inputSchema/${key}`, key);
  if (isObject(properties)) {
    for (const [name, value] of Object.entries(properties).slice(0, 500)) {
      const pointer = `/inputSchema/properties/${name.slice(0, 80).replace(/~/g, '~0').replace(/\//g, '~1')}`;
      if (!PROPERTY.test(name)) add('property_name', pointer, name);
      if (value === null) add('null_member', pointer, null);
      if (isObject(value) && isObject(value['x-mcp-header'] ?? null)) add('x_mcp_header', `${pointer}/x-mcp-header`, value['x-mcp-header']);
      if (isObject(value) && typeof value['x-mcp-header'] === 'string' && !/^[A-Za-z0-9-]{1,64}$/.test(value['x-mcp-header'])) {
        add('x_mcp_header', `${pointer}/x-mcp-header`, value['x-mcp-header']);
      }
    }
  }
  walkSchema(schema, '/inputSchema', add);
}

function outputSchemaProblems(tool: JsonObject, add: Add): void {
  if (!Object.hasOwn(tool, 'outputSchema')) return;
  const schema = tool['outputSchema'];
  if (!isObject(schema)) {
    add(schema === null ? 'null_member' : 'wrong_type', '/outputSchema', schema);
    return;
  }
  if (schema['type'] !== 'object') add('output_schema_type', '/outputSchema/type', schema['type']);
  const dialect = schema['$schema'];
  if (typeof dialect === 'string' && !DIALECT_2020_12.test(dialect)) add('dialect', '/outputSchema/$schema', dialect);
  walkSchema(schema, '/outputSchema', add);
}

/** Array schemas without items and references out of the document, anywhere in the schema; bounded, without recursion. */
function walkSchema(root: JsonObject, pointer: string, add: Add): void {
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
      if (typeof value === 'object' && value !== null)
        queue.push({ node: value, at: `${at}/${key.slice(0, 80).replace(/~/g, '~0').replace(/\//g, '~1')}` });
    }
  }
}

function textProblems(tool: JsonObject, add: Add): void {
  const text = JSON.stringify([tool['title'] ?? '', tool['description'] ?? '', tool['inputSchema'] ?? '']).slice(0, 100_000);
  if (HIDDEN_TEXT.test(text)) add('hidden_text', '/description', 'invisible or direction-changing characters');
  if (PERSUASION.test(text)) add('persuasive_text', '/description', PERSUASION.exec(text)?.[0] ?? '');
}

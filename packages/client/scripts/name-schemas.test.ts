import { expect, it } from 'vitest';
import { type JsonObject, nameSchemas, spellRecords } from './name-schemas.ts';
import { printContract } from './print-contract.ts';

const state = {
  type: 'object',
  properties: { status: { type: 'string', enum: ['up', 'down'] }, note: { type: 'string', default: '' } },
  required: ['status'],
};
const thing = {
  type: 'object',
  properties: { id: { type: 'string' }, state: { anyOf: [state, { type: 'null' }] } },
  required: ['id', 'state'],
};
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const page = { type: 'object', properties: { data: { type: 'array', items: thing } }, required: ['data'] };
const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/api/v1/things': { get: { responses: { 200: json(page) } }, post: { requestBody: json(state), responses: { 201: json(thing) } } },
    '/elsewhere': { get: { responses: { 200: json(thing) } } },
  },
  components: { schemas: { Problem: { type: 'object' } } },
};
const at = (operation: string, of: 'answer' | 'body', ...way: string[]) => ({ operation, of, way });
const things = { operation: 'GET /api/v1/things', of: 'answer' as const };
const NAMES = { Thing: { ...things, way: ['data', '[]'] }, State: { ...things, way: ['data', '[]', 'state'] } };

it('says a named schema once, wherever it stands, and one within another as well', () => {
  const named = JSON.parse(JSON.stringify(nameSchemas(document, NAMES)));
  expect(named.paths['/api/v1/things'].get.responses['200'].content['application/json'].schema.properties.data.items).toEqual({
    $ref: '#/components/schemas/Thing',
  });
  expect(named.paths['/api/v1/things'].post.requestBody.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/State' });
  expect(named.components.schemas.Thing.properties.state.anyOf[0]).toEqual({ $ref: '#/components/schemas/State' });
  expect(Object.keys(named.components.schemas)).toEqual(['Problem', 'Thing', 'State']);
});

it('refuses a name for what the contract does not have, and two for one thing', () => {
  const gone = { Thing: at('GET /api/v1/things', 'answer', 'data', '[]', 'owner') };
  expect(() => nameSchemas(document, gone)).toThrow('no answer /data/[]/owner at GET /api/v1/things: mend the name Thing');
  const twice = { ...NAMES, Other: at('POST /api/v1/things', 'answer') };
  expect(() => nameSchemas(document, twice)).toThrow('Other is the same as Thing');
});

it('spells out a record whose keys are known, and leaves others as they are', () => {
  const count = { type: 'integer' };
  const record = { type: 'object', propertyNames: { type: 'string', enum: ['up', 'down'] }, additionalProperties: count, required: ['up'] };
  expect(spellRecords({ counts: [record] })).toEqual({
    counts: [{ type: 'object', properties: { up: count, down: count }, required: ['up'] }],
  });
  const open = { type: 'object', propertyNames: { type: 'string' }, additionalProperties: count };
  expect(spellRecords(open)).toEqual(open);
});

it('prints paths without their prefix, nothing that is not of the API, and a member with a default as one that may be left out', async () => {
  const short = (place: (typeof NAMES)['Thing']) => ({ ...place, operation: 'GET /things' });
  const text = await printContract(document, { Thing: short(NAMES.Thing), State: short(NAMES.State) });
  expect(text).toMatch(/^\/\/ Generated from /);
  expect(text).toContain('"/things": {');
  expect(text).not.toContain('/elsewhere');
  expect(text).toContain("export type Thing = components['schemas']['Thing'];");
  expect(text).toMatch(/status: "up" \| "down";[\s\S]*note\?: string \| undefined;/);
});

import type { Endpoint } from '@rollcall/contracts';
import { newApiKey, newId } from '@rollcall/crypto';
import { createRegionKey } from '@rollcall/services';
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowCounts, startApi, type TestApi } from './harness.ts';
import { openIncident } from './open-incident.ts';

let api: TestApi;
/** Ids that exist, so that the calls get past the 404. */
const ids: Record<string, string> = {};
beforeAll(async () => {
  // The guarded policy: no call of the fuzz may leave this machine's public view, and loopback is refused at the door.
  api = await startApi({ allowPrivate: false });
  ids['endpoints'] = (
    await api.call('POST', '/api/v1/endpoints', { body: { name: 'F', url: 'https://fuzz.invalid/mcp' } })
  ).json<Endpoint>().id;
  ids['incidents'] = await openIncident(api.db, ids['endpoints'], api.ours.id);
  ids['channels'] = (
    await api.call('POST', '/api/v1/channels', { body: { type: 'email', name: 'f', config: { to: 'f@fuzz.invalid' } } })
  ).json<{ id: string }>().id;
  ids['status-pages'] = (await api.call('POST', '/api/v1/status-pages', { body: { slug: 'fuzz', title: 'Fuzz' } })).json<{
    id: string;
  }>().id;
});
afterAll(() => api.close());

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: JsonSchema }> };
}
interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Record<string, JsonSchema>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
}

/** Probes and tests of channels reach outside; they have tests of their own. */
const OUTSIDE = /\/(probe|test)$|\/checks$/;

const NASTY = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e',
  "'; drop table endpoint; --",
  '{{7*7}}',
  '../../etc/passwd',
  '%00',
  '💩'.repeat(50),
  'x'.repeat(5000),
  '-1',
  '1e309',
  'null',
  '9007199254740993',
  'ep_01m7xm535zh9ggmq4mnea2p9gp',
  '<script>alert(1)</script>',
  'https://fuzz.invalid/mcp',
  '\r\nSet-Cookie: a=b',
];
const scalar = fc.oneof(
  fc.constantFrom<unknown>(...NASTY),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
);
const anything = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 8 }), scalar, { maxKeys: 4 }) },
);

/** Mostly the members that the schema knows, with anything in them; sometimes more, sometimes something else altogether. */
function bodyOf(schema: JsonSchema | undefined): fc.Arbitrary<unknown> {
  const known = Object.keys(schema?.properties ?? {});
  const record = fc.record(Object.fromEntries(known.map((name) => [name, anything])), { requiredKeys: [] });
  return fc.oneof(
    { weight: 5, arbitrary: record },
    { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 12 }), anything, { maxKeys: 5 }) },
    { weight: 1, arbitrary: anything },
  );
}

/** Existing ids where we have them, so that calls get past the 404; anything elsewhere. */
function fill(path: string, random: string): string {
  const known = ids[path.split('/')[3] ?? ''];
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => (name === 'id' && known ? known : safe(random) || 'x'));
}

describe('the OpenAPI document', () => {
  it('names every route of the contract and says what each takes', async () => {
    const document = (await api.call('GET', '/api/v1/openapi.json', { key: null })).json<Document>();
    expect(document.openapi).toMatch(/^3\.1\./);
    const known = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );
    for (const call of [
      'POST /endpoints',
      'GET /endpoints',
      'GET /endpoints/{id}',
      'PATCH /endpoints/{id}',
      'DELETE /endpoints/{id}',
      'POST /endpoints/{id}/probe',
      'GET /endpoints/{id}/probes',
      'GET /endpoints/{id}/probes/{probeId}',
      'GET /endpoints/{id}/stats',
      'GET /endpoints/{id}/tools',
      'GET /endpoints/{id}/tool-changes',
      'POST /endpoints/{id}/tool-changes/{changeId}/acknowledge',
      'GET /incidents',
      'GET /incidents/{id}',
      'POST /incidents/{id}/acknowledge',
      'POST /incidents/{id}/notes',
      'POST /incidents/{id}/snooze',
      'DELETE /incidents/{id}/snooze',
      'GET /endpoints/{id}/silence',
      'POST /endpoints/{id}/silence',
      'DELETE /endpoints/{id}/silence',
      'GET /notices',
      'POST /channels',
      'GET /channels',
      'GET /channels/{id}',
      'PATCH /channels/{id}',
      'DELETE /channels/{id}',
      'POST /channels/{id}/test',
      'GET /deliveries',
      'POST /status-pages',
      'GET /status-pages',
      'GET /status-pages/{id}',
      'PATCH /status-pages/{id}',
      'DELETE /status-pages/{id}',
      'POST /status-pages/{id}/reports',
      'GET /status-pages/{id}/reports',
      'GET /status-pages/{id}/reports/{reportId}',
      'PATCH /status-pages/{id}/reports/{reportId}',
      'DELETE /status-pages/{id}/reports/{reportId}',
      'POST /status-pages/{id}/reports/{reportId}/updates',
      'GET /status-pages/{id}/subscribers',
      'DELETE /status-pages/{id}/subscribers/{subscriberId}',
      'POST /checks',
      'POST /import',
      'PUT /config',
      'GET /config',
      'GET /config/schema.json',
      'POST /endpoints/bulk',
      'PATCH /endpoints/bulk',
      'DELETE /endpoints/bulk',
      'GET /endpoints/{id}/client-configs',
      'GET /api-keys',
      'POST /api-keys',
      'DELETE /api-keys/{id}',
      'POST /api-keys/{id}/rotate',
      'GET /members',
      'PATCH /members/{id}',
      'DELETE /members/{id}',
      'POST /members/{id}/transfer-ownership',
      'GET /members/invitations',
      'POST /members/invitations',
      'DELETE /members/invitations/{id}',
      'GET /account',
      'GET /account/sessions',
      'DELETE /account/sessions/{id}',
      'POST /account/sessions/revoke-others',
      'POST /invitations/read',
      'POST /invitations/accept',
      'GET /audit-log',
      'GET /me',
      'GET /overview',
      'DELETE /demo',
      'POST /prober/lease',
      'POST /prober/renew',
      'POST /prober/return',
      'POST /prober/results',
      'POST /prober/heartbeat',
    ]) {
      expect(known).toContain(call);
    }
    const create = document.paths['/api/v1/endpoints']?.['post']?.requestBody?.content['application/json']?.schema;
    expect(Object.keys(create?.properties ?? {})).toEqual(expect.arrayContaining(['name', 'url', 'intervalSeconds', 'auth', 'tags']));
  });
});

async function keyFor(path: string): Promise<string> {
  if (path.startsWith('/api/v1/prober/')) return (await createRegionKey(api.db, { region: 'fuzz', name: 'fuzz' }, new Date())).key;
  const { key, prefix, hash } = newApiKey();
  await api.db.apiKey.create({ data: { id: newId('key'), organizationId: api.ours.id, name: 'fuzz', prefix, hash, scopes: ['admin'] } });
  return key;
}

describe('fuzzing every route from its OpenAPI document', () => {
  it('answers whatever comes with its own status and a problem, never a 5xx, and stores nothing that was refused', async () => {
    const document = (await api.call('GET', '/api/v1/openapi.json', { key: null })).json<Document>();
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (OUTSIDE.test(path) || method === 'delete') continue;
        // A key for each route: the limit of calls a minute is another test's.
        const key = await keyFor(path);
        const schema = operation.requestBody?.content['application/json']?.schema;
        const names = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name);
        const query = fc.dictionary(
          fc.oneof(fc.constantFrom(...names, 'limit'), fc.string({ minLength: 1, maxLength: 8 })),
          fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 30 })),
          { maxKeys: 3 },
        );
        const property = fc.asyncProperty(
          fc.constantFrom(...NASTY),
          method === 'get' ? query : fc.constant({}),
          bodyOf(schema),
          async (random, parameters, body) => {
            const before = await rowCounts(api.db);
            const search = Object.entries(parameters)
              .map(([name, value]) => `${safe(name)}=${safe(String(value))}`)
              .join('&');
            const url = `${fill(path, random)}${search === '' ? '' : `?${search}`}`;
            const answer = await api.call(method.toUpperCase() as InjectOptions['method'], url, { key, ...(schema ? { body } : {}) });
            expect(answer.statusCode, `${method} ${url} ${JSON.stringify(body)} → ${answer.body}`).toBeLessThan(500);
            if (answer.statusCode < 400) return;
            expect(answer.headers['content-type'], url).toMatch(/^application\/problem\+json/);
            expect(answer.json()).toMatchObject({ status: answer.statusCode, code: expect.any(String), detail: expect.any(String) });
            expect(await rowCounts(api.db), `${method} ${url} was refused but wrote something`).toEqual(before);
          },
        );
        await fc.assert(property, { numRuns: 40, seed: 20_261_120 });
      }
    }
  }, 240_000);
});

/** encodeURIComponent throws on half a surrogate pair; the bytes it stands for are sent instead. */
function safe(text: string): string {
  return Buffer.from(text, 'utf8').reduce(
    (out, byte) =>
      out +
      (/[A-Za-z0-9_.-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`),
    '',
  );
}

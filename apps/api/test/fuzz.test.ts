import { newApiKey, newId } from '@rollcall/crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Described, fillPath, type JsonSchema, readOperations } from './document.ts';
import { fillOrganization } from './fill.ts';
import { HOST, startApi, type TestApi } from './harness.ts';
import { type AnyWrites, watchWrites } from './writes.ts';

let api: TestApi;
let operations: Described[];
let cookie: string;
let anyWrites: AnyWrites;
/** Ids that exist, so that the calls get past the 404. */
let ids: Record<string, string>;
beforeAll(async () => {
  // The guarded policy: no call of the fuzz may leave this machine's public view, and loopback is refused at the door.
  api = await startApi({ allowPrivate: false });
  cookie = await api.signIn(api.ours.emails.owner);
  const session = (await api.db.session.findFirstOrThrow()).id;
  ids = { ...(await fillOrganization(api, api.ours, 'fuzz')).ids, session };
  operations = await readOperations(api);
  anyWrites = await watchWrites(api.db);
});
afterAll(() => api.close());

/** These reach outside when they find what they name; they have tests of their own. */
const OUTSIDE = /\/(probe|test)$/;
/** Only as many of each as tell something: all of them together are to take seconds. */
const RUNS = 20;

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

/** Ids that exist, unless the call would go too far with them; anything else elsewhere. */
function fill({ method, path, operation }: Described, random: string, exact: boolean): string {
  const guarded = operation.parameters?.some(({ name }) => name === 'if-match') ?? false;
  const goesFar = OUTSIDE.test(path) || (method === 'DELETE' && !guarded);
  return exact && !goesFar ? fillPath(path, ids) : path.replace(/\{\w+\}/g, safe(random) || 'x');
}

async function credentials({ operation }: Described): Promise<{ key: string | null; headers: Record<string, string> }> {
  if (operation.security?.length === 0) return { key: null, headers: {} };
  if (operation.security?.every((way) => 'session' in way)) return { key: null, headers: { cookie, origin: `http://${HOST}` } };
  // A key for each route: the limit of calls a minute is another test's.
  const { key, prefix, hash } = newApiKey();
  await api.db.apiKey.create({ data: { id: newId('key'), organizationId: api.ours.id, name: 'fuzz', prefix, hash, scopes: ['admin'] } });
  return { key, headers: {} };
}

describe('fuzzing every route from its OpenAPI document', () => {
  it('answers whatever comes with its own status and a problem, never a 5xx, and stores nothing that was refused', async () => {
    const seen = new Map<string, Set<number>>();
    for (const described of operations) {
      const { name, method, body: schema, query: names } = described;
      const { key, headers } = await credentials(described);
      await anyWrites();
      // What is there is not deleted: its version is another one.
      const ifMatch = method === 'DELETE' ? { 'if-match': '"v0"' } : {};
      const query = fc.dictionary(
        fc.oneof(fc.constantFrom(...names, 'limit'), fc.string({ minLength: 1, maxLength: 8 })),
        fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 30 })),
        { maxKeys: 3 },
      );
      const statuses = new Set<number>();
      seen.set(name, statuses);
      const property = fc.asyncProperty(
        fc.constantFrom(...NASTY),
        fc.integer({ min: 0, max: 3 }),
        method === 'GET' ? query : fc.constant({}),
        bodyOf(schema),
        async (random, dice, parameters, body) => {
          const search = Object.entries(parameters)
            .map(([parameter, value]) => `${safe(parameter)}=${safe(String(value))}`)
            .join('&');
          const url = `${fill(described, random, dice > 0)}${search === '' ? '' : `?${search}`}`;
          const answer = await api.call(method, url, { key, headers: { ...headers, ...ifMatch }, ...(schema ? { body } : {}) });
          const wrote = await anyWrites();
          statuses.add(answer.statusCode);
          expect(answer.statusCode, `${name} ${url} ${JSON.stringify(body)} → ${answer.body}`).toBeLessThan(500);
          if (answer.statusCode < 400) return;
          expect(answer.headers['content-type'], url).toMatch(/^application\/problem\+json/);
          expect(answer.json()).toMatchObject({ status: answer.statusCode, code: expect.any(String), detail: expect.any(String) });
          expect(wrote, `${name} ${url} was refused but wrote something`).toBe(false);
        },
      );
      await fc.assert(property, { numRuns: RUNS, seed: 20_261_120 });
    }
    // Whoever has a body got past the door and was judged by it.
    for (const { name, body } of operations.filter((one) => one.body !== undefined && !one.name.startsWith('POST /prober/')))
      expect([name, body !== undefined, seen.get(name)?.has(400)]).toEqual([name, true, true]);
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

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Described, fillPath, readOperations } from './document.ts';
import { type Filled, fillOrganization } from './fill.ts';
import { HOST, startApi, type TestApi } from './harness.ts';

let api: TestApi;
let reads: Described[];
const sides: Record<'ours' | 'theirs', { filled: Filled; ids: Record<string, string>; cookie: string; marks: string[] }> = {} as never;
beforeAll(async () => {
  api = await startApi();
  reads = (await readOperations(api)).filter(({ method }) => method === 'GET');
  for (const [side, mark] of [
    ['ours', 'quagga'],
    ['theirs', 'zebra'],
  ] as const) {
    const cookie = await api.signIn(api[side].emails.owner);
    const filled = await fillOrganization(api, api[side], mark);
    const session = (await api.db.session.findFirstOrThrow({ where: { user: { email: api[side].emails.owner } } })).id;
    const ids = { ...filled.ids, session };
    const people = await api.db.user.findMany({ where: { email: { endsWith: `@${side}.example` } } });
    const marks = [api[side].id, ...Object.values(ids), mark, ...people.flatMap(({ id, email }) => [id, email])];
    sides[side] = { filled, ids, cookie, marks };
  }
});
afterAll(() => api.close());

type Side = 'ours' | 'theirs';
const other = (side: Side): Side => (side === 'ours' ? 'theirs' : 'ours');

/** How the side asks: each of its keys, and its owner's session. */
function credentials(side: Side): { key: string | null; headers: Record<string, string> }[] {
  const session = { key: null, headers: { cookie: sides[side].cookie, host: HOST } };
  return [session, ...Object.values(api[side].keys).map((key) => ({ key, headers: {} }))];
}

/** What is asked for stands in a refusal's `instance`, and nowhere else. */
function withoutEcho(body: string, asked: string): string {
  const [path = '', search = ''] = asked.split('?');
  const echoed = [asked, path, ...new URLSearchParams(search).values()];
  return echoed.filter((text) => text !== '').reduce((text, echo) => text.replaceAll(echo, ''), body);
}

async function ask(side: Side, { path, name }: Described, ids: Record<string, string>, query: Record<string, string>, by: number) {
  const asked = `${fillPath(path, ids)}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''}`;
  const { key, headers } = credentials(side)[by] as ReturnType<typeof credentials>[number];
  const answer = await api.call('GET', asked, { key, headers });
  expect(answer.statusCode, `${name} ${answer.body}`).toBeLessThan(500);
  const body = withoutEcho(answer.body, asked);
  for (const mark of sides[other(side)].marks) expect(body.includes(mark), `${name} told ${side} of ${mark}: ${body}`).toBe(false);
  for (const secret of [...sides.ours.filled.secrets, ...sides.theirs.filled.secrets])
    expect(body.includes(secret), `${name} told a secret: ${body}`).toBe(false);
  return answer;
}

describe('no answer of one organization', () => {
  it("has another's id, name or secret in it, whatever GET it is, by whatever credentials, with whose ids ever", async () => {
    for (const side of ['ours', 'theirs'] as const) {
      for (const read of reads) {
        for (const by of credentials(side).keys()) {
          const own = await ask(side, read, sides[side].ids, {}, by);
          if (read.path.includes('{') && by === 0) expect(own.statusCode, `${read.name} ${own.body}`).toBe(200);
          if (!read.path.includes('{')) continue;
          const foreign = await ask(side, read, sides[other(side)].ids, {}, by);
          expect([403, 404], `${read.name} ${foreign.body}`).toContain(foreign.statusCode);
        }
      }
    }
  }, 120_000);

  it("has it either when ids of both are mixed in the path, or another's stand in the filters", async () => {
    const mixed = fc.record({
      side: fc.constantFrom<Side>('ours', 'theirs'),
      read: fc.constantFrom(...reads),
      from: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      values: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      by: fc.nat(3),
    });
    const property = fc.asyncProperty(mixed, async ({ side, read, from, values, by }) => {
      const [mine, theirs] = [sides[side].ids, sides[other(side)].ids];
      const ids = Object.fromEntries(Object.keys(mine).map((kind, n) => [kind, (from[n % 3] ? mine : theirs)[kind] as string]));
      const marks = sides[other(side)].marks;
      const filters = read.query.filter((name) => name !== 'limit');
      const query = Object.fromEntries(filters.map((name, n) => [name, marks[(values[n % 4] ?? 0) % marks.length] as string]));
      const chosen = Object.fromEntries(Object.entries(query).filter((_entry, n) => n === (values[3] ?? 0) % 5));
      await ask(side, read, ids, chosen, by);
    });
    await fc.assert(property, { numRuns: 300, seed: 20_261_121 });
  }, 120_000);
});

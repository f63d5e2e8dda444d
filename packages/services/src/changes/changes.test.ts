import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createChangeFeed } from './change-feed.ts';
import { factOfAudit } from './fact-of-audit.ts';
import { type Fact, MAX_PAYLOAD_BYTES, packFacts, unpackFacts } from './facts.ts';
import { tellChanges } from './tell-changes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const fact = (id: string | null, type: Fact['type'] = 'endpoint.state', organizationId = 'org_a'): Fact => ({ organizationId, type, id });

describe('facts on the wire', () => {
  it('come out as they went in, each once, in payloads that PostgreSQL takes', () => {
    const facts = fc.array(
      fc.record({
        organizationId: fc.constantFrom(...Array.from({ length: 40 }, (_, n) => `org_${'0'.repeat(25)}${n}`)),
        type: fc.constantFrom<Fact['type']>('endpoint.state', 'endpoint.probed', 'incident', 'tools'),
        id: fc.nat(5000).map((n) => `ep_${String(n).padStart(26, '0')}`),
      }),
      { maxLength: 600 },
    );
    fc.assert(
      fc.property(facts, (given) => {
        const payloads = packFacts(given);
        for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
        const key = ({ organizationId, type, id }: Fact) => `${organizationId} ${type} ${id}`;
        const named = (all: Fact[]) => new Set(all.map(key));
        const out = payloads.flatMap(unpackFacts);
        const several = new Set(out.filter(({ id }) => id === null).map((one) => `${one.organizationId} ${one.type}`));
        const rest = given.filter((one) => !several.has(`${one.organizationId} ${one.type}`));
        expect(named(out.filter(({ id }) => id !== null))).toEqual(named(rest));
      }),
      { numRuns: 50 },
    );
  });

  it('a thousand changes of one kind are "several", in one payload', () => {
    const payloads = packFacts(Array.from({ length: 1000 }, (_, n) => fact(`ep_${n}`)));
    expect(payloads.flatMap(unpackFacts)).toEqual([fact(null)]);
  });

  it('of a payload that another version wrote, what cannot be read is left out', () => {
    expect(unpackFacts('{"x":1}')).toEqual([]);
    expect(unpackFacts('nonsense')).toEqual([]);
    expect(unpackFacts('[["org_a","incident",["inc_1"]],"later",["org_a",7]]')).toEqual([fact('inc_1', 'incident')]);
  });
});

it.each([
  ['endpoint.silenced', 'ep_1', undefined, fact('ep_1', 'endpoint')],
  ['incident.acknowledged', 'inc_1', undefined, fact('inc_1', 'incident')],
  ['incident.acknowledged', 'inc_1', { incidents: 3 }, fact(null, 'incident')],
  ['tool_change.acknowledged', 'tc_1', undefined, fact(null, 'tools')],
  ['organization.exported', 'org_a', undefined, fact('org_a', 'organization')],
  ['unheard_of.done', 'x', undefined, null],
])('%s of the audit log is a fact that readers know', (action, target, after, expected) => {
  expect(factOfAudit('org_a', { action, target, after })).toEqual(expected);
});

it('a transaction that keeps silent, because nobody listens, is waited for by the first who comes', async () => {
  const feed = createChangeFeed({ db: database.db, databaseUrl: database.url });
  const onReset = vi.fn();
  const onFact = vi.fn();
  try {
    await database.db.$transaction(
      async (tx) => {
        await tellChanges(tx, [fact('ep_silent')]);
        feed.subscribe('org_a', { onFact, onReset });
        await vi.waitUntil(
          async () =>
            (await database.db.$queryRaw<unknown[]>`select 1 from pg_locks where locktype = 'advisory' and not granted`).length > 0,
          { timeout: 15_000, interval: 10 },
        );
        expect(onReset).not.toHaveBeenCalled();
      },
      { timeout: 20_000 },
    );
    await vi.waitUntil(() => onReset.mock.calls.length > 0, { timeout: 15_000, interval: 10 });
    await database.db.$transaction((tx) => tellChanges(tx, [fact('ep_heard'), fact('ep_other', 'incident', 'org_b')]));
    await vi.waitUntil(() => onFact.mock.calls.length > 0, { timeout: 15_000, interval: 10 });
    expect(onFact.mock.calls).toEqual([[fact('ep_heard')]]);
  } finally {
    await feed.close();
  }
});

import { newId } from '@rollcall/crypto';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopesOf } from '../access/actor.ts';
import { encodeProbeId } from './probe-id.ts';
import { getProbe, listProbes } from './read-probes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function makeEndpoint(plan: string) {
  const organizationId = newId('org');
  const id = newId('ep');
  await database.db.organization.create({ data: { id: organizationId, name: 'o', slug: organizationId, plan } });
  await database.db.endpoint.create({
    data: { id, organizationId, name: 'e', url: 'https://a.example/mcp', intervalSeconds: 60, timeoutMs: 1000 },
  });
  const { seq } = await database.db.endpoint.findUniqueOrThrow({ where: { id } });
  const actor = { organizationId, kind: 'api_key' as const, id: 'key_x', label: 'x', role: null, scopes: scopesOf(['read']) };
  return { id, seq, actor };
}

describe('the probes of an endpoint', () => {
  it('are walked newest first through all regions, each once, also where slots are the same', async () => {
    const { id, seq, actor } = await makeEndpoint('standard');
    await database.db.$executeRaw`insert into region (name) values ('fra'), ('iad')`;
    await database.db.$executeRaw`
      insert into probe (slot, endpoint_seq, region_id, verdict, detail)
      select timestamptz '2026-11-20T23:58:00.007Z' + make_interval(mins => k), ${seq}, r.id, 0, '' from generate_series(0, 4) k cross join region r`;
    const slots = [2, 1, 0, -1, -2].map((minute) => new Date(Date.parse('2026-11-21T00:00:00.007Z') + minute * 60_000).toISOString());
    for (const limit of [1, 4, 15]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listProbes(database.db, actor, id, { limit, cursor }, new Date('2026-11-21T00:10:00Z'));
        seen.push(...page.data.map(({ slot, region }) => `${slot} ${region}`));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(slots.flatMap((slot) => ['iad', 'fra', 'default'].map((region) => `${slot} ${region}`)));
    }
  });

  it('are shown as far back as the plan says, though the rows of the day are still there', async () => {
    const now = new Date('2026-11-20T12:00:00Z');
    const [full, small] = [await makeEndpoint('standard'), await makeEndpoint('starter')];
    const slots = ['2026-11-20T00:00:00Z', '2026-11-13T00:00:00Z', '2026-11-12T23:59:59Z', '2026-11-06T00:00:00Z'];
    for (const { seq } of [full, small])
      await database.db.$executeRaw`
        insert into probe (slot, endpoint_seq, region_id, verdict, detail)
        select s, ${seq}, 1, 0, '' from unnest(${slots}::timestamptz[]) s`;
    const shown = async ({ id, actor }: typeof full) =>
      (await listProbes(database.db, actor, id, { limit: 50 }, now)).data.map(({ slot }) => slot);
    expect(await shown(full)).toEqual(slots.map((slot) => new Date(slot).toISOString()));
    expect(await shown(small)).toEqual(slots.slice(0, 2).map((slot) => new Date(slot).toISOString()));
    const one = ({ id, seq, actor }: typeof full, slot: string) =>
      getProbe(database.db, actor, id, encodeProbeId({ endpointSeq: seq, slot: new Date(slot), regionId: 1 }), now);
    await expect(one(full, '2026-11-12T23:59:59Z')).resolves.toMatchObject({ verdict: 'up' });
    await expect(one(small, '2026-11-13T00:00:00Z')).resolves.toMatchObject({ verdict: 'up' });
    await expect(one(small, '2026-11-12T23:59:59Z')).rejects.toMatchObject({ code: 'not_found' });
  });
});

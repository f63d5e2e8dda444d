import { createEndpointSchema, createMaintenanceSchema } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import { createSealer, newId } from '@rollcall/crypto';
import { causeWith, reportWith, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../access/actor.ts';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';
import { recordProbes } from '../probes/record-probes.ts';
import { watchSilence } from '../schedule/watch-silence.ts';
import { getStats } from '../stats/get-stats.ts';
import { createMaintenance, deleteMaintenance, listMaintenance, updateMaintenance } from './maintenance.ts';

const sealer = createSealer(Buffer.alloc(32, 3).toString('base64'));
const publicUrl = 'http://localhost:3000';
const START = new Date('2026-11-20T12:00:00.000Z');
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const iso = (seconds: number) => at(seconds).toISOString();

let database: TestDatabase;
let actor: Actor;
beforeAll(async () => {
  database = await testDatabase({ max: 5 });
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.organization.deleteMany();
  await database.db.$executeRaw`truncate probe, probe_exchange`;
  const organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'Test', slug: organizationId } });
  await database.db.channel.create({ data: { id: newId('ch'), organizationId, type: 'webhook', name: 'hook', config: 'sealed' } });
  actor = { organizationId, kind: 'api_key', id: 'key_test', label: 'test', role: null, scopes: new Set(['read', 'write', 'admin']) };
});

function register(tags: string[] = []): Promise<string> {
  const body = createEndpointSchema.parse({ name: 'server', url: 'https://mcp.example.com/mcp', tags });
  return database.db.$transaction((tx) =>
    insertEndpoint(tx, { sealer, region: 'default' }, actor.organizationId, body, { demo: false, now: START }),
  );
}

async function probe(endpointId: string, second: number, verdict: 'up' | 'down'): Promise<void> {
  const report = reportWith({ startedAt: iso(second), verdict, cause: verdict === 'up' ? null : causeWith('tcp.refused') });
  const record = { endpointId, region: 'default', slot: at(second).getTime(), kind: 'scheduled' as const, deep: false, report };
  await recordProbes(database.db, [{ ...record, observation: {}, retryAfterMs: null }], { publicUrl, now: at(second) });
}

const statusOf = async (id: string) => (await database.db.endpointState.findUniqueOrThrow({ where: { endpointId: id } })).status;
const window = (more: object) => createMaintenanceSchema.parse({ name: 'Upgrade', startsAt: iso(600), endsAt: iso(1800), ...more });

describe('maintenance', () => {
  it('holds incidents and notices back while it lasts, and its downtime out of the uptime', async () => {
    const id = await register(['prod']);
    const other = await register();
    await createMaintenance(database.db, actor, window({ tags: ['prod'] }), START);
    for (let second = 0; second < 3600; second += 60) {
      await probe(id, second, second >= 660 && second < 1500 ? 'down' : 'up');
      await probe(other, second, 'up');
      if (second === 900) {
        expect(await statusOf(id)).toBe('maintenance');
        expect(await statusOf(other)).toBe('up');
      }
    }
    expect(await statusOf(id)).toBe('up');
    expect(await database.db.incident.count()).toBe(0);
    expect(await database.db.notice.count()).toBe(0);
    const stats = await getStats(database.db, actor, id, '24h', at(3600));
    expect(stats).toMatchObject({
      uptime: 1,
      maintenanceSeconds: 1200,
      bands: [{ kind: 'maintenance', from: iso(600), to: iso(1800), incident: null }],
    });
  });

  it('pages what still fails when it is over', async () => {
    const id = await register();
    await createMaintenance(database.db, actor, window({ endpoints: [id] }), START);
    for (let second = 0; second < 2400; second += 60) await probe(id, second, second >= 660 ? 'down' : 'up');
    const incidents = await database.db.incident.findMany();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.openedAt.getTime()).toBeGreaterThanOrEqual(at(1800).getTime());
    expect((await database.db.notice.findMany()).map(({ type }) => type)).toEqual(['endpoint.down']);
  });

  it('is no silence worth a page', async () => {
    const id = await register();
    await probe(id, 0, 'up');
    const made = await createMaintenance(database.db, actor, window({ startsAt: iso(60) }), START);
    expect(await watchSilence(database.db, { now: at(900), watchingSince: START, publicUrl })).toBe(0);
    await deleteMaintenance(database.db, actor, made.id, at(900));
    expect(await watchSilence(database.db, { now: at(901), watchingSince: START, publicUrl })).toBe(1);
  });

  it('keeps what lies behind when it is deleted, and is listed no more', async () => {
    const id = await register();
    const made = await createMaintenance(database.db, actor, window({}), START);
    for (let second = 0; second < 1800; second += 60) await probe(id, second, second >= 660 ? 'down' : 'up');
    await deleteMaintenance(database.db, actor, made.id, at(1200));
    expect((await listMaintenance(database.db, actor, { limit: 10 }, at(1800))).data).toEqual([]);
    const stats = await getStats(database.db, actor, id, '24h', at(1200));
    expect(stats.uptime).toBe(1);
  });

  it('refuses what cannot be, and names it', async () => {
    expect(createMaintenanceSchema.safeParse({ name: 'x', startsAt: iso(10), endsAt: iso(5) }).success).toBe(false);
    expect(
      createMaintenanceSchema.safeParse({
        name: 'x',
        startsAt: iso(10),
        endsAt: iso(50),
        recurrence: { every: 'day', timeZone: 'Mars/Olympus' },
      }).success,
    ).toBe(false);
    await expect(createMaintenance(database.db, actor, window({ endpoints: ['ep_nobody'] }), START)).rejects.toBeInstanceOf(AppError);
    const made = await createMaintenance(database.db, actor, window({}), START);
    await expect(updateMaintenance(database.db, actor, made.id, { endsAt: iso(0) }, START)).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const changed = await updateMaintenance(
      database.db,
      actor,
      made.id,
      { recurrence: { every: 'week', timeZone: 'Europe/Berlin', until: null } },
      START,
    );
    expect(changed).toMatchObject({ active: false, next: { from: iso(600) } });
  });
});

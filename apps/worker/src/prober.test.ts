import { createEndpointSchema, type Report } from '@rollcall/contracts';
import { initialMemory } from '@rollcall/core';
import { createSealer, newId } from '@rollcall/crypto';
import type { ProbeTarget } from '@rollcall/probe';
import { check } from '@rollcall/probe';
import type { Queues } from '@rollcall/queue';
import { insertEndpoint } from '@rollcall/services';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';
import { DeepLane, deepPlaces, runJob } from './prober.ts';

const sealer = createSealer(Buffer.alloc(32, 3).toString('base64'));
const NOW = new Date('2026-11-20T12:00:00.000Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ max: 10 });
});
afterAll(() => database.close());

it('a crowd that is due for deep probes at once is probed in the ordinary way, but for the places of the deep lane', async () => {
  const organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'Test', slug: organizationId } });
  const body = createEndpointSchema.parse({ name: 'server', url: 'http://127.0.0.1:9/mcp' });
  const ids = await Promise.all(
    Array.from({ length: 12 }, () =>
      database.db.$transaction((tx) => insertEndpoint(tx, { sealer, region: 'default' }, organizationId, body, { demo: false, now: NOW })),
    ),
  );
  // Settled, and never probed deeply: due for it.
  const memory = { ...initialMemory(NOW), settled: 'up' };
  await database.db.endpointState.updateMany({ where: { endpointId: { in: ids } }, data: { memory, status: 'up' } });
  await database.db.endpointSchedule.updateMany({ where: { endpointId: { in: ids } }, data: { leaseSlot: NOW } });
  const asked: ProbeTarget[] = [];
  let letGo: () => void = () => undefined;
  const everybodyIn = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const recorded: { deep: boolean; report: Report }[] = [];
  const lane = new DeepLane(deepPlaces(40));
  await Promise.all(
    ids.map((endpointId) =>
      runJob(
        {
          db: database.db,
          sealer,
          queues: {} as Queues,
          region: 'default',
          concurrency: 40,
          deps: { policy: { allowPrivate: true } },
          recorder: {
            record: async (record) => {
              recorded.push(record);
            },
            stop: async () => undefined,
          },
          log: pino({ level: 'silent' }),
          metrics: createMetrics(),
          now: () => NOW,
          run: async (target, deps) => {
            asked.push(target);
            if (asked.length === ids.length) letGo();
            await everybodyIn;
            return check({ ...target, deep: false }, deps);
          },
        },
        { endpointId, region: 'default', slot: NOW.getTime(), kind: 'scheduled' },
        lane,
      ),
    ),
  );
  expect(asked.filter(({ deep }) => deep)).toHaveLength(2);
  expect(recorded.filter(({ deep }) => deep)).toHaveLength(2);
  expect(recorded).toHaveLength(12);
  // The places are free again.
  expect([lane.enter(), lane.enter(), lane.enter()]).toEqual([true, true, false]);
});

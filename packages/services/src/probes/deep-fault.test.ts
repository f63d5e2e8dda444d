import { createEndpointSchema, type Report } from '@rollcall/contracts';
import { createSealer, newId } from '@rollcall/crypto';
import { reportWith, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';
import { loadTarget } from './load-target.ts';
import { recordProbes } from './record-probes.ts';

const sealer = createSealer(Buffer.alloc(32, 3).toString('base64'));
const START = new Date('2026-11-20T12:00:00.000Z');
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ max: 5 });
});
afterAll(() => database.close());

const CAUSE: NonNullable<Report['cause']> = {
  code: 'sse.idle_timeout',
  layer: 'transport',
  severity: 'degraded',
  confidence: 'certain',
  title: 'Idle streams are cut',
  explanation: 'Idle streams are cut.',
  evidence: { seconds: 60 },
  fixes: [{ for: 'nginx', text: 'Wait longer.', snippet: 'proxy_read_timeout 3600s;' }],
  references: [],
  docs: '/docs/causes/sse.idle_timeout',
};

it('a fault that only deep checks see opens one incident, is not refuted by ordinary probes, and ends with the deep probe that no longer sees it', async () => {
  const organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'Test', slug: organizationId } });
  const body = createEndpointSchema.parse({ name: 'server', url: 'https://mcp.example.com/mcp' });
  const id = await database.db.$transaction((tx) =>
    insertEndpoint(tx, { sealer, region: 'default' }, organizationId, body, { demo: false, now: START }),
  );
  let faulty = true;
  const deeps: number[] = [];
  for (let second = 0; second < 3 * 3600; second += 60) {
    await database.db.endpointSchedule.updateMany({ where: { endpointId: id }, data: { leaseSlot: at(second) } });
    const job = { endpointId: id, region: 'default', slot: at(second).getTime(), kind: 'scheduled' };
    const deep = (await loadTarget(database.db, sealer, job, at(second)))?.deep ?? false;
    if (second >= 5400) faulty = false;
    if (deep) deeps.push(second);
    const seen = deep && faulty;
    const report = reportWith({
      url: body.url,
      startedAt: at(second).toISOString(),
      verdict: seen ? 'degraded' : 'up',
      transport: 'streamable-http',
      protocolVersion: '2025-11-25',
      cause: seen ? CAUSE : null,
      clients: [{ id: 'claude-code', name: 'Claude Code', verdict: seen ? 'fails' : 'works', because: null }],
    });
    await recordProbes(
      database.db,
      [
        {
          endpointId: id,
          region: 'default',
          slot: at(second).getTime(),
          kind: 'scheduled',
          deep,
          deepOnly: deep ? { cause: seen ? CAUSE : null, complete: true } : null,
          report,
          observation: {},
          retryAfterMs: null,
        },
      ],
      { publicUrl: 'http://localhost', now: at(second) },
    );
  }
  const incidents = await database.db.incident.findMany({ where: { endpointId: id } });
  expect(incidents).toHaveLength(1);
  expect(incidents[0]).toMatchObject({
    causeCode: 'sse.idle_timeout',
    severity: 'degraded',
    affectedClients: [{ id: 'claude-code', name: 'Claude Code' }],
  });
  expect(incidents[0]?.cause).toMatchObject({ fixes: [{ for: 'nginx' }] });
  expect(incidents[0]?.resolvedAt?.getTime()).toBeGreaterThanOrEqual(at(5400).getTime());
  // Looked for again at once, hourly while it stands, and daily after its end.
  expect(deeps.slice(0, 3)).toEqual([60, 120, 3720]);
  expect(deeps.length).toBeLessThanOrEqual(6);
  expect((await database.db.endpointState.findUniqueOrThrow({ where: { endpointId: id } })).status).toBe('up');
});

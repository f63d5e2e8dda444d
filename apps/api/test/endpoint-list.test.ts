import type { BulkAnswer, Endpoint, EndpointHours, Page, Problem } from '@rollcall/contracts';
import { newId } from '@rollcall/crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.db.endpoint.deleteMany({ where: { organizationId: api.ours.id } });
});

/** Made one after the other, so that they are newest in the order given, reversed. */
async function register(items: { name: string; status?: string; latencyMs?: number | null; cause?: string }[]): Promise<Endpoint[]> {
  const made: Endpoint[] = [];
  for (const { name, status = 'up', latencyMs = null, cause } of items) {
    const answer = await api.call('POST', '/api/v1/endpoints', { body: { name, url: `https://mcp.example/${made.length}` } });
    expect(answer.statusCode, answer.body).toBe(201);
    const endpoint = answer.json<Endpoint>();
    await api.db.endpointState.update({ where: { endpointId: endpoint.id }, data: { status, latencyMs, cause: cause ?? null } });
    made.push(endpoint);
  }
  return made;
}

async function walk(query: string): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const answer = await api.call(
      'GET',
      `/api/v1/endpoints?limit=2&${query}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    expect(answer.statusCode, answer.body).toBe(200);
    const page: Page<Endpoint> = answer.json();
    names.push(...page.data.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return names;
}

describe('GET /endpoints', () => {
  it('is walked page by page in every order, each endpoint once', async () => {
    await register([
      { name: 'beta', status: 'up', latencyMs: 40 },
      { name: 'Älpha', status: 'paused' },
      { name: 'alpha', status: 'down' },
      { name: 'Beta', status: 'degraded', latencyMs: 900 },
      { name: 'gamma', status: 'up', latencyMs: 40 },
    ]);
    expect(await walk('')).toEqual(['gamma', 'Beta', 'alpha', 'Älpha', 'beta']);
    expect(await walk('sort=name')).toEqual(['alpha', 'beta', 'Beta', 'gamma', 'Älpha']);
    expect(await walk('sort=status')).toEqual(['alpha', 'Beta', 'Älpha', 'beta', 'gamma']);
    expect(await walk('sort=latency')).toEqual(['Beta', 'gamma', 'beta', 'alpha', 'Älpha']);
    expect(await walk('sort=latency&status=up')).toEqual(['gamma', 'beta']);
  });

  it('finds those that fail with one cause', async () => {
    await register([
      { name: 'a', status: 'down', cause: 'tcp.refused' },
      { name: 'b', status: 'down', cause: 'dns.not_found' },
      { name: 'c' },
    ]);
    expect(await walk('cause=tcp.refused')).toEqual(['a']);
    expect(await walk('cause=tcp.refused&sort=name&q=%25')).toEqual([]);
  });

  it.each(['name', 'latency', 'newest'])('refuses a cursor that is none of the order %s', async (sort) => {
    for (const cursor of ['ep_x', `${newId('ep')}.AA`, sort === 'newest' ? `${newId('ep')}.MQ` : newId('ep')]) {
      const answer = await api.call('GET', `/api/v1/endpoints?sort=${sort}&cursor=${encodeURIComponent(cursor)}`);
      expect(answer.statusCode, `${cursor} ${answer.body}`).toBe(400);
      expect(answer.json<Problem>().errors?.[0]?.pointer).toBe('cursor');
    }
  });
});

describe('GET /endpoints/hours', () => {
  it('tells measured hours from others and confirmed outages from passing ones, of our endpoints only', async () => {
    const [endpoint, silent] = (await register([{ name: 'a' }, { name: 'b' }])) as [Endpoint, Endpoint];
    const { seq } = await api.db.endpoint.findUniqueOrThrow({ where: { id: endpoint.id } });
    const now = Date.now();
    const hour = Math.floor(now / 3_600_000) * 3_600_000;
    for (const [hoursAgo, verdict] of [
      [5, 0],
      [4, 2],
      [3, 3],
      [2, 4],
    ] as const)
      await api.db.$executeRaw`
        insert into probe (slot, endpoint_seq, region_id, verdict, detail)
        values (${new Date(hour - hoursAgo * 3_600_000)}, ${seq}, 1, ${verdict}, '')`;
    await api.db.incident.create({
      data: {
        id: newId('inc'),
        organizationId: api.ours.id,
        endpointId: endpoint.id,
        severity: 'down',
        openedAt: new Date(hour - 5 * 3_600_000 + 1000),
        confirmedAt: new Date(hour - 5 * 3_600_000 + 2000),
        resolvedAt: new Date(hour - 4 * 3_600_000 - 1000),
        causeCode: 'tcp.refused',
        cause: {},
      },
    });
    const ids = [endpoint.id, silent.id, newId('ep')].join(',');
    const { from, data } = (await api.call('GET', `/api/v1/endpoints/hours?ids=${ids}`)).json<EndpointHours>();
    expect(Date.parse(from)).toBe(hour - 23 * 3_600_000);
    const own = data.find(({ id }) => id === endpoint.id);
    expect(own?.hours.slice(-6)).toEqual(['down', 'up', 'gated', 'no_data', 'no_data', 'no_data']);
    expect(data.find(({ id }) => id === silent.id)?.hours).toEqual(Array(24).fill('no_data'));
    expect(data).toHaveLength(2);
    const others = await api.call('GET', `/api/v1/endpoints/hours?ids=${ids}`, { key: api.theirs.keys.read });
    expect(others.json<EndpointHours>().data).toEqual([]);
  });

  it.each(['', 'ids=', 'ids=a,,b', `ids=${Array(201).fill('a').join(',')}`, 'ids=a&x=1'])('refuses ?%s', async (query) => {
    expect((await api.call('GET', `/api/v1/endpoints/hours?${query}`)).statusCode).toBe(400);
  });
});

describe('POST /endpoints/bulk/probe', () => {
  it('makes due what is not paused and not in flight, and says what became of each', async () => {
    const [calm, paused, busy] = (await register([{ name: 'calm' }, { name: 'paused' }, { name: 'busy' }])) as [
      Endpoint,
      Endpoint,
      Endpoint,
    ];
    await api.call('PATCH', `/api/v1/endpoints/${paused.id}`, { body: { paused: true } });
    const later = new Date(Date.now() + 3_600_000);
    await api.db.endpointSchedule.updateMany({ data: { nextDueAt: later } });
    await api.db.endpointSchedule.updateMany({ where: { endpointId: busy.id }, data: { leaseUntil: later } });
    const theirs = await api.call('POST', '/api/v1/endpoints/bulk/probe', { body: { ids: [calm.id] }, key: api.theirs.keys.write });
    expect(theirs.json<BulkAnswer>().counts).toMatchObject({ queued: 0, failed: 1 });
    const answer = await api.call('POST', '/api/v1/endpoints/bulk/probe', { body: { ids: [calm.id, paused.id, busy.id] } });
    expect(answer.json<BulkAnswer>().results.map(({ status, error }) => error?.code ?? status)).toEqual(['queued', 'conflict', 'queued']);
    const due = new Map((await api.db.endpointSchedule.findMany()).map((row) => [row.endpointId, row.nextDueAt.getTime()]));
    expect(due.get(calm.id)).toBeLessThanOrEqual(Date.now());
    expect([due.get(paused.id), due.get(busy.id)]).toEqual([later.getTime(), later.getTime()]);
  });
});

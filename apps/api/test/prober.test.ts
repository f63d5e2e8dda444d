import type { Endpoint, LeasedJob, LeasedJobs, ProberResult, Problem, TakenResults } from '@rollcall/contracts';
import { createRegionKey, revokeRegionKey } from '@rollcall/services';
import { reportOf, resultOf } from '@rollcall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOST, startApi, type TestApi } from './harness.ts';

const ROUTES: [string, unknown][] = [
  ['lease', { max: 1 }],
  ['renew', { leases: ['x'] }],
  ['return', { leases: ['x'] }],
  ['results', { results: [] }],
  ['heartbeat', { offline: false, inFlight: 0, waiting: 0, dropped: 0, startedAt: '2026-11-20T12:00:00Z' }],
];

let api: TestApi;
let keys: { a: string; b: string; bId: string };
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  const [a, b] = [
    await createRegionKey(api.db, { region: 'a', name: 'a' }, new Date()),
    await createRegionKey(api.db, { region: 'b', name: 'b' }, new Date()),
  ];
  keys = { a: a.key, b: b.key, bId: b.id };
});

const ask = (path: string, key: string | null, body: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', `/api/v1/prober/${path}`, { key, body, headers });

/** An endpoint with a job waiting in a region's queue, as the scheduler would have put it there. */
async function waitingJob(region: string): Promise<Endpoint & { slot: number }> {
  const made = await api.call('POST', '/api/v1/endpoints', {
    body: { name: 'x', url: 'https://x.example/mcp', regions: [region], auth: { type: 'bearer', token: 'the-token-of-x' } },
  });
  expect(made.statusCode, made.body).toBe(201);
  const endpoint = made.json<Endpoint>();
  const slot = Date.now();
  await api.db.endpointSchedule.updateMany({
    where: { endpointId: endpoint.id },
    data: { leaseSlot: new Date(slot), leaseUntil: new Date(slot + 60_000), nextDueAt: new Date(slot + 60_000) },
  });
  await api.queues.probe(region).add([{ endpointId: endpoint.id, region, slot, kind: 'scheduled' }]);
  return { ...endpoint, slot };
}

async function lease(key: string): Promise<LeasedJob[]> {
  const answer = await ask('lease', key, { max: 100 });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<LeasedJobs>().jobs;
}

const deliver = async (key: string, results: readonly ProberResult[]) => {
  const answer = await ask('results', key, { results });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<TakenResults>();
};
const probesOf = (endpointId: string) =>
  api.db.$queryRaw<
    { region: string }[]
  >`select r.name as region from probe p join endpoint e on e.seq = p.endpoint_seq join region r on r.id = p.region_id where e.id = ${endpointId}`;

describe('the door of remote probers', () => {
  it.each(ROUTES)('%s opens for a region key alone, and over TLS alone', async (path, body) => {
    for (const key of [null, api.ours.keys.admin, 'rcr_unknownunknownunknown', 'rcr_'])
      expect((await ask(path, key, body)).statusCode, String(key)).toBe(401);
    const plain = await ask(path, keys.a, body, { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' });
    expect([plain.statusCode, plain.json<Problem>().code]).toEqual([403, 'forbidden']);
    expect(plain.body).not.toContain('target');
    const secure = await ask(path, keys.a, body, { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' });
    expect([200, 400]).toContain(secure.statusCode);
    await revokeRegionKey(api.db, keys.bId, new Date());
    expect((await ask(path, keys.b, body)).statusCode).toBe(401);
  });

  it('is the only one that a region key opens', async () => {
    for (const path of ['endpoints', 'me', 'api-keys', 'incidents', 'config'])
      expect((await api.call('GET', `/api/v1/${path}`, { key: keys.a, headers: { host: HOST } })).statusCode).toBe(401);
  });

  it.each<[string, unknown, string]>([
    ['lease', { max: 0 }, '/max'],
    ['lease', { max: 101 }, '/max'],
    ['lease', { max: 1, waitMs: 60_000 }, '/waitMs'],
    ['lease', { max: 1, region: 'b' }, '/region'],
    ['renew', { leases: [] }, '/leases'],
    ['return', { leases: [7] }, '/leases/0'],
    ['results', { results: [] }, '/results'],
    ['results', { results: [{ lease: 'x' }] }, '/results/0/report'],
    ['results', { results: [], region: 'b' }, '/region'],
    ['heartbeat', { offline: 'yes', inFlight: 0, waiting: 0, dropped: 0, startedAt: '2026-11-20T12:00:00Z' }, '/offline'],
    ['heartbeat', [], ''],
  ])('refuses %s %j, naming what is wrong', async (path, body, pointer) => {
    const answer = await ask(path, keys.a, body);
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toContain(pointer);
  });

  it('refuses a body that is no JSON, and one that says it is zipped and is not', async () => {
    const call = (raw: string, headers = {}) => api.call('POST', '/api/v1/prober/results', { key: keys.a, raw, headers });
    expect((await call('{')).statusCode).toBe(400);
    expect((await call('{}', { 'content-encoding': 'gzip' })).statusCode).toBe(400);
  });
});

describe('a leased job', () => {
  it('is that of the region of the key, with what a probe needs, and is given to one alone', async () => {
    const [inA, inB] = [await waitingJob('a'), await waitingJob('b')];
    const leased = await lease(keys.b);
    expect(leased.map(({ endpointId, slot }) => [endpointId, slot])).toEqual([[inB.id, inB.slot]]);
    expect(leased[0]?.target).toMatchObject({
      url: 'https://x.example/mcp',
      region: 'b',
      auth: { type: 'bearer', token: 'the-token-of-x' },
    });
    expect(await lease(keys.b)).toEqual([]);
    expect((await lease(keys.a)).map(({ endpointId }) => endpointId)).toEqual([inA.id]);
  });

  it('is kept by its holder, given back by its holder, and by nobody else', async () => {
    const { id } = await waitingJob('b');
    const [job] = await lease(keys.b);
    const leases = [job?.lease];
    expect((await ask('renew', keys.b, { leases: [...leases, 'forged'] })).json()).toEqual({ held: [true, false] });
    for (const path of ['renew', 'return']) expect((await ask(path, keys.a, { leases })).json()).toEqual({ held: [false] });
    expect((await ask('return', keys.b, { leases })).json()).toEqual({ held: [true] });
    expect((await ask('renew', keys.b, { leases })).json()).toEqual({ held: [false] });
    expect((await lease(keys.b)).map(({ endpointId }) => endpointId)).toEqual([id]);
  });

  it('that is void is not handed out: the endpoint is paused', async () => {
    const { id } = await waitingJob('b');
    await api.call('PATCH', `/api/v1/endpoints/${id}`, { body: { paused: true } });
    expect(await lease(keys.b)).toEqual([]);
    expect(await api.queues.probe('b').depth()).toMatchObject({ waiting: 0 });
  });

  it('comes as soon as there is one, to whoever waits for it', async () => {
    const waiting = ask('lease', keys.b, { max: 1, waitMs: 20_000 });
    const { id } = await waitingJob('b');
    expect((await waiting).json<LeasedJobs>().jobs.map(({ endpointId }) => endpointId)).toEqual([id]);
  });

  it('never goes to a prober whose key was revoked while it waited', async () => {
    const take = vi.spyOn(api.queues.probeTaker('b'), 'take');
    const waiting = ask('lease', keys.b, { max: 1, waitMs: 3000 });
    void waiting.catch(() => undefined);
    await vi.waitFor(() => expect(take).toHaveBeenCalled(), 10_000);
    await revokeRegionKey(api.db, keys.bId, new Date());
    const { id } = await waitingJob('b');
    expect((await waiting).json<LeasedJobs>().jobs).toEqual([]);
    const other = await createRegionKey(api.db, { region: 'b', name: 'b' }, new Date());
    expect((await lease(other.key)).map(({ endpointId }) => endpointId)).toEqual([id]);
  });
});

describe('a result', () => {
  it('is recorded once per slot, however often it comes, and ends its job', async () => {
    const { id } = await waitingJob('b');
    const [job] = (await lease(keys.b)) as [LeasedJob];
    expect(await deliver(keys.b, [resultOf(job)])).toEqual({ recorded: 1, repeated: 0, refused: [] });
    expect(await deliver(keys.b, [resultOf(job), resultOf(job, { report: reportOf(job, { verdict: 'down' }) })])).toMatchObject({
      recorded: 0,
      refused: [],
    });
    expect(await probesOf(id)).toEqual([{ region: 'b' }]);
    expect((await api.call('GET', `/api/v1/endpoints/${id}`)).json<Endpoint>().state.status).toBe('up');
    expect((await ask('renew', keys.b, { leases: [job.lease] })).json()).toEqual({ held: [false] });
  });

  it('is refused by itself when it was not leased by this key, is of another region or of another time', async () => {
    const { id } = await waitingJob('b');
    const other = await createRegionKey(api.db, { region: 'b', name: 'other' }, new Date());
    const [job] = (await lease(keys.b)) as [LeasedJob];
    const codes = async (key: string, ...results: ProberResult[]) =>
      (await deliver(key, results)).refused.map(({ pointer, code }) => [pointer, code]);
    expect(await codes(keys.a, resultOf(job))).toEqual([['/results/0', 'not_leased']]);
    expect(await codes(other.key, resultOf(job))).toEqual([['/results/0', 'not_leased']]);
    expect(await codes(keys.b, resultOf(job, { lease: `${job.lease.slice(0, -4)}AAAA` }))).toEqual([['/results/0', 'not_leased']]);
    const inA = resultOf(job, { report: reportOf(job, { region: 'a' }) });
    const early = resultOf(job, { report: reportOf(job, { startedAt: '2020-01-01T00:00:00.000Z' }) });
    const never = resultOf(job, { report: reportOf(job, { startedAt: 'yesterday' }) });
    expect(await codes(keys.b, inA, early, never)).toEqual([
      ['/results/0', 'wrong_region'],
      ['/results/1', 'wrong_clock'],
      ['/results/2', 'wrong_clock'],
    ]);
    expect(await probesOf(id)).toEqual([]);
    // And the good one among bad ones is taken.
    expect(await deliver(keys.b, [inA, resultOf(job)])).toMatchObject({ recorded: 1, refused: [{ pointer: '/results/0' }] });
  });

  it('may hold whatever a hostile server sent', async () => {
    const { id } = await waitingJob('b');
    const [job] = (await lease(keys.b)) as [LeasedJob];
    const observation = JSON.parse('{"__proto__":{"polluted":true},"text":"\\u0000\\ud800","constructor":{"prototype":{"polluted":1}}}');
    expect(await deliver(keys.b, [resultOf(job, { observation })])).toMatchObject({ recorded: 1, refused: [] });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(await probesOf(id)).toHaveLength(1);
  });
});

it('says of a region that is cut off what a local prober would say', async () => {
  const how = { inFlight: 1, waiting: 2, dropped: 3, startedAt: '2026-11-20T12:00:00Z' };
  const offline = () => api.db.installation.findUnique({ where: { key: 'prober.offline/b' } });
  expect((await ask('heartbeat', keys.b, { ...how, offline: true })).json()).toMatchObject({ region: 'b' });
  expect(await offline()).not.toBeNull();
  // Another prober of the region that is well does not take back what this one says.
  const other = await createRegionKey(api.db, { region: 'b', name: 'other' }, new Date());
  await ask('heartbeat', other.key, { ...how, offline: false });
  expect(await offline()).not.toBeNull();
  await ask('heartbeat', keys.b, { ...how, offline: false });
  expect(await offline()).toBeNull();
  expect(await api.db.regionKey.findUnique({ where: { id: keys.bId } })).toMatchObject({ heard: { waiting: 2, dropped: 3 } });
});

import type { Endpoint, Page, Problem } from '@rollcall/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowCounts, startApi, type TestApi } from './harness.ts';
import { openIncident } from './open-incident.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const register = (body: object, options = {}) =>
  api.call('POST', '/api/v1/endpoints', { body: { name: 'Weather', url: 'https://mcp.example.com/mcp', ...body }, ...options });

describe('POST /endpoints', () => {
  it('registers with the defaults of the contract, due at once, and writes state, schedule and audit with it', async () => {
    const answer = await register({ headers: { 'X-Key': 'very-secret-value' }, auth: { type: 'bearer', token: 'token-secret-value' } });
    expect(answer.statusCode, answer.body).toBe(201);
    const made = answer.json<Endpoint>();
    expect(answer.headers['location']).toBe(`/api/v1/endpoints/${made.id}`);
    expect(made).toMatchObject({
      transport: 'auto',
      era: 'auto',
      intervalSeconds: 60,
      timeoutMs: 30_000,
      regions: ['default'],
      paused: false,
      demo: false,
    });
    expect(made.state).toMatchObject({ status: 'pending', cause: null, lastProbeAt: null });
    expect(Date.parse(made.state.nextProbeAt ?? '')).toBeLessThanOrEqual(Date.now() + 1000);
    expect(made.headers).toEqual({ 'X-Key': '[redacted]' });
    expect(made.auth).toEqual({ type: 'bearer' });
    const row = await api.db.endpoint.findUniqueOrThrow({ where: { id: made.id }, include: { state: true, schedules: true } });
    expect(JSON.stringify({ ...row })).not.toMatch(/secret-value/);
    expect(row.schedules).toHaveLength(1);
    expect(row.state?.status).toBe('pending');
    const audit = await api.db.auditLog.findMany({ where: { target: made.id } });
    expect(audit.map((entry) => entry.action)).toEqual(['endpoint.created']);
    expect(JSON.stringify(audit)).not.toMatch(/secret-value/);
    const seen = await api.call('GET', `/api/v1/endpoints/${made.id}`);
    expect(seen.body).not.toMatch(/secret-value/);
  });

  it('refuses a private address when the installation does not allow it, and registers nothing', async () => {
    const guarded = await startApi({ allowPrivate: false });
    try {
      for (const url of [
        'http://127.0.0.1:3000/mcp',
        'http://localhost/mcp',
        'http://[::ffff:127.0.0.1]/mcp',
        'http://2130706433/mcp',
        'http://169.254.169.254/latest',
        'http://10.0.0.8/mcp',
      ]) {
        const answer = await guarded.call('POST', '/api/v1/endpoints', { body: { name: 'x', url } });
        expect(answer.statusCode, url).toBe(400);
        expect(answer.json<Problem>().errors?.map((culprit) => culprit.pointer)).toEqual(['/url']);
        const check = await guarded.call('POST', '/api/v1/checks', { body: { url } });
        expect(check.statusCode, url).toBe(400);
      }
      expect(await rowCounts(guarded.db)).toMatchObject({ endpoint: 0, schedule: 0, audit: 0 });
    } finally {
      await guarded.close();
    }
  });

  it('registers a name that does not resolve: that is for the probe to say', async () => {
    const guarded = await startApi({ allowPrivate: false });
    try {
      const answer = await guarded.call('POST', '/api/v1/endpoints', { body: { name: 'x', url: 'https://no-such-host.invalid/mcp' } });
      expect(answer.statusCode).toBe(201);
    } finally {
      await guarded.close();
    }
  });
});

describe('GET /endpoints', () => {
  it('pages through all of them, newest first, each once, and filters by tag, status and text', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.push((await register({ name: `Paged ${i} 100%_`, tags: ['paged', `n:${i}`] })).json<Endpoint>().id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const answer: Page<Endpoint> = (
        await api.call('GET', `/api/v1/endpoints?tag=paged&limit=2${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
      ).json();
      expect(answer.data.length).toBeLessThanOrEqual(2);
      seen.push(...answer.data.map((endpoint) => endpoint.id));
      cursor = answer.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids.toReversed());
    const list = async (query: string) =>
      (await api.call('GET', `/api/v1/endpoints?${query}`)).json<Page<Endpoint>>().data.map((endpoint) => endpoint.id);
    expect(await list('q=pAGED%203')).toEqual([ids[3]]);
    expect(await list('q=paged%20%25')).toEqual([]);
    expect(await list('tag=paged&status=up')).toEqual([]);
    expect(await list('tag=paged&status=pending')).toHaveLength(5);
  });
});

describe('PATCH and DELETE /endpoints/{id}', () => {
  it('changes what is named and nothing else', async () => {
    const made = (await register({ tags: ['a'] })).json<Endpoint>();
    const answer = await api.call('PATCH', `/api/v1/endpoints/${made.id}`, { body: { name: 'Renamed', intervalSeconds: 120 } });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ name: 'Renamed', intervalSeconds: 120, url: made.url, tags: ['a'] });
    const schedule = await api.db.endpointSchedule.findFirstOrThrow({ where: { endpointId: made.id } });
    expect(schedule.intervalMs).toBe(120_000);
  });

  it('pauses and resumes: no probe is due while paused, one is due at once afterwards', async () => {
    const made = (await register({})).json<Endpoint>();
    const paused = await api.call('PATCH', `/api/v1/endpoints/${made.id}`, { body: { paused: true } });
    expect(paused.json<Endpoint>().state).toMatchObject({ status: 'paused', nextProbeAt: null });
    const resumed = (await api.call('PATCH', `/api/v1/endpoints/${made.id}`, { body: { paused: false } })).json<Endpoint>();
    expect(resumed.state.status).toBe('pending');
    expect(Date.parse(resumed.state.nextProbeAt ?? '')).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it('ends the open incident of an endpoint that is paused', async () => {
    const made = (await register({})).json<Endpoint>();
    const incident = await openIncident(api.db, made.id, api.ours.id);
    await api.call('PATCH', `/api/v1/endpoints/${made.id}`, { body: { paused: true } });
    const answer = await api.call('GET', `/api/v1/incidents/${incident}`);
    expect(answer.json()).toMatchObject({ status: 'resolved' });
  });

  it('forgets what it learnt when the address changes, and probes at once', async () => {
    const made = (await register({})).json<Endpoint>();
    await api.db.endpointState.update({
      where: { endpointId: made.id },
      data: { summary: { transport: 'sse', era: 'legacy', toolCount: 3 } },
    });
    await api.db.endpointSchedule.updateMany({ where: { endpointId: made.id }, data: { nextDueAt: new Date(Date.now() + 3_600_000) } });
    const moved = (
      await api.call('PATCH', `/api/v1/endpoints/${made.id}`, { body: { url: 'https://other.example.com/mcp' } })
    ).json<Endpoint>();
    expect(moved.state).toMatchObject({ transport: null, era: null, toolCount: null });
    expect(Date.parse(moved.state.nextProbeAt ?? '')).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it('deletes with its state, schedule and incidents; a second time there is nothing to delete', async () => {
    const made = (await register({})).json<Endpoint>();
    await openIncident(api.db, made.id, api.ours.id);
    expect((await api.call('DELETE', `/api/v1/endpoints/${made.id}`)).statusCode).toBe(204);
    expect(await api.db.incident.count({ where: { endpointId: made.id } })).toBe(0);
    expect(await api.db.endpointSchedule.count({ where: { endpointId: made.id } })).toBe(0);
    expect((await api.call('GET', `/api/v1/endpoints/${made.id}`)).statusCode).toBe(404);
    expect((await api.call('DELETE', `/api/v1/endpoints/${made.id}`)).statusCode).toBe(404);
  });
});

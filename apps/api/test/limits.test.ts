import type { Endpoint } from '@rollcall/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ limits: { organizationPerMinute: 150 } });
});
afterAll(() => api.close());

const add = (name: string, more: object = {}, key?: string) =>
  api.call('POST', '/api/v1/endpoints', { body: { name, url: 'https://x.example/mcp', ...more }, ...(key ? { key } : {}) });

describe('rotating a key', () => {
  it('makes a new one with the same scopes; the former works on for the overlap and no longer, and rotates once', async () => {
    const made = (await api.call('POST', '/api/v1/api-keys', { body: { name: 'ci', scopes: ['write'] } })).json<{
      id: string;
      key: string;
    }>();
    const rotate = (overlapSeconds: number, id = made.id) =>
      api.call('POST', `/api/v1/api-keys/${id}/rotate`, { body: { overlapSeconds } });
    const rotated = await rotate(3600);
    expect(rotated.statusCode, rotated.body).toBe(201);
    const next = rotated.json<{ id: string; key: string; scopes: string[]; name: string }>();
    expect(next).toMatchObject({ name: 'ci', scopes: ['write'], expiresAt: null });
    const works = async (key: string) => (await api.call('GET', '/api/v1/me', { key })).statusCode;
    expect([await works(made.key), await works(next.key)]).toEqual([200, 200]);
    const former = await api.db.apiKey.findUniqueOrThrow({ where: { id: made.id } });
    expect(former.replacedById).toBe(next.id);
    expect(Math.abs((former.expiresAt?.getTime() ?? 0) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    expect((await rotate(60)).statusCode).toBe(409);
    expect((await rotate(0, next.id)).statusCode).toBe(201);
    expect(await works(next.key)).toBe(401);
    const log = await api.db.auditLog.findMany({ where: { action: 'api_key.rotated' } });
    expect(log.map(({ target }) => target)).toEqual([made.id, next.id]);
    expect(JSON.stringify(log)).not.toContain(next.key);
  });
});

describe('If-Match', () => {
  it.each([
    ['endpoints', { name: 'm', url: 'https://m.example/mcp' }],
    ['channels', { type: 'email', name: 'm', config: { to: 'a@m.example' } }],
    ['maintenance-windows', { name: 'm', startsAt: '2027-01-01T00:00:00Z', endsAt: '2027-01-01T01:00:00Z' }],
    ['status-pages', { slug: 'm-page', title: 'm' }],
  ])('of %s changes the version that was read and no later one', async (kind, body) => {
    const made = (await api.call('POST', `/api/v1/${kind}`, { body })).json<{ id: string }>();
    const path = `/api/v1/${kind}/${made.id}`;
    const change = kind === 'status-pages' ? { title: 'n' } : { name: 'n' };
    const etag = async () => String((await api.call('GET', path)).headers.etag);
    const patch = (tag?: string) => api.call('PATCH', path, { body: change, headers: tag === undefined ? {} : { 'if-match': tag } });
    const first = await etag();
    expect(first).toMatch(/^"v\d+"$/);
    expect((await patch(first)).statusCode).toBe(200);
    const late = await patch(first);
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([412, 'precondition_failed']);
    expect((await patch(`W/${await etag()}`)).statusCode).toBe(412);
    expect((await patch('no tag')).statusCode).toBe(400);
    expect((await patch()).statusCode).toBe(200);
    expect((await patch('*')).statusCode).toBe(200);
    // Two that read the same version: one of them wins.
    const read = await etag();
    const both = await Promise.all([patch(read), patch(read)]);
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 412]);
    const remove = (tag: string) => api.call('DELETE', path, { headers: { 'if-match': tag } });
    expect((await remove(read)).statusCode).toBe(412);
    expect((await remove(`"other", ${await etag()}`)).statusCode).toBe(204);
    expect((await patch(read)).statusCode).toBe(404);
  });

  it("tells nothing about the versions of another organization's things", async () => {
    const theirs = (await add('theirs', {}, api.theirs.keys.admin)).json<Endpoint>();
    const answer = await api.call('PATCH', `/api/v1/endpoints/${theirs.id}`, { body: { name: 'n' }, headers: { 'if-match': '"v9"' } });
    expect(answer.statusCode).toBe(404);
  });
});

describe('quotas', () => {
  const expectQuota = (answer: Awaited<ReturnType<typeof add>>, quota: string) => {
    expect(answer.statusCode, answer.body).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'quota_exceeded', detail: expect.stringContaining(`quota "${quota}"`) });
  };
  it('bound endpoints, also when the last places are taken at once, the interval and the channels', async () => {
    const key = api.theirs.keys.admin;
    const own = await api.db.endpoint.count({ where: { organizationId: api.theirs.id } });
    await api.db.organization.update({ where: { id: api.theirs.id }, data: { plan: 'starter' } });
    expectQuota(await add('fast', { intervalSeconds: 30 }, key), 'minIntervalSeconds');
    const many = await api.call('POST', '/api/v1/endpoints/bulk', {
      key,
      body: { endpoints: Array.from({ length: 49 - own }, (_, i) => ({ name: `e${i}`, url: `https://e${i}.example/mcp` })) },
    });
    expect(many.statusCode, many.body).toBeLessThan(300);
    expect(await api.db.endpoint.count({ where: { organizationId: api.theirs.id } })).toBe(49);
    const both = await Promise.all([add('a', {}, key), add('b', {}, key)]);
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 403]);
    expectQuota(await add('one more', {}, key), 'endpoints');
    const id = both.find(({ statusCode }) => statusCode === 201)?.json<Endpoint>().id;
    expectQuota(await api.call('PATCH', `/api/v1/endpoints/${id}`, { key, body: { intervalSeconds: 10 } }), 'minIntervalSeconds');
    const channel = () => api.call('POST', '/api/v1/channels', { key, body: { type: 'email', name: 'c', config: { to: 'a@b.example' } } });
    for (let i = 0; i < 10; i += 1) expect((await channel()).statusCode).toBe(201);
    expectQuota(await channel(), 'channels');
  });
});

describe('the audit log', () => {
  it('is filtered by action, target, actor and time, and says from where and by which key', async () => {
    const since = new Date().toISOString();
    const made = (await add('audited')).json<Endpoint>();
    await api.call('PATCH', `/api/v1/endpoints/${made.id}`, { body: { name: 'renamed' } });
    const read = async (query: string) =>
      (await api.call('GET', `/api/v1/audit-log?${query}`)).json<{ data: Record<string, unknown>[] }>().data;
    const key = await api.db.apiKey.findFirstOrThrow({ where: { organizationId: api.ours.id, name: 'admin' } });
    const entries = await read(`target=${made.id}`);
    expect(entries.map(({ action }) => action)).toEqual(['endpoint.updated', 'endpoint.created']);
    expect(entries[0]).toMatchObject({
      actorKind: 'api_key',
      actorId: key.id,
      address: '127.0.0.1',
      before: { name: 'audited' },
      after: { name: 'renamed' },
    });
    expect((await read('action=endpoint.updated')).every(({ action }) => action === 'endpoint.updated')).toBe(true);
    expect((await read(`action=endpoint.*&from=${since}&target=${made.id}`)).length).toBe(2);
    expect(await read(`to=${since}&target=${made.id}`)).toEqual([]);
    expect((await read(`actor=${key.id}&target=${made.id}`)).length).toBe(2);
    expect(await read(`actor=nobody`)).toEqual([]);
  });
});

describe('the limit of an organization', () => {
  it('is shared by its keys and no other organization’s, and says when to come back', async () => {
    const keys = Object.values(api.ours.keys);
    let refused = await api.call('GET', '/api/v1/me', { key: keys[0] as string });
    for (let i = 0; i < 200 && refused.statusCode !== 429; i += 1)
      refused = await api.call('GET', '/api/v1/me', { key: keys[i % 3] as string });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([429, 'rate_limited']);
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '150', 'ratelimit-remaining': '0' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await api.call('GET', '/api/v1/me', { key: api.theirs.keys.read })).statusCode).toBe(200);
  });
});

import type { Endpoint } from '@rollcall/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const body = { name: 'Once', url: 'https://once.example/mcp' };
const post = (key: string, sent: object = body, path = '/endpoints', as?: string) =>
  api.call('POST', `/api/v1${path}`, { body: sent, headers: { 'idempotency-key': key }, ...(as ? { key: as } : {}) });

describe('Idempotency-Key', () => {
  it('answers a repeated POST with the first answer and does it once', async () => {
    const first = await post('k1');
    const second = await post('k1');
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.json()).toEqual(first.json());
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(await api.db.endpoint.count({ where: { name: 'Once' } })).toBe(1);
  });

  it('does it once when twenty arrive at the same time', async () => {
    const sent = { ...body, name: 'Together' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('k2', sent)));
    expect(new Set(answers.map((answer) => answer.statusCode))).toSatisfy((codes: Set<number>) =>
      [...codes].every((code) => code === 201 || code === 409),
    );
    expect(await api.db.endpoint.count({ where: { name: 'Together' } })).toBe(1);
    expect((await post('k2', sent)).statusCode).toBe(201);
  });

  it('refuses the key with another request', async () => {
    await post('k3');
    const answer = await post('k3', { ...body, name: 'Other' });
    expect([409, 422]).toContain(answer.statusCode);
    expect((await post('k3', { name: 'k', scopes: ['read'] }, '/api-keys')).statusCode).toSatisfy(
      (code: number) => code === 409 || code === 422,
    );
    expect(await api.db.endpoint.count({ where: { name: 'Other' } })).toBe(0);
  });

  it('keeps the keys of two organizations apart', async () => {
    const ours = (await post('k4')).json<Endpoint>();
    const theirs = (await post('k4', body, '/endpoints', api.theirs.keys.admin)).json<Endpoint>();
    expect(theirs.id).not.toBe(ours.id);
  });

  it('does not replay an answer to a key that may not see it', async () => {
    expect((await post('k5', { name: 'secret', scopes: ['admin'] }, '/api-keys')).statusCode).toBe(201);
    const answer = await post('k5', { name: 'secret', scopes: ['admin'] }, '/api-keys', api.ours.keys.read);
    expect(answer.body).not.toContain('"key"');
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  });

  it('keeps no secret in clear: neither a new API key nor a signing secret', async () => {
    const key = (await post('k6', { name: 'n', scopes: ['read'] }, '/api-keys')).json<{ key: string }>().key;
    const secret = (await post('k7', { type: 'webhook', name: 'n', config: { url: 'https://hook.example/x' } }, '/channels')).json<{
      secret: string;
    }>().secret;
    expect(secret).toMatch(/^whsec_/);
    const rows = JSON.stringify(await api.db.idempotencyKey.findMany());
    expect(rows).not.toContain(key);
    expect(rows).not.toContain(secret);
  });

  it('leaves a request that was refused free to be sent again, mended', async () => {
    expect((await post('k8', { ...body, url: 'nope' })).statusCode).toBe(400);
    expect((await post('k8', { ...body, name: 'Mended' })).statusCode).toBe(201);
  });

  it('takes over the claim of a process that died', async () => {
    const sent = { ...body, name: 'Orphan' };
    await post('k9', sent);
    await api.db.idempotencyKey.updateMany({ where: { key: 'k9' }, data: { status: null, createdAt: new Date(Date.now() - 3_600_000) } });
    expect((await post('k9', sent)).statusCode).toBe(201);
  });

  it('keeps no claim for a streamed check: it can be asked for again', async () => {
    const check = () =>
      api.call('POST', '/api/v1/checks', {
        body: { url: 'http://no-such-host.invalid/', timeoutMs: 5000 },
        headers: { 'idempotency-key': 'k10', accept: 'text/event-stream' },
      });
    expect((await check()).statusCode).toBe(200);
    await expect.poll(() => api.db.idempotencyKey.count({ where: { key: 'k10' } }), { timeout: 20_000 }).toBe(0);
  });

  it.each(['', ' ', 'x'.repeat(300), 'naïve'])('refuses the key "%s"', async (key) => {
    expect((await post(key)).statusCode).toSatisfy((code: number) => code === 400 || (key.trim() === '' && code === 201));
  });
});

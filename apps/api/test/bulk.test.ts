import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BulkAnswer, Endpoint } from '@rollcall/contracts';
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

const count = () => api.db.endpoint.count({ where: { organizationId: api.ours.id } });
const item = (n: number, more: object = {}) => ({ name: `server ${n}`, url: `https://mcp-${n % 7}.example/mcp/${n}`, ...more });
async function bulk(method: 'POST' | 'PATCH' | 'DELETE', body: object, headers: Record<string, string> = {}): Promise<BulkAnswer> {
  const answer = await api.call(method, '/api/v1/endpoints/bulk', { body, headers });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<BulkAnswer>();
}

describe('/endpoints/bulk', () => {
  it('registers 1,000 endpoints from a file with curl alone, twice, and ends with 1,000', async () => {
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as AddressInfo;
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-bulk-'));
    try {
      const file = join(folder, 'endpoints.json');
      const headers = { Authorization: `Bearer ${'x'.repeat(200)}`, 'X-Team': 'red' };
      const endpoints = Array.from({ length: 1000 }, (_, n) => item(n, { tags: ['bulk'], intervalSeconds: 300, headers }));
      await writeFile(file, JSON.stringify({ ifExists: 'skip', endpoints }));
      const curl = async () => {
        const { stdout } = await promisify(execFile)(
          'curl',
          [
            ...['-sS', '--fail-with-body', '-X', 'POST', '-H', `Authorization: Bearer ${api.ours.keys.write}`],
            ...['-H', 'Content-Type: application/json', '--data-binary', `@${file}`, `http://127.0.0.1:${port}/api/v1/endpoints/bulk`],
          ],
          { maxBuffer: 16 * 1024 * 1024 },
        );
        return JSON.parse(stdout) as BulkAnswer;
      };
      expect((await curl()).counts).toEqual({ created: 1000, exists: 0, updated: 0, deleted: 0, queued: 0, failed: 0 });
      expect(await count()).toBe(1000);
      const again = await curl();
      expect(again.counts).toMatchObject({ created: 0, exists: 1000 });
      expect(again.results.every(({ id }) => id?.startsWith('ep_'))).toBe(true);
      expect(await count()).toBe(1000);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const due = await api.db.endpointSchedule.aggregate({ _min: { nextDueAt: true }, _max: { nextDueAt: true }, _count: true });
    expect(due._count).toBe(1000);
    expect((due._max.nextDueAt?.getTime() ?? 0) - (due._min.nextDueAt?.getTime() ?? 0)).toBeGreaterThan(50_000);
    expect(await api.db.auditLog.count({ where: { action: 'endpoint.created', organizationId: api.ours.id } })).toBe(1000);
  }, 120_000);

  it('lets each item succeed or fail by itself, as the single call would answer', async () => {
    const answer = await bulk('POST', { endpoints: [item(1), item(2, { intervall: 5 }), 'nothing', item(3, { url: 'ftp://x' }), item(4)] });
    expect(answer.counts).toMatchObject({ created: 2, failed: 3 });
    expect(answer.results.map(({ index, status }) => `${index} ${status}`)).toEqual([
      '0 created',
      '1 failed',
      '2 failed',
      '3 failed',
      '4 created',
    ]);
    expect(answer.results[1]?.error).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ pointer: '/intervall' }] });
    expect(answer.results[3]?.error?.errors?.[0]?.pointer).toBe('/url');
    expect(await count()).toBe(2);
    const made = await api.call('GET', `/api/v1/endpoints/${answer.results[4]?.id}`);
    expect(made.json<Endpoint>()).toMatchObject({ name: 'server 4', intervalSeconds: 60, state: { status: 'pending' } });
  });

  it('with skip leaves alone what is there, and takes what stands twice once; without it makes a second', async () => {
    await bulk('POST', { endpoints: [item(1)] });
    const twice = [item(1), item(2), item(2), item(1, { name: 'another name' })];
    const answer = await bulk('POST', { ifExists: 'skip', endpoints: twice });
    expect(answer.results.map(({ status }) => status)).toEqual(['exists', 'created', 'exists', 'created']);
    expect(answer.results[2]?.id).toBe(answer.results[1]?.id);
    expect(await count()).toBe(3);
    await bulk('POST', { endpoints: [item(1)] });
    expect(await count()).toBe(4);
  });

  it('registers once when two calls with skip come at the same time', async () => {
    const body = { ifExists: 'skip', endpoints: Array.from({ length: 50 }, (_, n) => item(n)) };
    const answers = await Promise.all([bulk('POST', body), bulk('POST', body), bulk('POST', body)]);
    expect(answers.map(({ counts }) => counts.created).sort((a, b) => a - b)).toEqual([0, 0, 50]);
    expect(await count()).toBe(50);
  });

  it('changes and deletes many, and says what is not there', async () => {
    const made = await bulk('POST', { endpoints: [item(1), item(2), item(3)] });
    const [one, two, three] = made.results.map(({ id }) => id);
    const theirs = (
      await api.call('POST', '/api/v1/endpoints', {
        key: api.theirs.keys.admin,
        body: { name: 'theirs', url: 'https://theirs.example/mcp' },
      })
    ).json<Endpoint>().id;
    const changed = await bulk('PATCH', {
      endpoints: [
        { id: one, name: 'renamed' },
        { id: two, intervalSeconds: 1 },
        { id: theirs, name: 'stolen' },
        { id: one, paused: true },
        { name: 'x' },
        { id: three },
      ],
    });
    expect(changed.results.map(({ status, error }) => error?.code ?? status)).toEqual([
      'updated',
      'invalid_request',
      'not_found',
      'invalid_request',
      'invalid_request',
      'invalid_request',
    ]);
    const rows = await api.db.endpoint.findMany({ where: { organizationId: api.ours.id }, orderBy: { url: 'asc' } });
    expect(rows.map(({ name, paused }) => [name, paused])).toEqual([
      ['renamed', false],
      ['server 2', false],
      ['server 3', false],
    ]);
    const gone = await bulk('DELETE', { ids: [one, theirs, 'nonsense', three, one] });
    expect(gone.results.map(({ status }) => status)).toEqual(['deleted', 'failed', 'failed', 'deleted', 'failed']);
    expect(await count()).toBe(1);
    expect(await api.db.endpoint.count({ where: { id: theirs, name: 'theirs' } })).toBe(1);
    await api.call('DELETE', `/api/v1/endpoints/${theirs}`, { key: api.theirs.keys.admin });
  });

  it('honours Idempotency-Key for all three', async () => {
    const headers = (key: string) => ({ 'idempotency-key': key });
    const first = await bulk('POST', { endpoints: [item(1), { bad: 1 }] }, headers('b1'));
    expect(await bulk('POST', { endpoints: [item(1), { bad: 1 }] }, headers('b1'))).toEqual(first);
    expect(await count()).toBe(1);
    const { id } = first.results[0] ?? {};
    const removed = await bulk('DELETE', { ids: [id] }, headers('b2'));
    expect(await bulk('DELETE', { ids: [id] }, headers('b2'))).toEqual(removed);
    expect(removed.counts.deleted).toBe(1);
    const other = await api.call('DELETE', '/api/v1/endpoints/bulk', { body: { ids: ['ep_x'] }, headers: headers('b2') });
    expect(other.statusCode).toBe(422);
    const again = await bulk('POST', { endpoints: [item(1)] }, headers('b3'));
    const change = { endpoints: [{ id: again.results[0]?.id, name: 'renamed' }] };
    await bulk('PATCH', change, headers('b4'));
    await api.db.endpoint.updateMany({ data: { name: 'renamed since' } });
    await bulk('PATCH', change, headers('b4'));
    expect(await api.db.endpoint.count({ where: { name: 'renamed since' } })).toBe(1);
  });
});

import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@rollcall/config';
import type { Channel, Delivery, Endpoint, Page, Probe } from '@rollcall/contracts';
import { createSealer } from '@rollcall/crypto';
import { bootstrapInstallation } from '@rollcall/services';
import { freePort, startHttpSink, startRedis, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RoleProcess, startRole } from './roles.ts';
import { type ApiClient, apiClient, eventually, removeFolder } from './rollcall.ts';

const API_KEY = 'rc_kill_test_key_0123456789';
const SECRET = Buffer.alloc(32, 9).toString('base64');

let database: TestDatabase;
let data: string;
let env: Record<string, string>;
let api: ApiClient;
const roles: RoleProcess[] = [];
const servers: Server[] = [];
const cleanups: (() => Promise<unknown>)[] = [];

async function role(app: 'api' | 'worker', more: Record<string, string>): Promise<RoleProcess> {
  const started = await startRole(app, { ...env, ...more });
  roles.push(started);
  return started;
}

async function prepare(redisUrl: string | null): Promise<void> {
  const port = await freePort();
  env = {
    DATABASE_URL: database.url,
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    ROLLCALL_SECRET: SECRET,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_ADMIN_PASSWORD: 'kill-test-password',
    ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
    ROLLCALL_DATA_DIR: data,
    PORT: String(port),
  };
  await bootstrapInstallation({ db: database.db, sealer: createSealer(SECRET), config: readConfig(env), now: new Date() });
  await role('api', { ROLLCALL_ROLES: 'api' });
  api = apiClient(`http://127.0.0.1:${port}`, API_KEY);
}

beforeEach(async () => {
  database = await testDatabase();
  data = mkdtempSync(join(tmpdir(), 'rollcall-kill-'));
});

afterEach(async () => {
  for (const started of roles.splice(0)) await started.kill('SIGKILL');
  for (const server of servers.splice(0)) server.closeAllConnections();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await database.close();
  await removeFolder(data);
});

/** A healthy stateless MCP server whose first `initialize` hangs until it is let go: a probe is caught in the middle. */
async function hangingServer(): Promise<{ url: string; caught: () => boolean }> {
  let caught = false;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const message = text ? JSON.parse(text) : {};
      const answer = (result: unknown) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }));
      if (message.method === 'initialize') {
        if (!caught) {
          caught = true;
          return;
        }
        answer({ protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'slow', version: '1' } });
      } else if (message.method === 'tools/list')
        answer({ tools: [{ name: 'one', description: 'One.', inputSchema: { type: 'object' } }] });
      else if (message.id === undefined && message.method) response.writeHead(202).end();
      else response.writeHead(request.method === 'POST' ? 400 : 405).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, caught: () => caught };
}

describe.each([
  ['PostgreSQL', false],
  ['Redis', true],
] as const)('kill -9 with the queue in %s', (_name, withRedis) => {
  it('of the prober in mid-probe loses nothing and records no slot twice', { timeout: 300_000 }, async () => {
    const redis = withRedis ? await startRedis() : null;
    if (redis) cleanups.push(() => redis.close());
    await prepare(redis?.url ?? null);
    const target = await hangingServer();
    await role('worker', { ROLLCALL_ROLES: 'scheduler,janitor' });
    const prober = await role('worker', { ROLLCALL_ROLES: 'prober' });
    const endpoint = await api.post<Endpoint>('/endpoints', {
      name: 'slow',
      url: target.url,
      transport: 'streamable-http',
      era: 'legacy',
      intervalSeconds: 60,
      timeoutMs: 20_000,
    });
    await eventually('a probe is in the middle', async () => target.caught());
    await prober.kill('SIGKILL');
    await role('worker', { ROLLCALL_ROLES: 'prober' });
    await eventually(
      'the endpoint is up',
      async () => (await api.get<Endpoint>(`/endpoints/${endpoint.id}`)).state.status === 'up',
      150_000,
    );
    const probes = (await api.get<Page<Probe>>(`/endpoints/${endpoint.id}/probes`)).data;
    const slots = probes.map((probe) => `${probe.region} ${probe.slot}`);
    expect(new Set(slots).size).toBe(slots.length);
    expect(probes.every((probe) => probe.verdict === 'up')).toBe(true);
  });
});

describe('kill -9 of the alerter in mid-delivery', () => {
  it('delivers the notice all the same, with the same webhook-id', { timeout: 300_000 }, async () => {
    await prepare(null);
    const sink = await startHttpSink({ hangFirst: 1 });
    cleanups.push(() => sink.close());
    await api.post<Channel>('/channels', { type: 'webhook', name: 'sink', config: { url: `${sink.url}/hook` } });
    await role('worker', { ROLLCALL_ROLES: 'scheduler,prober,janitor' });
    const alerter = await role('worker', { ROLLCALL_ROLES: 'alerter' });
    const port = await freePort();
    await api.post<Endpoint>('/endpoints', { name: 'nobody there', url: `http://127.0.0.1:${port}/mcp`, intervalSeconds: 10 });
    await eventually('the first attempt is under way', async () => sink.requests.length === 1);
    await alerter.kill('SIGKILL');
    await role('worker', { ROLLCALL_ROLES: 'alerter' });
    await eventually('the second attempt', async () => sink.requests.length === 2, 150_000);
    const ids = sink.requests.map((request) => request.headers['webhook-id']);
    expect(ids[0]).toBeTruthy();
    expect(ids[1]).toBe(ids[0]);
    expect(sink.requests[1]?.body.equals(sink.requests[0]?.body as Buffer)).toBe(true);
    const delivered = await eventually('the delivery log', async () => {
      const log = await api.get<Page<Delivery>>('/deliveries');
      return log.data.find((delivery) => delivery.noticeId === ids[0] && delivery.status === 'delivered');
    });
    expect(delivered.type).toBe('endpoint.down');
  });
});

import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@rollcall/config';
import type { Endpoint, Page, Probe } from '@rollcall/contracts';
import { createSealer } from '@rollcall/crypto';
import { bootstrapInstallation, createRegionKey, revokeRegionKey } from '@rollcall/services';
import { freePort, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RoleProcess, spawnRole, startRole } from './roles.ts';
import { type ApiClient, apiClient, eventually, removeFolder } from './rollcall.ts';

const API_KEY = 'rc_remote_test_key_0123456789';
const SECRET = Buffer.alloc(32, 9).toString('base64');

let database: TestDatabase;
let data: string;
let env: Record<string, string>;
let api: ApiClient;
let apiRole: RoleProcess;
let key: { id: string; key: string };
const roles: RoleProcess[] = [];
const servers: Server[] = [];

async function role(app: 'api' | 'worker', more: Record<string, string>): Promise<RoleProcess> {
  const started = await startRole(app, { ...env, ...more });
  roles.push(started);
  return started;
}

/** What a machine elsewhere has: the address, its key, and nothing of the installation. */
const remoteEnv = (regionKey: string) => ({
  ROLLCALL_REMOTE_API: `http://127.0.0.1:${env['PORT']}`,
  ROLLCALL_REGION_KEY: regionKey,
  ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
});
async function remote(): Promise<RoleProcess> {
  const started = await startRole('worker', remoteEnv(key.key));
  roles.push(started);
  return started;
}

beforeAll(async () => {
  database = await testDatabase();
  data = mkdtempSync(join(tmpdir(), 'rollcall-remote-'));
  env = {
    DATABASE_URL: database.url,
    ROLLCALL_SECRET: SECRET,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_ADMIN_PASSWORD: 'remote-test-password',
    ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
    ROLLCALL_DATA_DIR: data,
    ROLLCALL_REGION: 'a',
    PORT: String(await freePort()),
  };
  await bootstrapInstallation({ db: database.db, sealer: createSealer(SECRET), config: readConfig(env), now: new Date() });
  key = await createRegionKey(database.db, { region: 'b', name: 'b' }, new Date());
  [apiRole] = await Promise.all([role('api', { ROLLCALL_ROLES: 'api' }), role('worker', { ROLLCALL_ROLES: 'scheduler,prober,janitor' })]);
  api = apiClient(`http://127.0.0.1:${env['PORT']}`, API_KEY);
});

afterAll(async () => {
  for (const started of roles.splice(0)) await started.kill('SIGKILL');
  for (const server of servers.splice(0)) server.closeAllConnections();
  await database.close();
  await removeFolder(data);
});

interface Gated {
  readonly url: string;
  /** The header that the server was sent last. */
  readonly authorization: () => string | undefined;
  readonly caught: () => number;
  /** From now on it answers, and to whom it has kept waiting as well. */
  open(): void;
}

/** A healthy stateless MCP server that answers `initialize` only once it is opened: probes are caught in the middle. */
async function gatedServer(): Promise<Gated> {
  let caught = 0;
  let isOpen = false;
  let authorization: string | undefined;
  const kept: (() => void)[] = [];
  const server = createServer((request, response) => {
    let text = '';
    authorization = request.headers.authorization;
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const message = text ? JSON.parse(text) : {};
      const answer = (result: unknown) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }));
      if (message.method === 'initialize') {
        const go = () =>
          answer({ protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'gated', version: '1' } });
        if (isOpen) return go();
        caught += 1;
        kept.push(go);
      } else if (message.method === 'tools/list')
        answer({ tools: [{ name: 'one', description: 'One.', inputSchema: { type: 'object' } }] });
      else if (message.id === undefined && message.method) response.writeHead(202).end();
      else response.writeHead(request.method === 'POST' ? 400 : 405).end();
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    authorization: () => authorization,
    caught: () => caught,
    open() {
      isOpen = true;
      for (const go of kept.splice(0)) go();
    },
  };
}

const register = (url: string, regions: string[], more: object = {}) =>
  api.post<Endpoint>('/endpoints', {
    name: url,
    url,
    regions,
    transport: 'streamable-http',
    era: 'legacy',
    intervalSeconds: 600,
    timeoutMs: 60_000,
    ...more,
  });
const probesOf = async ({ id }: Endpoint) => (await api.get<Page<Probe>>(`/endpoints/${id}/probes`)).data;
const firstProbe = (what: string, endpoint: Endpoint, region: string) =>
  eventually(what, async () => (await probesOf(endpoint)).find((probe) => probe.region === region));

describe('a remote prober', () => {
  it('probes its region with the address of the API and a key, beside a local prober of another region', async () => {
    const prober = await remote();
    const target = await gatedServer();
    target.open();
    const endpoint = await register(target.url, ['a', 'b'], { auth: { type: 'bearer', token: 'token-of-the-target' } });
    const [fromA, fromB] = await Promise.all([firstProbe('from a', endpoint, 'a'), firstProbe('from b', endpoint, 'b')]);
    expect([fromA.verdict, fromB.verdict]).toEqual(['up', 'up']);
    expect(target.authorization()).toBe('Bearer token-of-the-target');
    expect(prober.log()).not.toContain('token-of-the-target');
    expect(prober.log()).not.toContain(key.key);
    await prober.kill('SIGTERM');
    expect(prober.child.exitCode).toBe(0);
  });

  it('keeps its results through an outage of the API and delivers them when it is back', { timeout: 120_000 }, async () => {
    const prober = await remote();
    const targets = await Promise.all(Array.from({ length: 5 }, gatedServer));
    const endpoints = await Promise.all(targets.map((target) => register(target.url, ['b'])));
    await eventually('all are being probed', async () => targets.every((target) => target.caught() === 1));
    await apiRole.kill('SIGKILL');
    for (const target of targets) target.open();
    await eventually('results wait', async () => /"waiting":5.*remote.delivery_waits/.test(prober.log()));
    apiRole = await role('api', { ROLLCALL_ROLES: 'api' });
    const probes = await Promise.all(endpoints.map((endpoint) => firstProbe('delivered', endpoint, 'b')));
    expect(probes.map(({ verdict }) => verdict)).toEqual(Array(5).fill('up'));
    // Nothing was probed a second time meanwhile, and nothing given up.
    expect(targets.map((target) => target.caught())).toEqual(Array(5).fill(1));
    for (const endpoint of endpoints) expect(await probesOf(endpoint)).toHaveLength(1);
    expect(prober.log()).not.toContain('remote.results_dropped');
    await prober.kill('SIGTERM');
  });

  it('that is stopped finishes what it has begun', async () => {
    const prober = await remote();
    const target = await gatedServer();
    const endpoint = await register(target.url, ['b']);
    await eventually('it is being probed', async () => target.caught() === 1);
    const stopped = prober.kill('SIGTERM');
    await eventually('it is draining', async () => prober.log().includes('worker.draining'));
    target.open();
    await stopped;
    expect(prober.child.exitCode).toBe(0);
    expect(await probesOf(endpoint)).toMatchObject([{ verdict: 'up', region: 'b' }]);
  });

  it('that is killed loses nothing: another takes its jobs, and no slot is recorded twice', { timeout: 150_000 }, async () => {
    const prober = await remote();
    const target = await gatedServer();
    const endpoint = await register(target.url, ['b'], { timeoutMs: 5000 });
    await eventually('it is being probed', async () => target.caught() === 1);
    await prober.kill('SIGKILL');
    target.open();
    const next = await remote();
    await firstProbe('taken over', endpoint, 'b');
    const slots = (await probesOf(endpoint)).map(({ slot }) => slot);
    expect(new Set(slots).size).toBe(slots.length);
    await next.kill('SIGTERM');
  });

  it('whose key is revoked stops by itself, says why, and does not start again', async () => {
    const other = await createRegionKey(database.db, { region: 'c', name: 'c' }, new Date());
    const prober = spawnRole('worker', remoteEnv(other.key));
    roles.push(prober);
    await eventually('it has signed in', async () => prober.log().includes('remote.signed_in'));
    const gone = once(prober.child, 'exit');
    await revokeRegionKey(database.db, other.id, new Date());
    expect((await gone)[0]).toBe(78);
    expect(prober.log()).toMatch(/refuses this prober .*The region key is unknown or revoked/);
    const again = spawnRole('worker', remoteEnv(other.key));
    roles.push(again);
    expect((await once(again.child, 'exit'))[0]).toBe(78);
    expect(again.log()).toMatch(/rollcall-admin region-key create/);
    expect(again.log()).not.toContain(other.key);
  });
});

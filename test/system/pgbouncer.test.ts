import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@rollcall/config';
import type { Endpoint, Page, Probe } from '@rollcall/contracts';
import { createSealer } from '@rollcall/crypto';
import { bootstrapInstallation } from '@rollcall/services';
import { freePort, startPgbouncer, type TestDatabase, type TestPgbouncer, testDatabase } from '@rollcall/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTarget } from '../bench/local-target.ts';
import { type RoleProcess, startRole } from './roles.ts';
import { apiClient, eventually, removeFolder } from './rollcall.ts';

const API_KEY = 'rc_pgbouncer_test_key_0123456789';
const SECRET = Buffer.alloc(32, 9).toString('base64');
/** Fewer connections to the server than the roles keep to the pooler: transactions of all of them take turns on each. */
const POOL_SIZE = 4;

let database: TestDatabase;
let pooler: TestPgbouncer;
let data: string;
let target: { url: string; stop(): void };
const roles: RoleProcess[] = [];

beforeAll(async () => {
  [database, target] = await Promise.all([testDatabase(), startTarget()]);
  pooler = await startPgbouncer(database.url, { mode: 'transaction', poolSize: POOL_SIZE });
  data = mkdtempSync(join(tmpdir(), 'rollcall-pgbouncer-data-'));
});

afterAll(async () => {
  for (const role of roles.splice(0)) await role.kill('SIGKILL');
  target?.stop();
  await pooler?.close();
  await database?.close();
  await removeFolder(data);
});

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('an installation behind a pooler in transaction mode', () => {
  it('probes and tells, over few connections that it shares, with the queue alone on the server itself', async () => {
    const env = {
      DATABASE_URL: pooler.url,
      DATABASE_DIRECT_URL: database.url,
      ROLLCALL_SECRET: SECRET,
      ROLLCALL_API_KEY: API_KEY,
      ROLLCALL_ADMIN_PASSWORD: 'pgbouncer-test-password',
      ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
      ROLLCALL_DATA_DIR: data,
      PORT: String(await freePort()),
    };
    await bootstrapInstallation({ db: database.db, sealer: createSealer(SECRET), config: readConfig(env), now: new Date() });
    const [apiRole, worker] = await Promise.all([
      startRole('api', { ...env, ROLLCALL_ROLES: 'api' }),
      startRole('worker', { ...env, ROLLCALL_ROLES: 'scheduler,prober,alerter,janitor' }),
    ]);
    roles.push(apiRole, worker);
    const api = apiClient(`http://127.0.0.1:${env.PORT}`, API_KEY);
    const endpoints: Endpoint[] = [];
    for (let n = 0; n < 8; n += 1)
      endpoints.push(
        await api.post('/endpoints', { name: `server ${n}`, url: target.url, transport: 'streamable-http', intervalSeconds: 30 }),
      );
    await database.db.endpointSchedule.updateMany({ data: { nextDueAt: new Date() } });
    const probed = async ({ id }: Endpoint) => (await api.get<Page<Probe>>(`/endpoints/${id}/probes`)).data[0]?.verdict;
    const verdicts = await Promise.all(endpoints.map((endpoint) => eventually('it is probed', () => probed(endpoint))));
    expect(verdicts).toEqual(endpoints.map(() => 'up'));

    // Nobody but the queue has gone past the pooler.
    const direct = await ask<{ application_name: string }>(
      database.url,
      "select distinct application_name from pg_stat_activity where datname = current_database() and application_name like 'rollcall-%'",
    );
    const [pool] = await ask<{ total_xact_count: string; database: string }>(pooler.adminUrl, 'show stats').then((rows) =>
      rows.filter((row) => new URL(database.url).pathname === `/${row.database}`),
    );
    const servers = await ask<{ database: string }>(pooler.adminUrl, 'show servers');
    expect(Number(pool?.total_xact_count)).toBeGreaterThan(endpoints.length);
    expect(servers.length).toBeLessThanOrEqual(POOL_SIZE);
    expect(direct.length).toBeGreaterThan(0);
    for (const role of roles) expect(role.log()).not.toMatch(/"level":[56]0/);
    for (const role of roles.splice(0)) {
      await role.kill('SIGTERM');
      expect(role.child.exitCode).toBe(0);
    }
  });
});

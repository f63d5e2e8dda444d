import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint, Page, Report } from '@rollcall/contracts';
import { freePort, startRedis } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doTheMainJob, startSinks } from './main-job.ts';
import { apiClient, cloneWorkingTree, eventually, npmStart, readCredentials, removeFolder, type Started, untilReady } from './rollcall.ts';

let clone: string;
const folders: string[] = [];
const running: Started[] = [];

beforeAll(() => {
  clone = cloneWorkingTree();
  folders.push(clone);
});

afterAll(async () => {
  for (const started of running) {
    await started.stop();
  }
  for (const folder of folders) await removeFolder(folder);
});

function dataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-data-'));
  folders.push(folder);
  return folder;
}

async function start(env: Record<string, string>, port: number): Promise<Started> {
  const started = npmStart(clone, env, port);
  running.push(started);
  return started;
}

async function stop(started: Started): Promise<void> {
  running.splice(running.indexOf(started), 1);
  await started.stop();
}

/** Processes that still work in the clone or the data folder; a stop must leave none. */
function leftovers(...paths: string[]): string[] {
  const list = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return list.filter((line) => paths.some((path) => line.includes(path)) && !line.includes('ps -eo'));
}

describe('npm start on a fresh clone', () => {
  const data = dataDir();
  let port = 0;
  let seconds = 0;

  it('installs, builds and comes up, does the main job, and stops without a trace', { timeout: 900_000 }, async () => {
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
    port = await freePort();
    const sinks = await startSinks();
    const since = Date.now();
    const started = await start(
      { ROLLCALL_DATA_DIR: data, SMTP_URL: sinks.smtp.url, MAIL_FROM: 'Rollcall <rollcall@example.com>', ROLLCALL_DEMO: '0' },
      port,
    );
    await untilReady(started, 600_000);
    seconds = (Date.now() - since) / 1000;
    process.stdout.write(`first start, dependencies and build included: ${seconds.toFixed(1)} s\n`);
    expect(statSync(join(data, 'credentials.json')).mode & 0o777).toBe(0o600);
    const { apiKey, email, password } = readCredentials(data);
    await doTheMainJob(apiClient(started.baseUrl, apiKey), sinks);
    // Its own MCP server, on the one public port, as it judges any other.
    const own = { url: `${started.baseUrl}/mcp`, deep: true, auth: { type: 'bearer', token: apiKey } };
    const report = await apiClient(started.baseUrl, apiKey).post<Report>('/checks', own);
    expect([report.verdict, report.cause, report.findings]).toEqual(['up', null, []]);
    for (const secret of [password, apiKey]) expect(readFileSync(join(data, 'logs/api.log'), 'utf8')).not.toContain(secret);
    expect(started.output()).toContain(email);
    await stop(started);
    expect(leftovers(clone, data)).toEqual([]);
    await sinks.smtp.close();
    await sinks.http.close();
  });

  it('resumes on the same data, alive with its demonstration, and says that mail goes to files', { timeout: 300_000 }, async () => {
    const since = Date.now();
    const started = await start({ ROLLCALL_DATA_DIR: data }, port);
    await untilReady(started, 120_000);
    const again = (Date.now() - since) / 1000;
    process.stdout.write(`second start: ${again.toFixed(1)} s\n`);
    const api = apiClient(started.baseUrl, readCredentials(data).apiKey);
    const kept = await api.get<Page<Endpoint>>('/endpoints?q=everything');
    expect(kept.data).toHaveLength(2);
    await eventually('the summary', async () => started.output().includes('No SMTP_URL'));
    const demo = await eventually('the demonstration is probed', async () => {
      const all = (await api.get<Page<Endpoint>>('/endpoints')).data.filter((endpoint) => endpoint.demo);
      return all.length === 4 && all.every((endpoint) => !['pending', 'no_data'].includes(endpoint.state.status)) && all;
    });
    const byPath = new Map(demo.map((endpoint) => [new URL(endpoint.url).pathname, endpoint.state]));
    expect(byPath.get('/weather/mcp')?.status).toBe('up');
    expect(byPath.get('/notes/sse')?.status).toBe('up');
    expect(byPath.get('/catalogue/mcp')?.status).toBe('up');
    expect(byPath.get('/moved/mcp')).toMatchObject({ status: 'down', cause: { code: 'redirect.method_lost' } });
    running.splice(running.indexOf(started), 1);
    await started.interrupt();
    await eventually(
      'an orderly stop after Ctrl-C',
      async () => started.output().includes('Stopped.') && leftovers(clone, data).length === 0,
      30_000,
    );
  });

  it('starts again after a kill that left everything running', { timeout: 300_000 }, async () => {
    const first = await start({ ROLLCALL_DATA_DIR: data, ROLLCALL_DEMO: '0' }, port);
    await untilReady(first, 120_000);
    running.splice(running.indexOf(first), 1);
    first.kill();
    const second = await start({ ROLLCALL_DATA_DIR: data, ROLLCALL_DEMO: '0' }, port);
    await untilReady(second, 120_000);
    await stop(second);
    await eventually('nothing is left', async () => leftovers(data).length === 0, 30_000);
  });

  it('names every bad variable in one message and starts nothing', { timeout: 120_000 }, async () => {
    const started = await start(
      { ROLLCALL_DATA_DIR: dataDir(), ROLLCALL_ROLES: 'api,chef', ROLLCALL_SECRET: 'short', ROLLCALL_DEMO: 'maybe' },
      port,
    );
    await eventually('the end', async () => started.process.exitCode !== null);
    for (const name of ['ROLLCALL_ROLES', 'ROLLCALL_SECRET', 'ROLLCALL_DEMO']) expect(started.output()).toContain(name);
    expect(started.process.exitCode).not.toBe(0);
  });
});

describe('the same with every role a process of its own and a real Redis', () => {
  it('does the main job', { timeout: 600_000 }, async () => {
    const redis = await startRedis();
    const sinks = await startSinks();
    const database = await import('@rollcall/db').then(({ startEmbeddedPostgres }) =>
      startEmbeddedPostgres({ stateDir: dataDir(), database: 'rollcall' }),
    );
    const port = await freePort();
    const data = dataDir();
    const shared = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      SMTP_URL: sinks.smtp.url,
      ROLLCALL_SECRET: Buffer.alloc(32, 7).toString('base64'),
      ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
      ROLLCALL_DEMO: '0',
      ROLLCALL_API_KEY: 'rc_system_test_key_0123456789',
    };
    try {
      const api = await start({ ...shared, ROLLCALL_DATA_DIR: data, ROLLCALL_ROLES: 'api,web' }, port);
      await untilReady(api, 120_000);
      for (const roles of ['scheduler,janitor', 'prober', 'alerter'])
        await start({ ...shared, ROLLCALL_DATA_DIR: dataDir(), ROLLCALL_ROLES: roles }, await freePort());
      expect(readCredentials(data).apiKey).toBe(shared.ROLLCALL_API_KEY);
      await doTheMainJob(apiClient(api.baseUrl, shared.ROLLCALL_API_KEY), sinks);
    } finally {
      for (const started of [...running]) await stop(started);
      await database.stop();
      await redis.close();
      await sinks.smtp.close();
      await sinks.http.close();
    }
  });
});

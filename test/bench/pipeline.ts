import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nextSlot } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import { createDb, type Db, migrate, startEmbeddedPostgres } from '@rollcall/db';
import { createRegionKey, decodeDetail, type ProbeDetailRow } from '@rollcall/services';
import { freePort, startRedis } from '@rollcall/testkit';
import { type RoleProcess, startRole } from '../system/roles.ts';
import { startTarget } from './local-target.ts';
import { registerInBulk } from './register.ts';
import { loadPage } from './status-load.ts';
import { usage } from './usage.ts';

const { values } = parseArgs({
  options: {
    endpoints: { type: 'string', default: '1000' },
    interval: { type: 'string', default: '60' },
    seconds: { type: 'string', default: '60' },
    redis: { type: 'boolean', default: false },
    remote: { type: 'boolean', default: false },
    'status-rps': { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const endpoints = Number(values.endpoints);
const intervalMs = Number(values.interval) * 1000;
const windowMs = Number(values.seconds) * 1000;
const statusRps = Number(values['status-rps']);
/** Where the prober is: beside the scheduler, or elsewhere with nothing but the API and a key. */
const region = values.remote ? 'elsewhere' : 'default';
const COMPONENTS = 100;
/** Slots younger than this at the end of the window may still be under way. */
const SETTLE_MS = 10_000;

/** Every endpoint at one target, in an organization of their own. */
async function register(db: Db, url: string): Promise<Map<number, number>> {
  const organizationId = newId('org');
  await db.organization.create({ data: { id: organizationId, name: 'Bench', slug: organizationId } });
  const made = await registerInBulk(db, {
    organizationId,
    count: endpoints,
    intervalMs,
    timeoutMs: 10_000,
    urlOf: () => url,
    regionsOf: () => [region],
  });
  return new Map(made.map(({ seq, phases }) => [seq, phases.get(region) ?? 0]));
}

/** What a role of the installation needs to know. */
const installation = (databaseUrl: string, redisUrl: string | null) => ({
  DATABASE_URL: databaseUrl,
  ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  ROLLCALL_SECRET: Buffer.alloc(32, 1).toString('base64'),
  ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
  ROLLCALL_DATA_DIR: stateDir,
  LOG_LEVEL: 'warn',
});

/** The processes that are measured, by name: one worker with every role, or a prober that knows the API and its key, with the API it asks. */
async function startRoles(db: Db, env: Record<string, string>): Promise<Map<string, RoleProcess>> {
  if (!values.remote)
    return new Map([['worker', await startRole('worker', { ...env, ROLLCALL_ROLES: 'scheduler,prober,alerter,janitor' })]]);
  const { key } = await createRegionKey(db, { region, name: 'bench' }, new Date());
  const port = String(await freePort());
  const api = await startRole('api', { ...env, ROLLCALL_ROLES: 'api', PORT: port });
  const prober = await startRole('worker', {
    ROLLCALL_REMOTE_API: `http://127.0.0.1:${port}`,
    ROLLCALL_REGION_KEY: key,
    ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
    LOG_LEVEL: 'warn',
  });
  const scheduler = await startRole('worker', { ...env, ROLLCALL_ROLES: 'scheduler,alerter,janitor' });
  return new Map([
    ['api', api],
    ['prober', prober],
    ['scheduler', scheduler],
  ]);
}

/** A public page of the first endpoints, served by an api and a web process beside the worker. */
async function servePage(env: Record<string, string>, db: Db): Promise<{ url: string; roles: RoleProcess[] }> {
  const found = await db.endpoint.findMany({ select: { id: true, organizationId: true }, orderBy: { seq: 'asc' }, take: COMPONENTS });
  const pageId = newId('sp');
  await db.statusPage.create({
    data: { id: pageId, organizationId: found[0]?.organizationId ?? '', slug: 'bench', title: 'Bench', published: true },
  });
  await db.statusComponent.createMany({
    data: found.map(({ id }, i) => ({ id: newId('sc'), pageId, endpointId: id, slug: `c${i}`, name: `Component ${i}`, position: i })),
  });
  const [apiPort, webPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${apiPort}`;
  const web = await startRole('web', { PORT: String(webPort), ROLLCALL_API_URL: url });
  const api = await startRole('api', { ...env, PORT: String(apiPort), ROLLCALL_WEB_URL: `http://127.0.0.1:${webPort}` });
  return { url: `${url}/status/bench`, roles: [web, api] };
}

const until = (at: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));
const percentile = (sorted: readonly number[], p: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;

const stateDir = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
const target = await startTarget();
const postgres = await startEmbeddedPostgres({ stateDir, database: 'rollcall' });
const redis = values.redis ? await startRedis() : null;
const db = createDb(postgres.url, { max: 4 });
try {
  await migrate(postgres.url, join(import.meta.dirname, '../../prisma/migrations'));
  const phases = await register(db, target.url);
  const env = installation(postgres.url, redis?.url ?? null);
  const roles = await startRoles(db, env);
  const usageOfAll = () => new Map([...roles].map(([name, { child }]) => [name, usage(child.pid as number)]));
  const page = statusRps > 0 ? await servePage(env, db) : null;
  // Warm-up: the first interval, in which every endpoint is probed the first time.
  const begin = Date.now() + intervalMs;
  const end = begin + windowMs;
  await until(begin);
  const before = usageOfAll();
  const load = page === null ? null : await loadPage(page.url, statusRps, end);
  await until(end);
  const after = usageOfAll();
  await until(end + SETTLE_MS);
  // The prober first: what it has in hand it delivers to the others.
  for (const name of ['prober', 'worker', 'scheduler', 'api']) await roles.get(name)?.kill('SIGTERM');
  for (const role of page?.roles ?? []) await role.kill('SIGTERM');

  const recorded = (
    await db.$queryRaw<{ endpoint_seq: number; slot: Date; detail: Uint8Array }[]>`select endpoint_seq, slot, detail from probe`
  ).map(({ detail, ...row }) => ({ ...row, ...(decodeDetail(detail) as ProbeDetailRow) }));
  const rows = recorded.filter(({ slot, kind }) => slot.getTime() >= begin && slot.getTime() < end && kind === 'scheduled');
  const firstInterval = recorded.filter(({ slot }) => slot.getTime() < begin);
  const seen = new Set(rows.map((row) => `${row.endpoint_seq}/${row.slot.getTime()}`));
  let missed = 0;
  for (const [seq, phase] of phases) {
    for (let slot = nextSlot(phase, intervalMs, new Date(begin - 1)).getTime(); slot < end; slot += intervalMs)
      if (!seen.has(`${seq}/${slot}`)) missed += 1;
  }
  const lags = rows.map((row) => row.startOffsetMs).sort((a, b) => a - b);
  const seconds = new Map<number, number>();
  for (const { slot, startOffsetMs } of firstInterval) {
    const second = Math.floor((slot.getTime() + startOffsetMs) / 1000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  const size = await db.$queryRaw<{ bytes: bigint; n: bigint }[]>`
    select sum(pg_total_relation_size(c.oid))::bigint as bytes, (select count(*) from probe) as n
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relname = 'probe'`;
  const result = {
    probesPerSecond: Number((rows.length / (windowMs / 1000)).toFixed(1)),
    lagMsP50: percentile(lags, 0.5),
    lagMsP99: percentile(lags, 0.99),
    missed,
    duplicated: rows.length - seen.size,
    ...Object.fromEntries(
      [...after].flatMap(([name, { cpuSeconds, rssMb }]) => {
        const of = (figure: string) => (values.remote ? `${name}${figure[0]?.toUpperCase()}${figure.slice(1)}` : figure);
        const spent = cpuSeconds - (before.get(name)?.cpuSeconds ?? 0);
        return [
          [of('cpuCores'), Number((spent / (windowMs / 1000)).toFixed(2))],
          [of('rssMb'), Math.round(rssMb)],
        ];
      }),
    ),
    bytesPerProbe: Math.round(Number(size[0]?.bytes ?? 0n) / Math.max(1, Number(size[0]?.n ?? 1n))),
    // How an installation begins: whom its first interval left out, and its busiest second beside the mean of a second.
    firstIntervalMissed: endpoints - new Set(firstInterval.map((row) => row.endpoint_seq)).size,
    firstIntervalBusiestSecond: Math.max(0, ...seconds.values()),
    firstIntervalMeanSecond: Number(((endpoints / intervalMs) * 1000).toFixed(1)),
    ...load,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [name, value] of Object.entries(result)) process.stdout.write(`${name.padEnd(28)} ${value}\n`);
  for (const [name, role] of roles) if (role.log()) process.stderr.write(`${name}: ${role.log().slice(-2000)}\n`);
} finally {
  await db.$disconnect();
  await redis?.close();
  await postgres.stop();
  target.stop();
  await rm(stateDir, { recursive: true, force: true });
}

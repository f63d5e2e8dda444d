import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newId } from '@rollcall/crypto';
import { createDb, migrate, startEmbeddedPostgres } from '@rollcall/db';
import { startRole } from '../system/roles.ts';
import { startTarget } from './local-target.ts';
import { registerInBulk } from './register.ts';
import { type Sample, slopeOf } from './slope.ts';
import { usage } from './usage.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    // Twice what a full prober takes longest to settle: compiled code, connection pools, caches.
    warmup: { type: 'string', default: '120' },
    endpoints: { type: 'string', default: '3000' },
    interval: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const warmupMs = Number(values.warmup) * 1000;
const endpoints = Number(values.endpoints);
const intervalMs = Number(values.interval) * 1000;
const say = (line: string) => {
  if (!values.json) process.stdout.write(`${line}\n`);
};
const until = (at: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));

/** Probes a healthy fleet at full load with one prober process and watches its resident memory, second by second. */
const stateDir = await mkdtemp(join(tmpdir(), 'rollcall-soak-'));
const target = await startTarget();
const postgres = await startEmbeddedPostgres({ stateDir, database: 'rollcall' });
const db = createDb(postgres.url, { max: 2 });
let flat = false;
try {
  await migrate(postgres.url, join(import.meta.dirname, '../../prisma/migrations'));
  const organizationId = newId('org');
  await db.organization.create({ data: { id: organizationId, name: 'Soak', slug: organizationId } });
  await registerInBulk(db, {
    organizationId,
    count: endpoints,
    intervalMs,
    timeoutMs: 10_000,
    urlOf: () => target.url,
    regionsOf: () => ['default'],
  });
  const env = {
    DATABASE_URL: postgres.url,
    ROLLCALL_SECRET: Buffer.alloc(32, 1).toString('base64'),
    ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
    ROLLCALL_DATA_DIR: stateDir,
    LOG_LEVEL: 'warn',
  };
  // The prober alone in its process: the memory of no other role is taken for its own.
  const others = await startRole('worker', { ...env, ROLLCALL_ROLES: 'scheduler,alerter,janitor' });
  const prober = await startRole('worker', { ...env, ROLLCALL_ROLES: 'prober' });
  const pid = prober.child.pid as number;
  say(`${endpoints} endpoints every ${intervalMs / 1000} s, ${seconds} s after ${warmupMs / 1000} s of warm-up`);
  await until(Date.now() + warmupMs);
  const begin = Date.now();
  const before = usage(pid);
  const samples: Sample[] = [];
  for (let at = 1; at <= seconds; at += 1) {
    await until(begin + at * 1000);
    samples.push({ at, mb: usage(pid).rssMb });
    if (at % 60 === 0) say(`${String(at).padStart(5)} s  ${samples.at(-1)?.mb.toFixed(0)} MB`);
  }
  const after = usage(pid);
  const probes = await db.$queryRaw<{ n: bigint }[]>`select count(*) as n from probe where slot >= ${new Date(begin)}`;
  const slope = slopeOf(samples);
  flat = slope.flat;
  const result = {
    seconds,
    probesPerSecond: Number((Number(probes[0]?.n ?? 0n) / seconds).toFixed(1)),
    cpuCores: Number(((after.cpuSeconds - before.cpuSeconds) / seconds).toFixed(2)),
    rssMbFirst: Math.round(slope.floors[0]?.mb ?? Number.NaN),
    rssMbLast: Math.round(slope.floors.at(-1)?.mb ?? Number.NaN),
    slopeMbPerHour: Number(slope.mbPerHour.toFixed(1)),
    noiseMbPerHour: Number(slope.noiseMbPerHour.toFixed(1)),
    flat,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [name, value] of Object.entries(result)) process.stdout.write(`${name.padEnd(18)} ${value}\n`);
  await Promise.all([prober.kill('SIGTERM'), others.kill('SIGTERM')]);
  if (prober.log()) process.stderr.write(prober.log().slice(-2000));
} finally {
  await db.$disconnect();
  await postgres.stop();
  target.stop();
  await rm(stateDir, { recursive: true, force: true });
}
process.exitCode = flat ? 0 : 1;

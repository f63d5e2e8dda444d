import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newId } from '@rollcall/crypto';
import { createDb, migrate, startEmbeddedPostgres } from '@rollcall/db';
import { startRole } from '../system/roles.ts';
import { startTarget } from './local-target.ts';
import { hasSettled, MEMORY_OPTIONS, type Memory, memoryOf, PARTS } from './memory.ts';
import { registerInBulk } from './register.ts';
import { type Sample, slopeOf, trendOf } from './slope.ts';
import { usage } from './usage.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    // At least: it lasts until the heap has settled, which is when caches are full and code is compiled.
    warmup: { type: 'string', default: '60' },
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
const EVERY_MS = 5000;
/** The heap counts as settled when it has not risen for so long; a prober that takes longer than `MAX_WARMUP_MS` never does. */
const SETTLED_SECONDS = 60;
const MAX_WARMUP_MS = 300_000;
const until = (at: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));

const sampleOf = (at: number, memory: Memory, part: keyof Memory): Sample => ({ at, mb: memory[part] });
const figures = (memory: Memory) => PARTS.map((part) => `${part} ${memory[part].toFixed(1)}`).join(', ');

/** Probes a healthy fleet at full load with one prober process and watches its memory after a full collection, every few seconds. */
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
  const prober = await startRole('worker', { ...env, ROLLCALL_ROLES: 'prober', NODE_OPTIONS: MEMORY_OPTIONS });
  const pid = prober.child.pid as number;
  say(`${endpoints} endpoints every ${intervalMs / 1000} s, ${seconds} s once the heap has settled; MB after a full collection`);
  const startedAt = Date.now();
  const warming: Sample[] = [];
  do {
    await until(startedAt + (warming.length + 1) * EVERY_MS);
    const memory = await memoryOf(prober.child);
    warming.push(sampleOf((Date.now() - startedAt) / 1000, memory, 'heap'));
    if (warming.length % 6 === 0) say(`warm-up ${String(Math.round(warming.at(-1)?.at ?? 0)).padStart(4)} s  ${figures(memory)}`);
  } while (Date.now() < startedAt + MAX_WARMUP_MS && (Date.now() < startedAt + warmupMs || !hasSettled(warming, SETTLED_SECONDS)));
  const settled = hasSettled(warming, SETTLED_SECONDS);
  const begin = Date.now();
  const before = usage(pid);
  const samples: { at: number; memory: Memory }[] = [];
  for (let at = EVERY_MS; at <= seconds * 1000; at += EVERY_MS) {
    await until(begin + at);
    samples.push({ at: (Date.now() - begin) / 1000, memory: await memoryOf(prober.child) });
    if (at % 60_000 === 0) say(`${String(at / 1000).padStart(12)} s  ${figures((samples.at(-1) as (typeof samples)[0]).memory)}`);
  }
  const after = usage(pid);
  const probes = await db.$queryRaw<{ n: bigint }[]>`select count(*) as n from probe where slot >= ${new Date(begin)}`;
  const probesPerSecond = Number(probes[0]?.n ?? 0n) / seconds;
  const slopes = PARTS.map((part) => {
    const own = samples.map(({ at, memory }) => sampleOf(at, memory, part));
    return { part, trend: trendOf(own, probesPerSecond), ...slopeOf(own) };
  });
  const grew = slopes.filter(({ trend }) => trend === 'grows').map(({ part }) => part);
  flat = probesPerSecond > 0 && grew.length === 0;
  const result = {
    seconds,
    warmupSeconds: Math.round((begin - startedAt) / 1000),
    settled,
    probesPerSecond: Number(probesPerSecond.toFixed(1)),
    cpuCores: Number(((after.cpuSeconds - before.cpuSeconds) / seconds).toFixed(2)),
    // By part: the lowest of the first and of the last twelfth, MB an hour and how much of that is noise.
    ...Object.fromEntries(
      slopes.map(({ part, trend, floors, mbPerHour, noiseMbPerHour }) => [
        part,
        {
          first: Number(floors[0]?.mb.toFixed(1)),
          last: Number(floors.at(-1)?.mb.toFixed(1)),
          slope: Number(mbPerHour.toFixed(1)),
          noise: Number(noiseMbPerHour.toFixed(1)),
          trend,
        },
      ]),
    ),
    grew,
    flat,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    for (const [name, value] of Object.entries(result))
      process.stdout.write(`${name.padEnd(18)} ${typeof value === 'object' ? JSON.stringify(value) : value}\n`);
  await Promise.all([prober.kill('SIGTERM'), others.kill('SIGTERM')]);
  if (prober.log()) process.stderr.write(prober.log().slice(-2000));
} finally {
  await db.$disconnect();
  await postgres.stop();
  target.stop();
  await rm(stateDir, { recursive: true, force: true });
}
process.exitCode = flat ? 0 : 1;

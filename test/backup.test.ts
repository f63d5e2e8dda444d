import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEndpointSchema } from '@rollcall/contracts';
import { createSealer } from '@rollcall/crypto';
import { createDb, type Db, migrate, readBackup, startEmbeddedPostgres, writeBackup } from '@rollcall/db';
import { bootstrapInstallation, claimDue, DAY_MS, insertEndpoint, loadTarget, maintainPartitions, rollUp } from '@rollcall/services';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { seedHistory } from './bench/seed.ts';

const run = promisify(execFile);
const MIGRATIONS = join(import.meta.dirname, '../prisma/migrations');
const SECRET = Buffer.alloc(32, 5).toString('base64');
const sealer = createSealer(SECRET);
const NOW = new Date('2026-11-20T12:30:00Z');

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-backup-'));
  cleanups.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Debian's PostgreSQL with its tools, newest first. */
function debianBin(): string {
  const base = '/usr/lib/postgresql';
  const found = existsSync(base) ? readdirSync(base).filter((version) => existsSync(join(base, version, 'bin/postgres'))) : [];
  const version = found.sort((a, b) => Number(b) - Number(a))[0];
  if (version === undefined) throw new Error(`no ${base}/*/bin/postgres: install the Debian package postgresql`);
  return join(base, version, 'bin');
}

interface Tools {
  /** A database server of its own, empty. */
  server(): Promise<{ url: string; stop(): Promise<void> }>;
  backup(url: string, file: string): Promise<unknown>;
  restore(url: string, file: string): Promise<unknown>;
}

const start = async (bin: string | null) => {
  const stateDir = folder();
  const binaries = bin === null ? {} : { binaries: { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') } };
  const server = await startEmbeddedPostgres({ stateDir, database: 'rollcall', volatile: true, ...binaries });
  cleanups.push(() => server.stop());
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
};
const own: Tools = {
  server: () => start(null),
  backup: (url, file) => writeBackup(url, file, NOW),
  restore: (url, file) => readBackup(url, file, MIGRATIONS),
};
const dump: Tools = {
  server: () => start(debianBin()),
  backup: (url, file) => run(join(debianBin(), 'pg_dump'), ['-Fc', '-f', file, url]),
  restore: (url, file) => run(join(debianBin(), 'pg_restore'), ['--exit-on-error', '--no-owner', '-d', url, file]),
};

/** An installation with a past: endpoints with credentials, rollups, raw rows, incidents. Answers with an endpoint that has a secret. */
async function seed(db: Db): Promise<string> {
  const config = { adminEmail: null, adminPassword: 'a long password', bootstrapApiKey: null, allowPrivateTargets: true };
  const { organizationId } = await bootstrapInstallation({ db, sealer, config, now: NOW });
  await seedHistory(db, { organizationId, endpoints: 30, days: 3, rawDays: 1, intervalSeconds: 600, now: NOW });
  const input = createEndpointSchema.parse({
    name: 'with a secret',
    url: 'https://x.example/mcp',
    auth: { type: 'bearer', token: 'kept-secret' },
  });
  return db.$transaction((tx) => insertEndpoint(tx, { sealer, region: 'default' }, organizationId, input, { demo: false, now: NOW }));
}

/** Every table by the hash of what is in it, whatever the order of its rows. */
async function digest(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname = 'public' and relkind in ('r', 'p') and relname <> '_prisma_migrations'",
  );
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const answer = await client.query<{ n: string; hash: string | null }>(
      `select count(*) as n, md5(string_agg(md5(t::text), '' order by md5(t::text))) as hash from "${name}" t`,
    );
    found[name] = `${answer.rows[0]?.n} ${answer.rows[0]?.hash}`;
  }
  await client.end();
  return found;
}

const cases: [string, Tools][] = [
  ['rollcall-admin backup', own],
  ['pg_dump', dump],
];

describe.each(cases)('%s', (_name, tools) => {
  it('brings everything back into an empty server, and the schedule goes on', async () => {
    const file = join(folder(), 'rollcall.backup');
    const first = await tools.server();
    await migrate(first.url, MIGRATIONS);
    const before = createDb(first.url, { max: 3 });
    const endpointId = await seed(before);
    await before.$disconnect();
    const wanted = await digest(first.url);
    expect(Number(wanted['probe']?.split(' ')[0])).toBeGreaterThan(1000);
    await tools.backup(first.url, file);
    await first.stop();

    const second = await tools.server();
    await tools.restore(second.url, file);
    expect(await digest(second.url)).toEqual(wanted);
    expect(await migrate(second.url, MIGRATIONS)).toEqual([]);
    const db = createDb(second.url, { max: 3 });
    cleanups.push(() => db.$disconnect());

    // An hour later: what is due is claimed, its credentials open, nothing is made up for the hour in between.
    const later = new Date(NOW.getTime() + 3_600_000);
    const claims = await claimDue(db, { now: later, limit: 100 });
    expect(claims).toHaveLength(31);
    const [claim] = claims.filter((one) => one.endpointId === endpointId);
    const target = claim && (await loadTarget(db, sealer, claim, later));
    expect(target?.auth).toEqual({ type: 'bearer', token: 'kept-secret' });
    expect(await claimDue(db, { now: later, limit: 100 })).toEqual([]);
    // Days that come, hours that close, and new endpoints find their place.
    const { create } = await maintainPartitions(db, new Date(NOW.getTime() + DAY_MS));
    expect(create.length).toBeGreaterThan(0);
    await rollUp(db, later);
    const { organizationId } = await db.endpoint.findUniqueOrThrow({ where: { id: endpointId } });
    const input = createEndpointSchema.parse({ name: 'new', url: 'https://y.example/mcp' });
    await db.$transaction((tx) => insertEndpoint(tx, { sealer, region: 'default' }, organizationId, input, { demo: false, now: later }));
    await expect(db.$executeRaw`update audit_log set action = 'x'`).rejects.toThrow(/append-only/);
  }, 120_000);
});

describe('a backup that is not what it should be', () => {
  it('is refused and changes nothing: cut off, damaged, none at all, of a newer version, into a database in use', async () => {
    const dir = folder();
    const file = join(dir, 'good');
    const [used, empty] = [await own.server(), await own.server()];
    await migrate(used.url, MIGRATIONS);
    const db = createDb(used.url, { max: 2 });
    const config = { adminEmail: null, adminPassword: 'a long password', bootstrapApiKey: null, allowPrivateTargets: true };
    await bootstrapInstallation({ db, sealer, config, now: NOW });
    await db.$disconnect();
    await own.backup(used.url, file);
    await expect(own.restore(used.url, file)).rejects.toThrow(/not empty/);
    const bytes = await readFile(file);
    const bad = async (name: string, content: Buffer | string) => {
      const path = join(dir, name);
      await writeFile(path, content);
      return own.restore(empty.url, path);
    };
    await expect(bad('cut', bytes.subarray(0, bytes.length / 2))).rejects.toThrow(/cut off/);
    await expect(bad('text', 'hello')).rejects.toThrow(/damaged/);
    await expect(bad('nothing', '')).rejects.toThrow(/not a backup|damaged/);
    await expect(own.restore(empty.url, join(dir, 'absent'))).rejects.toThrow(/ENOENT/);
    const older = join(dir, 'migrations');
    await run('cp', ['-r', MIGRATIONS, older]);
    const newest = readdirSync(older)
      .filter((name) => /^\d/.test(name))
      .sort()
      .at(-1) as string;
    await rm(join(older, newest), { recursive: true });
    await expect(readBackup(empty.url, file, older)).rejects.toThrow(new RegExp(`newer version \\(${newest}\\)`));
    await own.restore(empty.url, file);
    expect(await digest(empty.url)).toEqual(await digest(used.url));
  }, 120_000);
});

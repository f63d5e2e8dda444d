import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { diffSchemas, migrate, startEmbeddedPostgres } from './index.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function stateDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rollcall-db-'));
  cleanups.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('embedded PostgreSQL', () => {
  it('keeps committed data over a SIGKILL of the server and starts again on what it left behind', async () => {
    const dir = await stateDir();
    const first = await startEmbeddedPostgres({ stateDir: dir, database: 'rollcall' });
    await query(first.url, 'create table kept (n int); insert into kept values (42)');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    expect(await readFile(join(dir, 'postgres/postmaster.pid'), 'utf8')).toContain(String(first.pid));
    const second = await startEmbeddedPostgres({ stateDir: dir, database: 'rollcall' });
    cleanups.push(() => second.stop());
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 42 }]);
  });

  it('takes over from a server that a killed start left running, and from a pid file that names a stranger', async () => {
    const dir = await stateDir();
    const orphan = await startEmbeddedPostgres({ stateDir: dir, database: 'rollcall' });
    const second = await startEmbeddedPostgres({ stateDir: dir, database: 'rollcall' });
    await orphan.exited;
    await second.stop();
    const stranger = spawn('sleep', ['600']);
    cleanups.push(async () => stranger.kill('SIGKILL'));
    await writeFile(join(dir, 'postgres/postmaster.pid'), `${stranger.pid}\n${join(dir, 'postgres')}\n`);
    const third = await startEmbeddedPostgres({ stateDir: dir, database: 'rollcall' });
    cleanups.push(() => third.stop());
    expect(await query(third.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
  });

  it('stops when the process that started it is killed', async () => {
    const dir = await stateDir();
    const script = `import { startEmbeddedPostgres } from ${JSON.stringify(join(root, 'packages/db/src/embedded/index.ts'))};
      startEmbeddedPostgres({ stateDir: ${JSON.stringify(dir)}, database: 'rollcall' }).then((p) => { console.log('pid=' + p.pid); setInterval(() => {}, 1e6); });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('exit', () => reject(new Error('ended early')));
      child.stdout.on('data', (chunk: Buffer) => {
        const match = /pid=(\d+)/.exec(chunk.toString());
        if (match) resolve(Number(match[1]));
      });
    });
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  });

  it('lets nobody in without the generated password', async () => {
    const dir = await stateDir();
    const server = await startEmbeddedPostgres({ stateDir: dir, database: 'rollcall' });
    cleanups.push(() => server.stop());
    const url = new URL(server.url);
    url.password = 'wrong';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('migrations', () => {
  it('bring an empty database to the schema, once, even when two processes start together', async () => {
    const server = await startEmbeddedPostgres({ stateDir: await stateDir(), database: 'rollcall', volatile: true });
    cleanups.push(() => server.stop());
    const dir = join(root, 'prisma/migrations');
    const [a, b] = await Promise.all([migrate(server.url, dir), migrate(server.url, dir)]);
    expect([a.length, b.length].sort()).toEqual([0, Math.max(a.length, b.length)]);
    const tables = await query(server.url, "select count(*)::int as n from information_schema.tables where table_schema = 'public'");
    expect(tables[0]?.['n']).toBeGreaterThan(10);
    expect(await migrate(server.url, dir)).toEqual([]);
  });

  it('change nothing when one fails, which is named with what the server said, and is tried anew', async () => {
    const server = await startEmbeddedPostgres({ stateDir: await stateDir(), database: 'rollcall', volatile: true });
    cleanups.push(() => server.stop());
    const dir = await stateDir();
    const write = async (name: string, sql: string) => {
      await mkdir(join(dir, name), { recursive: true });
      await writeFile(join(dir, name, 'migration.sql'), sql);
    };
    await writeFile(join(dir, 'migration_lock.toml'), 'provider = "postgresql"\n');
    await write('1_first', 'create table kept (n int);');
    await write('2_second', 'create table made (n int); do $$ begin insert into made values (1); perform 1 / 0; end $$;');
    for (let round = 0; round < 2; round += 1)
      await expect(migrate(server.url, dir)).rejects.toThrow(/migration 2_second failed and changed nothing: .*division by zero/);
    expect(await query(server.url, "select to_regclass('kept') is not null as kept, to_regclass('made') is null as unmade")).toEqual([
      { kept: true, unmade: true },
    ]);
    await write('2_second', 'create table made (n int);');
    expect(await migrate(server.url, dir)).toEqual(['2_second']);
    expect(await migrate(server.url, dir)).toEqual([]);
  });

  it('can be authored: the difference of two schemas is the statement that leads from one to the other', async () => {
    const server = await startEmbeddedPostgres({ stateDir: await stateDir(), database: 'rollcall', volatile: true });
    cleanups.push(() => server.stop());
    const base = 'datasource db {\n  provider = "postgresql"\n}\nmodel A {\n  id Int @id\n}\n';
    const sql = await diffSchemas(server.url, base, base.replace('id Int @id\n', 'id Int @id\n  name String?\n'));
    expect(sql).toContain('ALTER TABLE "A" ADD COLUMN');
  });
});

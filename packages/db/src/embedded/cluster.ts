import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries, type PostgresBinaries } from './binaries.ts';
import { chooseUser, type RunAs } from './run-as.ts';
import { clearStalePostmaster } from './stale.ts';

export interface EmbeddedPostgresOptions {
  /** Holds `postgres/` (the cluster), `postgres.log` and `postgres-password`; made when missing. */
  readonly stateDir: string;
  readonly database: string;
  /** For throw-away test clusters only: no fsync, so a crash of the machine may lose data. */
  readonly volatile?: boolean;
  readonly maxConnections?: number;
  /** Where it listens; absent: a free port. For one that comes back at the address that its clients know. */
  readonly port?: number;
  /** Another PostgreSQL than the one that came with us (tests of other versions). */
  readonly binaries?: PostgresBinaries;
}

export interface EmbeddedPostgres {
  /** Connection string of the database, superuser `rollcall`, on 127.0.0.1 and a free port. */
  readonly url: string;
  readonly pid: number;
  /** Settles when the server ends, wanted or not. */
  readonly exited: Promise<void>;
  /** Fast shutdown: open connections are cut, committed data is kept. */
  stop(): Promise<void>;
}

const USER = 'rollcall';

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function launch(runAs: RunAs, command: readonly string[], stdio: number | 'pipe'): ChildProcess {
  const [file, ...args] = [...runAs.prefix, ...command];
  return spawn(file as string, args, {
    ...(runAs.uid === undefined ? {} : { uid: runAs.uid }),
    ...(runAs.gid === undefined ? {} : { gid: runAs.gid }),
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', stdio, stdio],
    // A session of its own: Ctrl-C in the terminal reaches us, and we stop the database last.
    detached: true,
  });
}

async function initialise(runAs: RunAs, initdb: string, dataDir: string): Promise<void> {
  const child = launch(
    runAs,
    [
      initdb,
      `--pgdata=${dataDir}`,
      `--username=${USER}`,
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    'pipe',
  );
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`initdb failed (exit ${code}): ${output.trim().slice(-2000)}`);
}

function settings(options: EmbeddedPostgresOptions, port: number): string[] {
  const values: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(options.maxConnections ?? 120),
    shared_buffers: '128MB',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    wal_compression: 'on',
    max_wal_size: '1GB',
    log_min_messages: 'warning',
    ...(options.volatile ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' } : {}),
  };
  return Object.entries(values).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** A password of the cluster's own, set once through the trust-authenticated first start. */
async function readPassword(stateDir: string): Promise<string> {
  const file = join(stateDir, 'postgres-password');
  if (!(await exists(file))) await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return (await readFile(file, 'utf8')).trim();
}

async function connectWhenReady(child: ChildProcess, connection: pg.ClientConfig, logFile: string): Promise<pg.Client> {
  const until = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      const log = await readFile(logFile, 'utf8').catch(() => '');
      throw new Error(`PostgreSQL did not start; the end of ${logFile}:\n${log.trim().slice(-2000)}`);
    }
    const client = new pg.Client(connection);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > until) throw new Error('PostgreSQL did not accept connections within 60 s', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Dies with us: when this process ends, however it ends, the pipe closes and the database gets its fast shutdown. */
function guard(pid: number): ChildProcess {
  const child = spawn('/bin/sh', ['-c', 'cat >/dev/null; kill -INT "$0" 2>/dev/null', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.on('error', () => undefined);
  child.unref();
  return child;
}

/**
 * Starts PostgreSQL on `stateDir`, making the cluster the first time. Works as root and as an ordinary user, and after
 * a start that was killed. Only loopback is listened on, and only the generated password opens it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = options.binaries ?? (await findBinaries());
  const dataDir = join(options.stateDir, 'postgres');
  const logFile = join(options.stateDir, 'postgres.log');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const password = await readPassword(options.stateDir);
  const runAs = await chooseUser(binaries.postgres, dataDir);
  await clearStalePostmaster(dataDir);
  const complete = join(options.stateDir, 'postgres-initialised');
  const fresh = !(await exists(complete));
  if (fresh) {
    // A first start that was killed half-way left a cluster that nobody has used: make it again.
    for (const entry of await readdir(dataDir)) await rm(join(dataDir, entry), { recursive: true, force: true });
    await initialise(runAs, binaries.initdb, dataDir);
  }
  const port = options.port ?? (await freePort());
  const log = await open(logFile, 'a');
  const child = launch(runAs, [binaries.postgres, '-D', dataDir, ...settings(options, port)], log.fd);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('error', () => undefined);
  const watcher = guard(child.pid as number);
  await log.close();
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
    await exited;
    watcher.stdin?.end();
  };
  try {
    const client = await connectWhenReady(child, { host: '127.0.0.1', port, user: USER, password, database: 'postgres' }, logFile);
    try {
      if (fresh) await finishCluster(client, dataDir, password, options.database);
    } finally {
      await client.end();
    }
    if (fresh) await writeFile(complete, `${new Date().toISOString()}\n`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgresql://${USER}:${password}@127.0.0.1:${port}/${options.database}`, pid: child.pid as number, exited, stop };
}

/** Sets the password, closes the trust of initdb and makes the database. */
async function finishCluster(client: pg.Client, dataDir: string, password: string, database: string): Promise<void> {
  await client.query(`alter role ${USER} password ${client.escapeLiteral(password)}`);
  await client.query(`create database ${client.escapeIdentifier(database)}`);
  await writeFile(join(dataDir, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await client.query('select pg_reload_conf()');
  await client.query('checkpoint');
}

/**
 * The embedded database of a data directory, for a command of the operator: the one that runs, left running, or one that is started
 * for the command.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<Pick<EmbeddedPostgres, 'url' | 'stop'>> {
  const [pid, , , port] = (await readFile(join(options.stateDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const password = await readFile(join(options.stateDir, 'postgres-password'), 'utf8').catch(() => null);
  if (pid && port && password !== null) {
    const url = `postgresql://${USER}:${password.trim()}@127.0.0.1:${port}/${options.database}`;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    const runs = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (runs) return { url, stop: async () => undefined };
  }
  return startEmbeddedPostgres(options);
}

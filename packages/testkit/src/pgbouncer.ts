import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

export interface TestPgbouncer {
  /** The database of `serverUrl`, through the pooler. */
  readonly url: string;
  /** The pooler's own database, for `SHOW STATS` and the like. */
  readonly adminUrl: string;
  close(): Promise<void>;
}

export interface PgbouncerOptions {
  readonly mode: 'session' | 'transaction';
  /** Connections to the server, at most. */
  readonly poolSize: number;
}

/** It refuses to run as root. */
function nobody(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A real pgbouncer (Debian package pgbouncer) on a free port, in front of the database of `serverUrl`. */
export async function startPgbouncer(serverUrl: string, { mode, poolSize }: PgbouncerOptions): Promise<TestPgbouncer> {
  const dir = await mkdtemp(join(tmpdir(), 'rollcall-pgbouncer-'));
  const port = await freePort();
  const server = new URL(serverUrl);
  const database = server.pathname.slice(1);
  const config = [
    '[databases]',
    `${database} = host=${server.hostname} port=${server.port} dbname=${database} user=${server.username} password=${server.password}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'admin_users = admin',
    `pool_mode = ${mode}`,
    `default_pool_size = ${poolSize}`,
    'max_client_conn = 500',
  ];
  const file = join(dir, 'pgbouncer.ini');
  await writeFile(file, `${config.join('\n')}\n`);
  await chmod(dir, 0o755);
  const child = spawn('pgbouncer', [file], { ...nobody(), stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('pgbouncer cannot be started; install the package pgbouncer', { cause })));
    child.once('exit', (code) => reject(new Error(`pgbouncer ended with ${code}:\n${log}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('process up')) resolve();
    });
  });
  // Whoever is ended without a chance to close it leaves nothing behind.
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  const through = new URL(serverUrl);
  through.port = String(port);
  return {
    url: through.href,
    adminUrl: `postgresql://admin@127.0.0.1:${port}/pgbouncer`,
    async close() {
      process.off('exit', end);
      child.removeAllListeners('exit');
      const gone = once(child, 'exit');
      // At once: SIGTERM waits for clients on newer versions.
      child.kill('SIGKILL');
      await gone;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '@rollcall/config';
import { createDb, type EmbeddedPostgres, migrate, startEmbeddedPostgres } from '@rollcall/db';
import { type Child, type ChildSpec, superviseChild } from './child.ts';
import { findRoot } from './paths.ts';
import { freePort, requirePort } from './ports.ts';
import { createProgress } from './progress.ts';
import { demoSpec, planRoles, remoteSpec } from './roles.ts';
import { claimDataDir, releaseDataDir, writeRunFile } from './run-file.ts';
import { readOrMakeSecret, writePrivately } from './secret-file.ts';
import { seedAccounts } from './seed.ts';
import { type Credentials, summaryLines } from './summary.ts';

/** What has to be undone, newest last. */
class Running {
  readonly children: Child[] = [];
  database: EmbeddedPostgres | undefined;
  stopping: Promise<void> | undefined;
  readonly dataDir: string;
  constructor(dataDir: string) {
    this.dataDir = dataDir;
  }
  /** Roles first, newest first, so that nobody calls one that is gone; the database last. */
  stop(): Promise<void> {
    this.stopping ??= (async () => {
      for (const child of [...this.children].reverse()) await child.stop();
      await this.database?.stop();
      await releaseDataDir(this.dataDir);
    })();
    return this.stopping;
  }
}

async function main(): Promise<void> {
  const root = process.env['ROLLCALL_ROOT'] ?? findRoot();
  const config = readConfig(process.env, root);
  const progress = createProgress(process.stdout);
  await mkdir(join(config.dataDir, 'logs'), { recursive: true, mode: 0o700 });
  await claimDataDir(config.dataDir, root);
  const running = new Running(config.dataDir);
  stopOnSignals(running, progress.note);
  try {
    const hasFront = config.roles.includes('api') || config.roles.includes('web');
    if (hasFront) await requirePort(config.port, config.host, 10_000);
    await start(config, root, running, progress);
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function start(config: Config, root: string, running: Running, progress: ReturnType<typeof createProgress>): Promise<void> {
  if (config.remote !== null) {
    await supervise([remoteSpec(config, root, process.env)], config, running, progress);
    progress.note(`\n  Probing for ${config.remote.apiUrl}. Ctrl-C stops; the log is ${join(config.dataDir, 'logs', 'worker.log')}.`);
    return;
  }
  const secret = config.secret ?? (await readOrMakeSecret(config.dataDir));
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, running, progress));
  await progress.stage(
    'migrations',
    () => migrate(config.databaseDirectUrl ?? databaseUrl, join(root, 'prisma/migrations')),
    (names) => (names.length === 0 ? 'up to date' : names.join(', ')),
  );
  const ports = { web: await freePort(), demo: await freePort(await rememberedDemoPort(config.dataDir)) };
  const withDemo = config.demo && config.allowPrivateTargets && config.roles.includes('api');
  const credentials = await progress.stage('accounts', () => seed(config, databaseUrl, secret, withDemo ? ports.demo : null));
  if (withDemo) await writePrivately(join(config.dataDir, 'demo-port'), String(ports.demo));

  const specs = [
    ...(withDemo ? [demoSpec(config, ports.demo, root, process.env)] : []),
    ...planRoles(config, databaseUrl, secret, ports, root, process.env),
  ];
  await supervise(specs, config, running, progress);
  progress.note(summaryLines(config, credentials, join(config.dataDir, 'mail')).join('\n'));
}

async function supervise(
  specs: readonly ChildSpec[],
  config: Config,
  running: Running,
  progress: ReturnType<typeof createProgress>,
): Promise<void> {
  await progress.stage(specs.map((spec) => spec.name).join(', '), async () => {
    const events = {
      onRestart: (name: string, code: number | null, signal: string | null) =>
        progress.note(`  ! ${name} ended (${signal ?? `exit ${code}`}) and is started again; see ${join(config.dataDir, 'logs')}`),
      onPidChange: () =>
        void writeRunFile(
          config.dataDir,
          running.children.flatMap((child) => child.pid() ?? []),
        ),
      onGiveUp: (name: string, said: string) => {
        progress.note(`  ! ${name} gave up:\n${said.split('\n').slice(-2).join('\n')}`);
        void running.stop().then(() => process.exit(78));
      },
    };
    for (const spec of specs) running.children.push(await superviseChild(spec, events));
    await Promise.all(running.children.map((child) => child.ready));
    events.onPidChange();
  });
}

async function startDatabase(config: Config, running: Running, progress: ReturnType<typeof createProgress>): Promise<string> {
  const database = await progress.stage(
    'database',
    () => startEmbeddedPostgres({ stateDir: config.dataDir, database: 'rollcall' }),
    () => `embedded PostgreSQL 18 in ${join(config.dataDir, 'postgres')}`,
  );
  running.database = database;
  void database.exited.then(() => {
    if (running.stopping) return;
    progress.note(`  ! PostgreSQL ended unexpectedly; see ${join(config.dataDir, 'postgres.log')}. Stopping; start again to resume.`);
    void running.stop().then(() => process.exit(1));
  });
  return database.url;
}

async function seed(config: Config, databaseUrl: string, secret: string, demoPort: number | null): Promise<Credentials | null> {
  const db = createDb(databaseUrl, { max: 3, applicationName: 'rollcall-start' });
  try {
    return await seedAccounts(db, config, secret, demoPort);
  } finally {
    await db.$disconnect();
  }
}

async function rememberedDemoPort(dataDir: string): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'demo-port'), 'utf8').catch(() => '');
  const port = Number(text);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}

const SAME_SIGNAL_MS = 1500;

/** First signal: stop everything in order. Second one: the person has waited enough. */
function stopOnSignals(running: Running, note: (text: string) => void): void {
  let askedAt: number | null = null;
  const stop = (why: string) => {
    if (askedAt !== null) {
      // Ctrl-C reaches us twice, from the terminal and from npm: only a later one is the person's impatience.
      if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    askedAt = Date.now();
    note(`\n  Stopping (${why}) …`);
    running.stop().then(
      () => {
        note('  Stopped.');
        process.exit(0);
      },
      (error: Error) => {
        note(`  ${error.message}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop('Ctrl-C'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGHUP', () => stop('the terminal closed'));
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  // npm was killed and could not tell us: nothing is left behind.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && askedAt === null) stop('npm is gone');
  }, 1000).unref();
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError;
  process.stderr.write(
    `\n${expected ? error.message : `Rollcall did not start: ${error instanceof Error ? error.message : String(error)}`}\n`,
  );
  if (!expected && process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

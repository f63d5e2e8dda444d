import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Config, ConfigError, readConfig } from '@rollcall/config';
import { createDb, type Db, openEmbeddedPostgres } from '@rollcall/db';
import { BACKUP_USAGE, backupCommand, restoreCommand } from './admin/backup.ts';
import { REGION_KEY_USAGE, regionKeyCommand } from './admin/region-key.ts';
import { rotateSecret } from './rotate-secret.ts';

const USAGE = `usage: npm run rollcall-admin -- COMMAND
  rotate-secret                     seal everything with the present ROLLCALL_SECRET
${REGION_KEY_USAGE}
${BACKUP_USAGE}
With the environment of the installation: its DATABASE_URL, or its ROLLCALL_DATA_DIR where PostgreSQL is embedded.
`;

async function rotate(db: Db, { secret, formerSecrets }: Config): Promise<string> {
  if (!secret || formerSecrets.length === 0) {
    throw new ConfigError([
      ...(secret ? [] : [{ key: 'ROLLCALL_SECRET', message: 'is needed: the new one' }]),
      ...(formerSecrets.length > 0 ? [] : [{ key: 'ROLLCALL_FORMER_SECRETS', message: 'is needed: the one until now' }]),
    ]);
  }
  return JSON.stringify({ event: 'secret.rotated', ...(await rotateSecret(db, secret, formerSecrets)) });
}

async function withDb<T>(databaseUrl: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = createDb(databaseUrl, { max: 2, applicationName: 'rollcall-admin' });
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
  }
}

/** By name: what it says; null when the arguments are not understood. */
const COMMANDS: Readonly<Record<string, (config: Config, databaseUrl: string, args: readonly string[]) => Promise<string | null>>> = {
  'rotate-secret': async (config, url, args) => (args.length > 0 ? null : withDb(url, (db) => rotate(db, config))),
  'region-key': async (_config, url, args) => withDb(url, (db) => regionKeyCommand(db, args, new Date())),
  backup: async (_config, url, args) => backupCommand(url, args, new Date()),
  restore: async (_config, url, args) => restoreCommand(url, resolve(process.env['ROLLCALL_ROOT'] ?? '.', 'prisma/migrations'), args),
};

/** `fresh`: there need not be one yet. */
async function openEmbedded(dataDir: string, fresh: boolean) {
  if (!fresh && !existsSync(join(dataDir, 'postgres-initialised')))
    throw new Error(`There is no installation in ${dataDir}: set DATABASE_URL, or ROLLCALL_DATA_DIR to its data directory.`);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return openEmbeddedPostgres({ stateDir: dataDir, database: 'rollcall' });
}

/** `rollcall-admin`: for the operator. */
async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const config = readConfig(process.env);
  const embedded = config.databaseUrl === null ? await openEmbedded(config.dataDir, name === 'restore') : null;
  try {
    const said = await command(config, embedded?.url ?? config.databaseDirectUrl ?? '', args);
    if (said === null) process.exitCode = 2;
    (said === null ? process.stderr : process.stdout).write(said === null ? USAGE : `${said}\n`);
  } finally {
    await embedded?.stop();
  }
}

/** Prisma's and PostgreSQL's codes of "there is no such table". */
const NO_TABLE = new Set(['P2021', '42P01']);

function textOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  if (typeof code === 'string' && NO_TABLE.has(code))
    return 'The database does not have the tables of this version: run its set-up first (npm start does).';
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`${textOf(error)}\n`);
  process.exitCode = 1;
});

/// <reference lib="dom" />
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

/**
 * A migration goes to the server as one script, which PostgreSQL runs as one transaction: all of it or nothing, and a body of PL/pgSQL
 * stays whole. (The adapter's own way cuts scripts at every semicolon, wherever it stands.)
 */
class WholeScripts extends PrismaPg {
  /** What the server said to a script: the engine keeps it for itself. */
  failure: unknown = null;

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const driver = adapter.underlyingDriver();
    adapter.executeScript = async (script) => {
      // A set-up that was killed ends on the server as well, where that knows the setting (14 and later, Linux).
      await driver.query("set client_connection_check_interval = '2s'").catch(() => undefined);
      await driver.query(script).catch((error: unknown) => {
        this.failure = error;
        throw error;
      });
    };
    return adapter;
  }
}

/** Any number: the advisory lock that lets one process migrate while the others wait. */
const MIGRATION_LOCK = 7_210_553_001n;
const NO_FILTER = { externalTables: [], externalEnums: [] };

type Glue = typeof import('@prisma/schema-engine-wasm/schema_engine_bg') & { __wbg_set_wasm(exports: unknown): void };

/** The package's glue is itself one module with one instance in it: a second instance would corrupt the first. */
let loading: Promise<Glue> | undefined;

async function loadGlue(): Promise<Glue> {
  const require = createRequire(import.meta.url);
  const glueFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const glue: Glue = await import(glueFile);
  const bytes = await readFile(join(dirname(glueFile), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  return glue;
}

/**
 * The schema engine as WebAssembly, instantiated by hand: the package's own entry needs a bundler's wasm import.
 * It writes `_prisma_migrations` like the ordinary Prisma CLI, which therefore stays usable beside it.
 */
async function openEngine(databaseUrl: string): Promise<{ engine: SchemaEngine; scripts: WholeScripts }> {
  loading ??= loadGlue();
  const { SchemaEngine } = await loading;
  // Idle connections leave at once: a database that is still in use cannot be copied, and an applied migration needs none.
  const scripts = new WholeScripts({ connectionString: databaseUrl, max: 1, idleTimeoutMillis: 100 });
  return {
    engine: await SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(scripts)),
    scripts,
  };
}

async function readMigrations(baseDir: string, only: ReadonlySet<string> | null): Promise<MigrationList> {
  const names = (await readdir(baseDir, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && (only?.has(entry.name) ?? true))
    .map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const lockfile = { path: 'migration_lock.toml', content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8') };
  return { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories };
}

/**
 * Applies what is missing, in order, and answers with the names applied. Safe to call from several processes at
 * once: they queue on an advisory lock. A migration that fails or is killed changes nothing, and the next call tries it anew. With
 * `only`, none but those are applied: the schema of the version that had them.
 * @throws Error with the name of the migration that failed, and what the server said to it.
 */
export async function migrate(databaseUrl: string, migrationsDir: string, only: ReadonlySet<string> | null = null): Promise<string[]> {
  const migrationsList = await readMigrations(migrationsDir, only);
  const lock = new pg.Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK.toString()]);
    if (await isCurrent(lock, migrationsList)) return [];
    await forgetUnfinished(lock);
    const { engine, scripts } = await openEngine(databaseUrl);
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
      return appliedMigrationNames;
    } catch (error) {
      if (scripts.failure === null) throw error;
      const [name] = await forgetUnfinished(lock);
      throw new Error(`migration ${name ?? ''} failed and changed nothing: ${String(scripts.failure)}`, { cause: scripts.failure });
    } finally {
      engine.free();
    }
  } finally {
    await lock.end();
  }
}

/** What was begun and never finished is not there: it was one transaction. Answers with the names. */
async function forgetUnfinished(client: pg.Client): Promise<string[]> {
  const known = await client.query<{ there: boolean }>("select to_regclass('_prisma_migrations') is not null as there");
  if (!known.rows[0]?.there) return [];
  const { rows } = await client.query<{ migration_name: string }>(
    'update _prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null returning migration_name',
  );
  return rows.map((row) => row.migration_name);
}

/** Whether every migration of the folder is recorded as finished: spares the usual start the engine. */
async function isCurrent(client: pg.Client, list: MigrationList): Promise<boolean> {
  const known = await client.query<{ there: boolean }>("select to_regclass('_prisma_migrations') is not null as there");
  if (!known.rows[0]?.there) return false;
  const done = await client.query<{ migration_name: string }>(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  const names = new Set(done.rows.map((row) => row.migration_name));
  return list.migrationDirectories.every((directory) => names.has(directory.path));
}

/**
 * The SQL that leads from one schema to another; `from: null` is the empty database. Used to author migrations
 * (`npm run db:migration NAME`). Needs a reachable database because the engine asks it for its version.
 */
export async function diffSchemas(databaseUrl: string, from: string | null, to: string): Promise<string> {
  const { engine } = await openEngine(databaseUrl);
  const model = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] });
  try {
    const result = await engine.diff({
      from: from === null ? { tag: 'empty' } : model(from),
      to: model(to),
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    return result.stdout ?? '';
  } finally {
    engine.free();
  }
}

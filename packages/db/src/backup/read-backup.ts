import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { migrate } from '../migrate.ts';
import { listTables, type TableInfo } from './catalogue.ts';
import { type BackupHeader, endSchema, headerSchema, tableSchema } from './format.ts';

const BATCH = 500;

export interface RestoreOutcome {
  readonly at: string;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Restores a backup into an empty database, of this version or an older one: makes the schema that wrote it, fills it, all or nothing,
 * and brings it to this version.
 * @throws Error when the database is not empty, the file is damaged or cut off, or a newer version wrote it.
 */
export async function readBackup(databaseUrl: string, file: string, migrationsDir: string): Promise<RestoreOutcome> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.once('error', (error) => gunzip.destroy(error));
  const lines = createInterface({ input: source.pipe(gunzip), crlfDelay: Number.POSITIVE_INFINITY });
  const failed = new Promise<never>((_resolve, reject) => gunzip.once('error', reject));
  failed.catch(() => undefined);
  const iterator = lines[Symbol.asyncIterator]();
  const next = async (): Promise<string | null> => {
    try {
      const { value, done } = await Promise.race([iterator.next(), failed]);
      return done ? null : value;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
      throw new Error(`${file} is damaged, cut off, or not a backup of Rollcall`, { cause: error });
    }
  };
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'rollcall-restore' });
  await client.connect();
  try {
    const header = readHeader(file, await next());
    const known = new Set((await readdir(migrationsDir, { withFileTypes: true })).map(({ name }) => name));
    const newer = header.migrations.filter((name) => !known.has(name));
    if (newer.length > 0) throw new Error(`${file} was written by a newer version (${newer.join(', ')}); restore it with that one`);
    await requireEmpty(client);
    await migrate(databaseUrl, migrationsDir, new Set(header.migrations));
    await client.query('begin');
    const outcome = await fill(client, header, next, file);
    await client.query('commit');
    await migrate(databaseUrl, migrationsDir);
    await client.query('analyze');
    return { at: header.at, ...outcome };
  } finally {
    lines.close();
    source.destroy();
    await client.end();
  }
}

function readHeader(file: string, text: string | null): BackupHeader {
  const parsed = headerSchema.safeParse(parse(text));
  if (!parsed.success) throw new Error(`${file} is not a backup of Rollcall`);
  return parsed.data;
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** What an installation has as soon as it is set up. */
async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>("select to_regclass('public.organization') is not null as there");
  if (!rows[0]?.there) return;
  const used = await client.query('select 1 from organization union all select 1 from "user" limit 1');
  if (used.rows.length > 0) throw new Error('the database is not empty: restore into a new one');
}

async function fill(
  client: pg.Client,
  { partitions, sequences }: BackupHeader,
  next: () => Promise<string | null>,
  file: string,
): Promise<{ tables: number; rows: number }> {
  for (const { name, table, bound } of partitions)
    await client.query(
      `create table if not exists ${client.escapeIdentifier(name)} partition of ${client.escapeIdentifier(table)} ${bound}`,
    );
  const tables = new Map((await listTables(client)).map((table) => [table.name, table]));
  let seen = 0;
  let rows = 0;
  let insert: ((batch: readonly string[]) => Promise<void>) | null = null;
  let batch: string[] = [];
  const flush = async () => {
    if (insert !== null && batch.length > 0) await insert(batch);
    rows += batch.length;
    batch = [];
  };
  for (let text = await next(); text !== null; text = await next()) {
    // A row; nothing else begins so.
    if (text.startsWith('[')) {
      batch.push(text);
      if (batch.length >= BATCH) await flush();
      continue;
    }
    await flush();
    const value = parse(text);
    const end = endSchema.safeParse(value);
    if (end.success) {
      if (end.data.rows !== rows) throw new Error(`${file} is damaged: it has ${rows} rows and should have ${end.data.rows}`);
      for (const { table, column, value: last } of sequences)
        await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [client.escapeIdentifier(table), column, last]);
      return { tables: seen, rows };
    }
    const begun = tableSchema.parse(value);
    const table = tables.get(begun.table);
    if (!table) throw new Error(`${file}: there is no table ${begun.table}`);
    const missing = begun.columns.filter((column) => !(column in table.types));
    if (missing.length > 0)
      throw new Error(
        `the database was set up by a newer version (${table.name} has no ${missing.join(', ')}): restore into one without tables`,
      );
    // Migrations may write rows of their own, which the backup has as well.
    const own = await client.query(`select 1 from ${client.escapeIdentifier(table.name)} limit 1`);
    if (own.rows.length > 0) await client.query(`delete from ${client.escapeIdentifier(table.name)}`);
    insert = inserter(client, table, begun.columns);
    seen += 1;
  }
  throw new Error(`${file} is cut off: its end is missing`);
}

function inserter(client: pg.Client, { name, types }: TableInfo, columns: readonly string[]): (batch: readonly string[]) => Promise<void> {
  const into = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const values = columns.map((column, n) => `(r->>${n})::${types[column] ?? 'text'}`).join(', ');
  const text = `insert into ${client.escapeIdentifier(name)} (${into}) overriding system value select ${values} from json_array_elements($1::json) r`;
  return async (batch) => {
    await client.query(text, [`[${batch.join(',')}]`]);
  };
}

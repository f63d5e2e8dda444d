import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { listPartitions, listSequences, listTables, type TableInfo } from './catalogue.ts';
import { type BackupHeader, FORMAT, type TableHeader } from './format.ts';

const FETCH = 2000;

export interface BackupOutcome {
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes everything that makes an installation into one gzip file, as lines of JSON, out of one snapshot beside the working
 * installation. Not the queue: what was queued comes due again. The file appears under its name when it is whole; mode 0600.
 */
export async function writeBackup(databaseUrl: string, file: string, now: Date): Promise<BackupOutcome> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'rollcall-backup' });
  await client.connect();
  const part = `${file}.part`;
  const gzip = createGzip({ level: 6 });
  const out = createWriteStream(part, { mode: 0o600 });
  const written = finished(gzip.pipe(out));
  // Its rejection is awaited below.
  written.catch(() => undefined);
  const line = async (text: string) => {
    if (!gzip.write(`${text}\n`)) await Promise.race([once(gzip, 'drain'), written]);
  };
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    // What comes out must go in anywhere, to the last digit.
    await client.query("set local timezone = 'UTC'");
    await client.query('set local extra_float_digits = 1');
    const header: BackupHeader = {
      format: FORMAT,
      at: now.toISOString(),
      migrations: await migrationsOf(client),
      partitions: await listPartitions(client),
      sequences: await listSequences(client),
    };
    await line(JSON.stringify(header));
    const tables = await listTables(client);
    let rows = 0;
    for (const table of tables) {
      await line(JSON.stringify({ table: table.name, columns: table.columns } satisfies TableHeader));
      rows += await writeRows(client, table, line);
    }
    await line(JSON.stringify({ end: true, rows }));
    await client.query('commit');
    gzip.end();
    await written;
    await rename(part, file);
    return { tables: tables.length, rows };
  } catch (error) {
    gzip.destroy();
    out.destroy();
    await rm(part, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1',
  );
  return rows.map(({ name }) => name);
}

/** A row is an array of its columns' texts as PostgreSQL writes them: no number passes through JavaScript. */
async function writeRows(client: pg.Client, { name, columns }: TableInfo, line: (text: string) => Promise<void>): Promise<number> {
  const fields = columns.map((column) => `${client.escapeIdentifier(column)}::text`).join(', ');
  await client.query(
    `declare c no scroll cursor for select json_build_array(${fields})::text as row from ${client.escapeIdentifier(name)}`,
  );
  let rows = 0;
  for (;;) {
    const fetched = await client.query<{ row: string }>(`fetch ${FETCH} from c`);
    for (const { row } of fetched.rows) await line(row);
    rows += fetched.rows.length;
    if (fetched.rows.length < FETCH) break;
  }
  await client.query('close c');
  return rows;
}

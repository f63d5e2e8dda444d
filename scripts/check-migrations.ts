// The migrations, applied to an empty database, must hold every table and column that prisma/schema.prisma declares.
// Tables that only SQL can declare (partitions) are not in the schema and may exist beside it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffSchemas, migrate, startEmbeddedPostgres } from '@rollcall/db';
import pg from 'pg';

const root = join(import.meta.dirname, '..');
const dir = await mkdtemp(join(tmpdir(), 'rollcall-migrations-'));
const server = await startEmbeddedPostgres({ stateDir: dir, database: 'migrated', volatile: true });
const columnsOf = async (url: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const sql = `select table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable as line from information_schema.columns where table_schema = 'public'`;
  const lines = (await client.query<{ line: string }>(sql)).rows.map((row) => row.line);
  await client.end();
  return new Set(lines);
};
try {
  await migrate(server.url, join(root, 'prisma/migrations'));
  const declared = new URL(server.url);
  declared.pathname = '/declared';
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('create database declared');
  await client.end();
  const target = new pg.Client({ connectionString: declared.href });
  await target.connect();
  await target.query(await diffSchemas(server.url, null, await readFile(join(root, 'prisma/schema.prisma'), 'utf8')));
  await target.end();
  const have = await columnsOf(server.url);
  const missing = [...(await columnsOf(declared.href))].filter((line) => !have.has(line));
  if (missing.length > 0) {
    process.stderr.write(`prisma/schema.prisma declares what no migration makes (npm run db:migration NAME):\n  ${missing.join('\n  ')}\n`);
    process.exitCode = 1;
  }
} finally {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
}

// Authors a migration: the difference between the schema of the last commit and the one in the work tree, as SQL.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffSchemas, startEmbeddedPostgres } from '@rollcall/db';

const root = join(import.meta.dirname, '..');
const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('usage: npm run db:migration NAME   (NAME: lower-case letters, digits and _)\n');
  process.exit(2);
}
const committed = spawnSync('git', ['show', 'HEAD:prisma/schema.prisma'], { cwd: root, encoding: 'utf8' });
const before = committed.status === 0 ? committed.stdout : null;
const dir = await mkdtemp(join(tmpdir(), 'rollcall-author-'));
const server = await startEmbeddedPostgres({ stateDir: dir, database: 'author', volatile: true });
try {
  const sql = await diffSchemas(server.url, before, await readFile(join(root, 'prisma/schema.prisma'), 'utf8'));
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(root, 'prisma/migrations', `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  process.stdout.write(`${folder}/migration.sql\n`);
} finally {
  await server.stop();
  await rm(dir, { recursive: true, force: true });
}

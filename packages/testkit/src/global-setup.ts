import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate, startEmbeddedPostgres } from '@rollcall/db';
import { SERVER_VARIABLE, TEMPLATE_DATABASE } from './database.ts';

const MIGRATIONS = join(dirname(fileURLToPath(import.meta.url)), '../../../prisma/migrations');

/** Starts one PostgreSQL for the whole run and migrates the template that every test database is copied from. */
export default async function setup(): Promise<() => Promise<void>> {
  // Several vitest projects name this set-up; the first one starts the server, the others find it.
  if (process.env[SERVER_VARIABLE]) return async () => undefined;
  const stateDir = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  const server = await startEmbeddedPostgres({ stateDir, database: TEMPLATE_DATABASE, volatile: true, maxConnections: 400 });
  await migrate(server.url, MIGRATIONS);
  const admin = new URL(server.url);
  admin.pathname = '/postgres';
  process.env[SERVER_VARIABLE] = admin.href;
  return async () => {
    delete process.env[SERVER_VARIABLE];
    await server.stop();
    await rm(stateDir, { recursive: true, force: true });
  };
}

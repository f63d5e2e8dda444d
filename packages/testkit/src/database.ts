import { randomBytes } from 'node:crypto';
import { createDb, type Db } from '@rollcall/db';
import pg from 'pg';

/** Set by the global set-up: an administrative connection to the run's own PostgreSQL server. */
export const SERVER_VARIABLE = 'ROLLCALL_TEST_POSTGRES';
export const TEMPLATE_DATABASE = 'rollcall_template';

export interface TestDatabase {
  readonly url: string;
  readonly db: Db;
  /** Disconnects and drops the database. */
  close(): Promise<void>;
}

function serverUrl(): string {
  const url = process.env[SERVER_VARIABLE];
  if (!url)
    throw new Error(`${SERVER_VARIABLE} is not set: run the tests through vitest's global set-up (packages/testkit/src/global-setup.ts)`);
  return url;
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database of one's own with every migration applied, copied from the template in some 50 ms. */
export async function testDatabase(options: { max?: number } = {}): Promise<TestDatabase> {
  const name = `t_${randomBytes(8).toString('hex')}`;
  await asAdministrator(`create database ${name} template ${TEMPLATE_DATABASE}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  const db = createDb(url.href, { max: options.max ?? 5 });
  return {
    url: url.href,
    db,
    async close() {
      await db.$disconnect();
      await asAdministrator(`drop database if exists ${name} with (force)`);
    },
  };
}

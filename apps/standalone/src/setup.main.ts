import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, readConfig } from '@rollcall/config';
import { createDb, migrate } from '@rollcall/db';
import { findRoot } from './paths.ts';
import { seedAccounts } from './seed.ts';

/** For installations whose roles run apart (docker-compose.yml): migrations and the first accounts, once, then the end. */
async function main(): Promise<void> {
  const root = process.env['ROLLCALL_ROOT'] ?? findRoot();
  const config = readConfig(process.env, root);
  if (!config.databaseUrl)
    throw new ConfigError([{ key: 'DATABASE_URL', message: 'is needed: setup prepares the database of a distributed installation' }]);
  if (!config.secret)
    throw new ConfigError([{ key: 'ROLLCALL_SECRET', message: 'is needed: every role must have the same one (openssl rand -base64 32)' }]);
  const applied = await migrate(config.databaseDirectUrl ?? config.databaseUrl, join(root, 'prisma/migrations'));
  process.stdout.write(`${JSON.stringify({ event: 'setup.migrated', applied })}\n`);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const db = createDb(config.databaseUrl, { max: 2, applicationName: 'rollcall-setup' });
  try {
    const credentials = await seedAccounts(db, config, config.secret, null);
    process.stdout.write(
      `${JSON.stringify({ event: 'setup.done', owner: credentials?.email ?? null, credentials: join(config.dataDir, 'credentials.json') })}\n`,
    );
  } finally {
    await db.$disconnect();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

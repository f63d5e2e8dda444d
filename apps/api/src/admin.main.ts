import { ConfigError, readConfig } from '@rollcall/config';
import { createDb } from '@rollcall/db';
import { rotateSecret } from './rotate-secret.ts';

/** `rollcall-admin rotate-secret`: for the operator, with the environment of the installation. */
async function main(): Promise<void> {
  if (process.argv[2] !== 'rotate-secret' || process.argv.length > 3) {
    process.stderr.write('usage: npm run rollcall-admin -- rotate-secret\n');
    process.exitCode = 2;
    return;
  }
  const { databaseUrl, secret, formerSecrets } = readConfig(process.env);
  if (!databaseUrl || !secret || formerSecrets.length === 0) {
    throw new ConfigError([
      ...(databaseUrl ? [] : [{ key: 'DATABASE_URL', message: 'is needed' }]),
      ...(secret ? [] : [{ key: 'ROLLCALL_SECRET', message: 'is needed: the new one' }]),
      ...(formerSecrets.length > 0 ? [] : [{ key: 'ROLLCALL_FORMER_SECRETS', message: 'is needed: the one until now' }]),
    ]);
  }
  const db = createDb(databaseUrl, { max: 2, applicationName: 'rollcall-admin' });
  try {
    process.stdout.write(`${JSON.stringify({ event: 'secret.rotated', ...(await rotateSecret(db, secret, formerSecrets)) })}\n`);
  } finally {
    await db.$disconnect();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

import { type Config, ConfigError, readConfig } from '@rollcall/config';
import { createDb, type Db } from '@rollcall/db';
import { REGION_KEY_USAGE, regionKeyCommand } from './admin/region-key.ts';
import { rotateSecret } from './rotate-secret.ts';

const USAGE = `usage: npm run rollcall-admin -- COMMAND
  rotate-secret                     seal everything with the present ROLLCALL_SECRET
${REGION_KEY_USAGE}
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

/** What the command has to say; null: there is no such command. */
function run(db: Db, config: Config, [command, ...args]: readonly string[]): Promise<string | null> {
  if (command === 'rotate-secret' && args.length === 0) return rotate(db, config);
  if (command === 'region-key') return regionKeyCommand(db, args, new Date());
  return Promise.resolve(null);
}

/** `rollcall-admin`: for the operator, with the environment of the installation. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (!config.databaseUrl) throw new ConfigError([{ key: 'DATABASE_URL', message: 'is needed' }]);
  const db = createDb(config.databaseUrl, { max: 2, applicationName: 'rollcall-admin' });
  try {
    const said = await run(db, config, process.argv.slice(2));
    if (said === null) process.exitCode = 2;
    (said === null ? process.stderr : process.stdout).write(said === null ? USAGE : `${said}\n`);
  } finally {
    await db.$disconnect();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

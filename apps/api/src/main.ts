import { join } from 'node:path';
import { ConfigError, readConfig } from '@rollcall/config';
import { createSealer } from '@rollcall/crypto';
import { createDb } from '@rollcall/db';
import { createMailer } from '@rollcall/notify';
import { createQueues } from '@rollcall/queue';
import { createChangeFeed } from '@rollcall/services';
import { buildApp } from './app.ts';
import { createAuth } from './auth.ts';
import { logOptions } from './log.ts';
import { createOidc } from './oidc.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { databaseUrl, secret } = config;
  if (!databaseUrl || !secret) {
    throw new ConfigError([
      ...(databaseUrl ? [] : [{ key: 'DATABASE_URL', message: 'is needed: the api has no database of its own' }]),
      ...(secret ? [] : [{ key: 'ROLLCALL_SECRET', message: 'is needed: the same for every role' }]),
    ]);
  }
  const db = createDb(databaseUrl, { max: 20, applicationName: 'rollcall-api' });
  const queues = createQueues({ databaseUrl: config.databaseDirectUrl ?? databaseUrl, redisUrl: config.redisUrl });
  const policy = { allowPrivate: config.allowPrivateTargets };
  const mailer = createMailer({ smtpUrl: config.smtpUrl, from: config.mailFrom, mailDir: join(config.dataDir, 'mail') });
  // Opens the queue, so that readiness asks a real backend.
  queues.probe(config.region);
  const now = () => new Date();
  const oidc = config.signIn.oidc && createOidc(config.signIn.oidc, config.publicUrl, policy, now);
  const changes = createChangeFeed({
    db,
    databaseUrl: config.databaseDirectUrl ?? databaseUrl,
    onFault: (event, error) => app.log.warn({ err: error }, event),
  });
  const app = await buildApp(
    {
      config,
      db,
      sealer: createSealer(secret, config.formerSecrets),
      policy,
      queues,
      notify: { policy, mailer, publicUrl: config.publicUrl },
      auth: createAuth(db, config, secret, { mailer, signIn: config.signIn, oidc }),
      oidc,
      changes,
      now,
    },
    logOptions(config.logLevel),
  );
  await app.listen({ port: config.port, host: config.host });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await changes.close();
    mailer.close();
    await queues.close();
    await db.$disconnect();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  process.on('disconnect', () => process.exit(0));
  process.send?.({ type: 'ready' });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});

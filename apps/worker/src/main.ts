import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { type Config, ConfigError, readConfig } from '@rollcall/config';
import type { Role } from '@rollcall/core';
import { createSealer } from '@rollcall/crypto';
import { createDb } from '@rollcall/db';
import { createMailer } from '@rollcall/notify';
import { createTokenCache } from '@rollcall/probe';
import { simulateClients } from '@rollcall/probe/simulate';
import { createQueues } from '@rollcall/queue';
import { reportReach } from '@rollcall/services';
import { pino } from 'pino';
import { createAlerter } from './alerter.ts';
import { startHealth } from './health.ts';
import { startJanitor } from './janitor.ts';
import { createMetrics } from './metrics.ts';
import { startProber } from './prober.ts';
import { createRecorder } from './recorder.ts';
import { DeniedError, EXIT_CONFIG, startRemote } from './remote/start-remote.ts';
import { startScheduler } from './scheduler.ts';
import { createReach } from './self/reach.ts';
import { startSelfWatch } from './self/self-watch.ts';

const DRAIN_MS = 25_000;

/**
 * V8 takes what a probe builds for long-lived, because a probe outlives a young collection, and allocates it in the old space, where it is
 * dearer to clear away. Without that guess a probe costs a sixth less CPU (docs/benchmarks.md).
 */
function collectProbesYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

function requireShared(config: Config): { databaseUrl: string; secret: string } {
  const missing = [
    ...(config.databaseUrl ? [] : [{ key: 'DATABASE_URL', message: 'is needed: a worker has no database of its own' }]),
    ...(config.secret ? [] : [{ key: 'ROLLCALL_SECRET', message: 'is needed: the same for every role' }]),
  ];
  if (!config.databaseUrl || !config.secret) throw new ConfigError(missing);
  return { databaseUrl: config.databaseUrl, secret: config.secret };
}

/** Starts the worker roles that the configuration names; answers with how to stop them in order. */
async function startRoles(config: Config) {
  const { databaseUrl, secret } = requireShared(config);
  const log = pino({ level: config.logLevel, base: { roles: config.roles.join(','), region: config.region } });
  const has = (role: Role) => config.roles.includes(role);
  const db = createDb(databaseUrl, { max: 12, applicationName: 'rollcall-worker' });
  const queues = createQueues({ databaseUrl: config.databaseDirectUrl ?? databaseUrl, redisUrl: config.redisUrl });
  const sealer = createSealer(secret, config.formerSecrets);
  const metrics = createMetrics();
  const policy = { allowPrivate: config.allowPrivateTargets };
  const mailer = createMailer({ smtpUrl: config.smtpUrl, from: config.mailFrom, mailDir: join(config.dataDir, 'mail') });
  /** Newest last; stopped in the opposite order. */
  const stops: (() => Promise<unknown>)[] = [() => db.$disconnect(), () => queues.close(), () => Promise.resolve(mailer.close())];

  await queues.ping();
  if (has('alerter')) {
    const alerter = createAlerter({
      db,
      sealer,
      log,
      notify: { policy, mailer, publicUrl: config.publicUrl },
      onDelivery: ({ channelType, ok }) => metrics.deliveries.inc({ channel: channelType, outcome: ok ? 'delivered' : 'failed' }),
    });
    alerter.start();
    stops.push(() => alerter.stop(DRAIN_MS));
  }
  if (has('janitor')) {
    const loops = [
      ...startJanitor({ db, log, publicUrl: config.publicUrl }),
      startSelfWatch({
        db,
        queues,
        log,
        mailer,
        publicUrl: config.publicUrl,
        operatorEmail: config.operatorEmail,
        heartbeatUrl: config.heartbeatUrl,
      }),
    ];
    stops.push(() => Promise.all(loops.map((loop) => loop.stop())));
  }
  if (has('prober')) {
    collectProbesYoung();
    const recorder = createRecorder({ db, publicUrl: config.publicUrl, log, metrics });
    stops.push(() => recorder.stop());
    const prober = startProber({
      db,
      sealer,
      queues,
      region: config.region,
      concurrency: config.probeConcurrency,
      deps: { policy, tokens: createTokenCache(), simulate: simulateClients },
      recorder,
      reach: createReach({
        canaries: config.canaryUrls,
        // The operator's own choice of address.
        policy: { allowPrivate: true },
        onChange: async (offline) => {
          log[offline ? 'error' : 'info']({ offline }, 'prober.reach');
          await reportReach(db, config.region, offline, new Date());
        },
      }),
      log,
      metrics,
    });
    stops.push(() => prober.stop(DRAIN_MS));
  }
  if (has('scheduler')) {
    const scheduler = startScheduler({ db, queues, log, metrics });
    stops.push(() => scheduler.stop());
  }
  if (config.workerPort !== null) {
    const health = await startHealth({
      port: config.workerPort,
      host: config.host,
      metrics,
      ready: () => Promise.all([db.$queryRaw`select 1`, queues.ping()]),
      waiting: async () => (await queues.probe(config.region).depth()).waiting,
    });
    stops.push(() => health.close());
  }
  log.info({ queue: queues.kind }, 'worker.started');
  return {
    log,
    async stop() {
      for (const stop of stops.reverse()) await stop().catch((error: unknown) => log.error({ err: error }, 'worker.stop_fault'));
    },
  };
}

async function start(config: Config, onDenied: (error: DeniedError) => void) {
  if (config.remote === null) return startRoles(config);
  collectProbesYoung();
  return startRemote(config, config.remote, onDenied);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  let stopping = false;
  let exitCode = 0;
  let worker: Awaited<ReturnType<typeof start>> | null = null;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    worker?.log.info({ why }, 'worker.draining');
    await worker?.stop();
    worker?.log.info('worker.stopped');
    process.exit(exitCode);
  };
  worker = await start(config, (error) => {
    process.stderr.write(`${error.message}\n`);
    exitCode = EXIT_CONFIG;
    void stop('denied');
  });
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  // Our supervisor is gone without a word: nobody will ask us to stop, and nobody restarts us.
  process.on('disconnect', () => process.exit(0));
  process.send?.({ type: 'ready' });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError || error instanceof DeniedError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(error instanceof DeniedError ? EXIT_CONFIG : 1);
});

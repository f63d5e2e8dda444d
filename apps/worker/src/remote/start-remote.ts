import type { Config, RemoteConfig } from '@rollcall/config';
import { createTokenCache } from '@rollcall/probe';
import { simulateClients } from '@rollcall/probe/simulate';
import { pino } from 'pino';
import { startHealth } from '../health.ts';
import { createMetrics } from '../metrics.ts';
import { createReach } from '../self/reach.ts';
import { createOutbox } from './outbox.ts';
import { createProberApi, ProberApiError } from './prober-api.ts';
import { type RemoteProber, startRemoteProber } from './remote-prober.ts';

/** sysexits.h: the configuration is at fault, and starting again is no use (deploy/systemd). */
export const EXIT_CONFIG = 78;
const DRAIN_MS = 25_000;
const DELIVER_MS = 8000;
/** Without an answer of the API for so long the prober is not ready. */
const READY_MS = 60_000;

/** Thrown when the API refuses the key; the text is for the operator's terminal. */
export class DeniedError extends Error {
  constructor(remote: RemoteConfig, cause: ProberApiError) {
    super(
      `${remote.apiUrl} refuses this prober (${cause.message}).\nMake a key with "rollcall-admin region-key create REGION" and set ROLLCALL_REGION_KEY.`,
      { cause },
    );
    this.name = 'DeniedError';
  }
}

/** A prober that has the API and a region key and nothing else: no database, no queue, no ROLLCALL_SECRET. `onDenied`: it has stopped working. */
export async function startRemote(config: Config, remote: RemoteConfig, onDenied: (error: DeniedError) => void) {
  const log = pino({ level: config.logLevel, base: { roles: 'prober', api: remote.apiUrl } });
  const metrics = createMetrics();
  const api = createProberApi(remote);
  const startedAt = new Date().toISOString();
  try {
    const { region } = await api.heartbeat({ offline: false, inFlight: 0, waiting: 0, dropped: 0, startedAt });
    log.info({ region }, 'remote.signed_in');
  } catch (error) {
    if (error instanceof ProberApiError && error.kind === 'denied') throw new DeniedError(remote, error);
    // The API may be away when we start: it is waited for, like later.
    log.warn({ err: error }, 'remote.api_not_there_yet');
  }
  const denied = (error: ProberApiError) => onDenied(new DeniedError(remote, error));
  const outbox = createOutbox({ api, log, metrics, maxBytes: remote.bufferBytes, onDenied: denied });
  let offline = false;
  let prober: RemoteProber | null = null;
  prober = startRemoteProber({
    api,
    outbox,
    log,
    metrics,
    concurrency: config.probeConcurrency,
    deps: { policy: { allowPrivate: config.allowPrivateTargets }, tokens: createTokenCache(), simulate: simulateClients },
    reach: createReach({
      canaries: config.canaryUrls,
      // The operator's own choice of address.
      policy: { allowPrivate: true },
      onChange: async (now) => {
        log[now ? 'error' : 'info']({ offline: now }, 'prober.reach');
        const changed = offline !== now;
        offline = now;
        if (changed) await prober?.sayHow();
      },
    }),
    isOffline: () => offline,
    onDenied: denied,
  });
  const started = prober;
  const health =
    config.workerPort === null
      ? null
      : await startHealth({
          port: config.workerPort,
          host: config.host,
          metrics,
          async ready() {
            const last = api.lastAnswerAt();
            if (last === null || Date.now() - last > READY_MS) throw new Error('the API does not answer');
          },
          waiting: null,
        });
  log.info('worker.started');
  return {
    log,
    async stop() {
      await health?.close();
      await started.stop(DRAIN_MS);
      await outbox.stop(DELIVER_MS);
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@rollcall/config';
import { createSealer } from '@rollcall/crypto';
import { createDb, type Db, type EmbeddedPostgres, migrate, startEmbeddedPostgres } from '@rollcall/db';
import { bootstrapInstallation } from '@rollcall/services';
import { freePort, startRedis, type TestRedis } from '@rollcall/testkit';
import { type ApiClient, apiClient, eventually, repository } from '../system/rollcall.ts';
import type { Presence } from './absence.ts';
import { createPlace, type Place } from './place.ts';

const API_KEY = 'rc_chaos_key_0123456789abcdef';
const SECRET = Buffer.alloc(32, 5).toString('base64');

export interface Crew {
  readonly schedulers: number;
  readonly probers: number;
  readonly alerters: number;
  readonly janitors: number;
  readonly apis: number;
  readonly regions: readonly string[];
}

export interface Installation {
  readonly db: Db;
  readonly organizationId: string;
  readonly api: ApiClient;
  readonly places: readonly Place[];
  /** A process more of that role. */
  add(role: string, draw: number): Promise<Place>;
  restartPostgres(how: 'fast' | 'immediate'): Promise<void>;
  emptyRedis(): Promise<void>;
  /** What ended by itself, with the end of its log. */
  readonly crashes: readonly string[];
  /** When which process was there; PostgreSQL as the role `postgres`. */
  readonly presences: readonly Presence[];
  readonly failedStarts: readonly string[];
  readonly stop: () => Promise<void>;
}

const TAIL = 3000;

/** Real PostgreSQL, real Redis, and every role as processes of its own: what a distributed installation is. */
export async function startInstallation(crew: Crew, queue: 'redis' | 'postgresql'): Promise<Installation> {
  const stateDir = await mkdtemp(join(tmpdir(), 'rollcall-chaos-'));
  const port = await freePort();
  const startPostgres = () => startEmbeddedPostgres({ stateDir, database: 'rollcall', maxConnections: 400, port });
  let postgres: EmbeddedPostgres = await startPostgres();
  const redis: TestRedis | null = queue === 'redis' ? await startRedis() : null;
  const crashes: string[] = [];
  const failedStarts: string[] = [];
  const apiPort = await freePort();
  const env = {
    DATABASE_URL: postgres.url,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    ROLLCALL_SECRET: SECRET,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_ADMIN_PASSWORD: 'chaos-test-password',
    ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
    ROLLCALL_DATA_DIR: stateDir,
    ROLLCALL_PUBLIC_URL: `http://127.0.0.1:${apiPort}`,
    LOG_LEVEL: 'warn',
  };
  await migrate(postgres.url, join(repository, 'prisma/migrations'));
  const db = createDb(postgres.url, { max: 4, applicationName: 'rollcall-chaos' });
  const { organizationId } = await bootstrapInstallation({ db, sealer: createSealer(SECRET), config: readConfig(env), now: new Date() });

  const presences: Presence[] = [];
  const appear = (role: string, region: string): Presence => {
    const presence: Presence = { role, region, from: Date.now(), to: null };
    presences.push(presence);
    return presence;
  };
  let database = appear('postgres', '');
  const events = {
    onCrash: (name: string, log: string) => void crashes.push(`${name}: ${log.slice(-TAIL)}`),
    onFailedStart: (name: string, log: string) => void failedStarts.push(`${name}: ${log.slice(-TAIL)}`),
  };
  const extras: Place[] = [];
  const place = (role: string, n: number, region: string, ownPort = apiPort): Place => {
    let presence: Presence | null = null;
    return createPlace(
      {
        role,
        name: `${role} ${n}${role === 'prober' ? ` in ${region}` : ''}`,
        app: role === 'api' ? 'api' : 'worker',
        env: { ...env, ROLLCALL_ROLES: role, ROLLCALL_REGION: region, PORT: String(ownPort) },
      },
      {
        ...events,
        onReady: () => {
          presence = appear(role, region);
        },
        onGone: () => {
          if (presence) presence.to = Date.now();
        },
      },
    );
  };
  const regionOf = (n: number) => crew.regions[n % crew.regions.length] as string;
  // Two apis cannot listen at one address: the first has the one that is asked, the others stand beside it.
  const crewOf = (role: string, count: number) =>
    Promise.all(Array.from({ length: count }, async (_, n) => place(role, n + 1, regionOf(n), n === 0 ? apiPort : await freePort())));
  const places = [
    ...(await crewOf('api', crew.apis)),
    ...(await crewOf('scheduler', crew.schedulers)),
    ...(await crewOf('prober', crew.probers)),
    ...(await crewOf('alerter', crew.alerters)),
    ...(await crewOf('janitor', crew.janitors)),
  ];
  await Promise.all(places.map((one) => one.up()));

  return {
    db,
    organizationId,
    api: apiClient(`http://127.0.0.1:${apiPort}`, API_KEY),
    places,
    crashes,
    presences,
    failedStarts,
    async add(role, draw) {
      const region = crew.regions[Math.floor(draw * crew.regions.length)] as string;
      const made = place(role, places.length + extras.length, region, await freePort());
      extras.push(made);
      return made;
    },
    async restartPostgres(how) {
      database.to = Date.now();
      if (how === 'fast') await postgres.stop();
      else {
        // What pg_ctl calls immediate: no farewell, the log is replayed at the start.
        process.kill(postgres.pid, 'SIGQUIT');
        await postgres.exited;
        await postgres.stop();
      }
      postgres = await eventually('PostgreSQL again', startPostgres);
      database = appear('postgres', '');
    },
    async emptyRedis() {
      await redis?.empty();
    },
    async stop() {
      await Promise.all([...places, ...extras].map((one) => one.end()));
      await db.$disconnect();
      await redis?.close();
      await postgres.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

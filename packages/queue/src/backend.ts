import { createPostgresBackend, type Processor, Queue, type QueueOptions, Worker, type WorkerOptions, withBackend } from 'bullmq';
import { Redis } from 'ioredis';

/** Where the queues live. Redis when `redisUrl` is given, else PostgreSQL in a schema of its own. */
export interface QueueConfig {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
}

/** The PostgreSQL schema of BullMQ's tables, beside ours and not mixed with them. */
export const QUEUE_SCHEMA = 'bullmq';
const REDIS_PREFIX = 'rollcall';

type Tuning<T> = Omit<T, 'connection' | 'prefix'>;

/** Makes queues and workers on one backend; everything above is the same for both. */
export interface Backend {
  readonly kind: 'postgresql' | 'redis';
  queue<T>(name: string, options: Tuning<QueueOptions>): Queue<T>;
  /** Without a processor jobs are taken by hand. */
  worker<T>(name: string, processor: Processor<T> | null, options: Tuning<WorkerOptions>): Worker<T>;
  /** Rejects when the backend does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function createBackend(config: QueueConfig): Backend {
  return config.redisUrl === null ? postgresBackend(config.databaseUrl) : redisBackend(config.redisUrl);
}

function redisBackend(redisUrl: string): Backend {
  const connections: Redis[] = [];
  const connect = (forWorker: boolean) => {
    // A worker waits for ever for its next job; a producer fails fast so that the schedule is not held up.
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: forWorker ? null : 3, enableReadyCheck: true });
    connection.on('error', () => undefined);
    connections.push(connection);
    return connection;
  };
  const own = connect(false);
  return {
    kind: 'redis',
    queue: <T>(name: string, options: Tuning<QueueOptions>) =>
      new Queue<T>(name, { ...options, prefix: REDIS_PREFIX, connection: connect(false) }) as Queue<T>,
    worker: <T>(name: string, processor: Processor<T> | null, options: Tuning<WorkerOptions>) =>
      new Worker<T>(name, processor, { ...options, prefix: REDIS_PREFIX, connection: connect(true) }),
    async ping() {
      await own.ping();
    },
    async close() {
      for (const connection of connections) connection.disconnect();
    },
  };
}

/**
 * Nothing in the queue must outlive the server's crash: a job that is forgotten comes due again, one that is done and comes again is void. So
 * a change waits for no disk, which is what a job would otherwise cost most.
 */
const NO_WAIT_FOR_DISK = '-c synchronous_commit=off';

function postgresBackend(databaseUrl: string): Backend {
  const classes = withBackend(createPostgresBackend);
  const connection = (max: number) => ({
    connectionString: databaseUrl,
    options: NO_WAIT_FOR_DISK,
    schema: QUEUE_SCHEMA,
    migrate: true,
    max,
  });
  let first: Queue | undefined;
  return {
    kind: 'postgresql',
    queue<T>(name: string, options: Tuning<QueueOptions>) {
      const queue = new classes.Queue<T>(name, { ...options, connection: connection(3) }) as unknown as Queue<T>;
      first ??= queue as Queue;
      return queue;
    },
    worker: <T>(name: string, processor: Processor<T> | null, options: Tuning<WorkerOptions>) =>
      new classes.Worker<T>(name, processor as never, { ...options, connection: connection(6) }) as unknown as Worker<T>,
    async ping() {
      await first?.getWaitingCount();
    },
    async close() {},
  };
}

import pg from 'pg';

const SLOWEST_RETRY_MS = 10_000;
const FIRST_RETRY_MS = 250;

export interface ListenerOptions {
  /** Of LISTEN; a plain identifier. */
  readonly channel: string;
  /** Of the advisory lock that is held, shared, while the channel is heard: who sends asks by it whether anybody listens. */
  readonly lockKey: number;
  readonly onMessage: (payload: string) => void;
  /** The channel is heard from now on; what was said before is lost. */
  readonly onUp: () => void;
  /** The channel is not heard any more; another attempt follows by itself. */
  readonly onDown: (error: unknown) => void;
}

export interface Listener {
  /** Gives the connection up for a new one, as if it had been lost. */
  reconnect(): void;
  close(): Promise<void>;
}

/**
 * One connection of its own that hears a channel of NOTIFY, and comes back by itself whenever it is lost. Whoever sends only when
 * somebody listens (`pg_try_advisory_xact_lock` fails) holds that lock until the commit, so by the time the shared lock is ours every
 * transaction that kept silent is visible.
 */
export function startListener(databaseUrl: string, options: ListenerOptions): Listener {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  async function connect(): Promise<void> {
    const mine = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'rollcall-events',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    client = mine;
    mine.on('notification', ({ payload }) => {
      if (client === mine) options.onMessage(payload ?? '');
    });
    mine.on('error', (error) => lost(mine, error));
    mine.on('end', () => lost(mine, new Error('the connection ended')));
    try {
      await mine.connect();
      await mine.query(`listen "${options.channel}"`);
      await mine.query('select pg_advisory_lock_shared($1)', [options.lockKey]);
      if (client !== mine) return;
      failures = 0;
      options.onUp();
    } catch (error) {
      lost(mine, error);
    }
  }

  function lost(which: pg.Client, error: unknown): void {
    if (client !== which) return;
    client = null;
    void which.end().catch(() => undefined);
    if (closed) return;
    failures += 1;
    options.onDown(error);
    const wait = Math.min(SLOWEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    timer = setTimeout(() => void connect(), wait * (0.5 + Math.random() / 2));
  }

  void connect();
  return {
    reconnect() {
      if (client) lost(client, new Error('given up'));
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}

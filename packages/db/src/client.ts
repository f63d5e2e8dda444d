import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from './generated/client.ts';

/** The typed client. Hot paths use `$queryRaw` with one statement a batch; everything else the models. */
export type Db = PrismaClient;
/** What a verb gets inside `db.$transaction(async (tx) => …)`. */
export type Tx = Prisma.TransactionClient;
export { Prisma };

export interface DbOptions {
  /** Connections of this process's pool; default 10. */
  readonly max?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
}

/** Opens a pool lazily: the first query connects. Close with `$disconnect()`. */
export function createDb(databaseUrl: string, options: DbOptions = {}): Db {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'rollcall',
    connectionTimeoutMillis: 10_000,
  });
  // Between the pool's hands and the transaction's a connection has no listener of theirs, and a server that shuts down says so in the very
  // packet that made it ready: unheard, that would end the process. Who uses the connection learns of it by its next query.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  // The adapter's types are of another version of the same package.
  const adapter = new PrismaPg(pool as unknown as ConstructorParameters<typeof PrismaPg>[0], {
    onPoolError: () => undefined,
    disposeExternalPool: true,
  });
  return new PrismaClient({ adapter, log: [], transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
}

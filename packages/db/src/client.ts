import { PrismaPg } from '@prisma/adapter-pg';
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
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      max: options.max ?? 10,
      application_name: options.applicationName ?? 'rollcall',
      connectionTimeoutMillis: 10_000,
    },
    { onPoolError: () => undefined },
  );
  return new PrismaClient({ adapter, log: [], transactionOptions: { maxWait: 10_000, timeout: 20_000 } });
}

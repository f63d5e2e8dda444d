import type { Db } from '@rollcall/db';

/** Below it nothing is gained. */
const MIN_ROWS = 100_000;
/** Bytes of an entry of the primary key: tuple header, seq and region padded to 8, slot, line pointer. */
const ENTRY_BYTES = 28;
/** Worth it when the index is that much larger than its entries. */
const SLACK = 1.25;

interface Loose {
  readonly name: string;
  readonly partition: string;
}

/**
 * Rows come in the order of time and their key begins with the endpoint, so that the pages of the index of a day are left
 * about half empty. When the day is over its index is built anew, without a lock that anybody waits for. Answers with the
 * partitions packed. Idempotent; what a killed run left behind is removed by the next one.
 */
export async function packPartitions(db: Db, now: Date): Promise<string[]> {
  const today = `probe_${now.toISOString().slice(0, 10).replaceAll('-', '')}`;
  await dropLeftovers(db);
  const loose = await db.$queryRaw<Loose[]>`
    select x.relname as name, c.relname as partition
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_index k on k.indrelid = c.oid and k.indisprimary join pg_class x on x.oid = k.indexrelid
    where i.inhparent = 'probe'::regclass and c.relname ~ '^probe_\\d{8}$' and c.relname < ${today}
      and c.reltuples >= ${MIN_ROWS}::float4 and pg_relation_size(x.oid) > c.reltuples * ${ENTRY_BYTES * SLACK}::float4
    order by c.relname`;
  for (const { name } of loose) {
    // No row comes any more, but for a few late ones: no room is left for them.
    await db.$executeRawUnsafe(`alter index "${name}" set (fillfactor = 100)`);
    await db.$executeRawUnsafe(`reindex index concurrently "${name}"`);
  }
  return loose.map(({ partition }) => partition);
}

/** Unfinished copies that nobody is at work on. */
async function dropLeftovers(db: Db): Promise<void> {
  const left = await db.$queryRaw<{ name: string }[]>`
    select x.relname as name from pg_index k join pg_class x on x.oid = k.indexrelid
    where not k.indisvalid and x.relname ~ '^probe_\\d{8}_pkey_cc(new|old)\\d*$'
      and not exists (select 1 from pg_locks l where l.relation = k.indrelid and l.mode = 'ShareUpdateExclusiveLock')`;
  for (const { name } of left) await db.$executeRawUnsafe(`drop index concurrently if exists "${name}"`);
}

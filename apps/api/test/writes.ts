import type { Db } from '@rollcall/db';

/** Answers whether any row of any table was written, and committed, since the last time it was asked. */
export type AnyWrites = () => Promise<boolean>;

/**
 * Watches all tables of a test's own database. When a key was last used is not counted. Calls must come one after the other:
 * the count is one row.
 */
export async function watchWrites(db: Db): Promise<AnyWrites> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like '\\_%'`;
  await db.$executeRawUnsafe('create table written as select 0 as n');
  await db.$executeRawUnsafe(
    "create function note_write() returns trigger language plpgsql as 'begin update written set n = n + 1; return null; end'",
  );
  for (const { name } of tables) {
    const update = name === 'api_key' ? 'update of name, hash, scopes, expires_at, revoked_at, replaced_by_id' : 'update';
    await db.$executeRawUnsafe(
      `create trigger written after insert or delete or ${update} on "${name}" for each row execute function note_write()`,
    );
  }
  let seen = 0;
  return async () => {
    const [row] = await db.$queryRaw<{ n: number }[]>`select n from written`;
    const changed = row?.n !== seen;
    seen = row?.n ?? 0;
    return changed;
  };
}

import type { Db } from '@rollcall/db';

export interface Writes {
  /** Answers whether anything at all was written since the last time it was asked, cheaply; a write that was undone counts. */
  any(): Promise<boolean>;
  /** A digest of every row of every table, but for when keys and sessions were last used. */
  stored(): Promise<string>;
}

/** Watches all tables of a test's own database. */
export async function watchWrites(db: Db): Promise<Writes> {
  const tables = (
    await db.$queryRaw<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like '\\_%' order by 1`
  ).map(({ name }) => name);
  await db.$executeRawUnsafe('create sequence written');
  await db.$executeRawUnsafe(
    "create function note_write() returns trigger language plpgsql as 'begin perform nextval(''written''); return null; end'",
  );
  for (const name of tables)
    await db.$executeRawUnsafe(
      `create trigger written after insert or update or delete or truncate on "${name}" for each statement execute function note_write()`,
    );
  let seen = -1n;
  const digests = tables.map(
    (name) =>
      `select '${name}' as name, md5(string_agg(row, ' ' order by row)) as digest from (select (to_jsonb(t) - 'last_used_at' - 'updated_at')::text as row from "${name}" t) r`,
  );
  return {
    async any() {
      const [row] = await db.$queryRaw<{ n: bigint }[]>`select case when is_called then last_value else 0 end as n from written`;
      const n = row?.n ?? 0n;
      const changed = n !== seen;
      seen = n;
      return changed;
    },
    async stored() {
      return JSON.stringify(await db.$queryRawUnsafe(digests.join(' union all ')));
    },
  };
}

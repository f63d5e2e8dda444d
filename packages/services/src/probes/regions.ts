import type { Tx } from '@rollcall/db';

/** Numbers of these regions; a new name gets the next one. */
export async function regionIds(tx: Tx, names: readonly string[]): Promise<Map<string, number>> {
  const wanted = [...new Set(names)];
  const read = () => tx.$queryRaw<{ id: number; name: string }[]>`select id, name from region where name = any(${wanted}::text[])`;
  let rows = await read();
  if (rows.length < wanted.length) {
    await tx.$executeRaw`insert into region (name) select unnest(${wanted}::text[]) on conflict (name) do nothing`;
    rows = await read();
  }
  return new Map(rows.map((row) => [row.name, row.id]));
}

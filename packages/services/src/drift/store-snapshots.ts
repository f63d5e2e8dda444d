import type { Snapshot } from '@rollcall/core';
import type { Db, Tx } from '@rollcall/db';
import { z } from 'zod';
import { pgJson } from '../probes/pg-json.ts';
import { packText, packTools, unpackText, unpackTools } from './offer.ts';

/** A snapshot under its address. */
export interface AddressedSnapshot {
  readonly organizationId: string;
  readonly hash: string;
  readonly listHash: string;
  readonly count: number;
  readonly snapshot: Snapshot;
}

const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
/** Each once, always in the same order, so that two batches never wait for each other in a circle. */
function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const found = new Map(items.map((item) => [keyOf(item), item]));
  return [...found]
    .map(([key, item]) => ({ key, item }))
    .sort(byKey)
    .map(({ item }) => item);
}

/** Two statements, however many. What is known already is only marked as in use, which keeps the janitor from it. */
export async function storeSnapshots(tx: Tx, items: readonly AddressedSnapshot[], now: Date): Promise<void> {
  if (items.length === 0) return;
  const lists = distinct(items, (item) => `${item.organizationId}/${item.listHash}`).map((item) => ({
    organization_id: item.organizationId,
    hash: item.listHash,
    count: item.count,
    content: packTools(item.snapshot).toString('base64'),
  }));
  await tx.$executeRaw`
    insert into tool_list (organization_id, hash, count, content, seen_at)
    select organization_id, hash, count, decode(content, 'base64'), ${now}
    from jsonb_to_recordset(${pgJson(lists)}::jsonb) as r(organization_id text, hash text, count int, content text)
    on conflict (organization_id, hash) do update set seen_at = excluded.seen_at`;
  const snapshots = distinct(items, (item) => `${item.organizationId}/${item.hash}`).map((item) => ({
    organization_id: item.organizationId,
    hash: item.hash,
    list_hash: item.listHash,
    server: item.snapshot.server,
    instructions: packText(item.snapshot.instructions)?.toString('base64') ?? null,
  }));
  await tx.$executeRaw`
    insert into tool_snapshot (organization_id, hash, list_hash, server, instructions, seen_at)
    select organization_id, hash, list_hash, coalesce(server, 'null'::jsonb), decode(instructions, 'base64'), ${now}
    from jsonb_to_recordset(${pgJson(snapshots)}::jsonb) as r(organization_id text, hash text, list_hash text, server jsonb, instructions text)
    on conflict (organization_id, hash) do update set seen_at = excluded.seen_at`;
}

const serverSchema = z.object({ name: z.string(), version: z.string() }).nullable().catch(null);

/** The organization's snapshots of these addresses, by address. */
export async function loadSnapshots(
  db: Db | Tx,
  organizationId: string,
  hashes: readonly string[],
): Promise<Map<string, AddressedSnapshot>> {
  const rows = await db.$queryRaw<
    { hash: string; list_hash: string; server: unknown; instructions: Uint8Array | null; count: number; content: Uint8Array }[]
  >`
    select s.hash, s.list_hash, s.server, s.instructions, l.count, l.content
    from tool_snapshot s join tool_list l on l.organization_id = s.organization_id and l.hash = s.list_hash
    where s.organization_id = ${organizationId} and s.hash = any(${[...new Set(hashes)]}::text[])`;
  return new Map(
    rows.map((row) => [
      row.hash,
      {
        organizationId,
        hash: row.hash,
        listHash: row.list_hash,
        count: row.count,
        snapshot: {
          ...unpackTools(row.content),
          toolsHash: row.list_hash,
          server: serverSchema.parse(row.server),
          instructions: unpackText(row.instructions),
        },
      },
    ]),
  );
}

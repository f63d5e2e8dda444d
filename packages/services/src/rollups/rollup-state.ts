import type { Db, Tx } from '@rollcall/db';
import { z } from 'zod';
import { dayStart, HOUR_MS } from './retention.ts';

const KEY = 'rollup';
const stateSchema = z.object({ closedTo: z.iso.datetime(), rawFrom: z.iso.datetime() });

/** How far the rollups have come. */
export interface RollupState {
  /** Hours before it are closed: rolled up, or noted in rollup_due. */
  readonly closedTo: number;
  /** Raw rows from here on are all there; before it they are gone, and what comes late for that time is not taken in any more. */
  readonly rawFrom: number;
}

function parse(value: unknown): RollupState | null {
  const parsed = stateSchema.safeParse(value);
  return parsed.success ? { closedTo: Date.parse(parsed.data.closedTo), rawFrom: Date.parse(parsed.data.rawFrom) } : null;
}

function toValue({ closedTo, rawFrom }: RollupState): string {
  return JSON.stringify({ closedTo: new Date(closedTo).toISOString(), rawFrom: new Date(rawFrom).toISOString() });
}

/** Null before the first janitor ran. */
export async function readRollupState(db: Db | Tx): Promise<RollupState | null> {
  const [row] = await db.$queryRaw<{ value: unknown }[]>`select value from installation where key = ${KEY}`;
  return parse(row?.value);
}

/**
 * Locked until the transaction ends: one janitor at a time moves it. Begins with the oldest raw row. The lock is taken
 * before any table of probes is read, also the first time: whoever makes partitions holds it and waits for those tables.
 */
export async function lockRollupState(tx: Tx, now: Date): Promise<RollupState> {
  // Of two first janitors the second waits here for the first and goes on from what that one wrote.
  await tx.$executeRaw`insert into installation (key, value, updated_at) values (${KEY}, 'null'::jsonb, ${now}) on conflict do nothing`;
  const [known] = await tx.$queryRaw<{ value: unknown }[]>`select value from installation where key = ${KEY} for update`;
  const state = parse(known?.value);
  if (state) return state;
  const [oldest] = await tx.$queryRaw<{ day: string | null; at: Date | null }[]>`
    select (select min(substring(c.relname from '\\d{8}$')) from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'probe'::regclass and c.relname ~ '^probe_\\d{8}$') as day,
      (select min(slot) from probe_default) as at`;
  const starts = [now.getTime()];
  if (oldest?.at) starts.push(oldest.at.getTime());
  if (oldest?.day) starts.push(Date.parse(oldest.day.replace(/(....)(..)(..)/, '$1-$2-$3T00:00:00Z')));
  const from = dayStart(Math.min(...starts));
  const first = { closedTo: from, rawFrom: from };
  await writeRollupState(tx, first, now);
  return first;
}

/** What was locked by lockRollupState. */
export async function writeRollupState(tx: Tx, state: RollupState, now: Date): Promise<void> {
  await tx.$executeRaw`update installation set value = ${toValue(state)}::jsonb, updated_at = ${now} where key = ${KEY}`;
}

/**
 * From where on an endpoint is to be read from raw rows: what lies before it is in the rollups and right. Null before the
 * first janitor ran.
 */
export async function rolledUpTo(db: Db, endpointSeq: number): Promise<number | null> {
  return (await rolledUpToAll(db, [endpointSeq])).get(endpointSeq) ?? null;
}

/** The same of many at once; empty before the first janitor ran. */
export async function rolledUpToAll(db: Db, endpointSeqs: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.$queryRaw<{ value: unknown; seq: number; day: Date | null; hours: number | null }[]>`
    select i.value, w.seq, d.day, d.hours from installation i cross join unnest(${endpointSeqs}::int[]) as w(seq)
    left join lateral (select day, hours from rollup_due where endpoint_seq = w.seq order by day limit 1) d on true
    where i.key = ${KEY}`;
  const state = parse(rows[0]?.value);
  if (!state) return new Map();
  return new Map(
    rows.map(({ seq, day, hours }) => {
      if (day === null || hours === null) return [seq, state.closedTo];
      const firstHour = 31 - Math.clz32(hours & -hours);
      // What came for a time whose raw rows are gone waits for the janitor to throw it away.
      return [seq, Math.min(state.closedTo, Math.max(state.rawFrom, day.getTime() + firstHour * HOUR_MS))];
    }),
  );
}

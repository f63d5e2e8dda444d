import type { Tx } from '@rollcall/db';
import { DAY_MS, dayName, dayStart, HOUR_MS } from './retention.ts';
import { lockRollupState, writeRollupState } from './rollup-state.ts';

/** A row that is written this long after its hour says so itself. */
const LATE_AFTER_MS = 2 * 60_000;
/** An hour is closed this long after its end: between the two lie the longest transaction and clocks that differ. */
const CLOSE_AFTER_MS = 10 * 60_000;

/**
 * Notes the hours of rows that came, or were changed, when their hour may have been rolled up already. In the transaction
 * that writes the rows, which holds the locks of their endpoints.
 */
export async function markLate(tx: Tx, rows: readonly { seq: number; slot: Date }[], now: Date): Promise<void> {
  const late = rows.filter(({ slot }) => Math.floor(slot.getTime() / HOUR_MS) * HOUR_MS + HOUR_MS + LATE_AFTER_MS <= now.getTime());
  if (late.length === 0) return;
  const slots = late.map(({ slot }) => slot);
  await tx.$executeRaw`
    insert into rollup_due as r (endpoint_seq, day, hours)
    select seq, (slot at time zone 'UTC')::date, bit_or(1 << extract(hour from slot at time zone 'UTC')::int)
    from unnest(${late.map(({ seq }) => seq)}::int[], ${slots}::timestamptz[]) as l(seq, slot) group by 1, 2 order by 1, 2
    on conflict (endpoint_seq, day) do update set hours = r.hours | excluded.hours`;
}

/**
 * Closes the next hours, up to the end of one day: notes them for every endpoint that was probed in them. Answers whether
 * there are more to close.
 */
export async function closeHours(tx: Tx, now: Date): Promise<boolean> {
  const state = await lockRollupState(tx, now);
  const limit = Math.floor((now.getTime() - CLOSE_AFTER_MS) / HOUR_MS) * HOUR_MS;
  if (state.closedTo >= limit) return false;
  const day = dayStart(state.closedTo);
  const to = Math.min(day + DAY_MS, limit);
  const bits = (until: number) => 2 ** ((until - day) / HOUR_MS) - 1;
  const hours = bits(to) - bits(state.closedTo);
  // With the last hour the day itself is made, of every endpoint that was probed in any of its hours.
  const from = to === day + DAY_MS ? day : state.closedTo;
  await tx.$executeRaw`
    insert into rollup_due as r (endpoint_seq, day, hours)
    select e.seq, ${dayName(day)}::date, ${hours}::int from endpoint e
    where exists (select 1 from probe p where p.endpoint_seq = e.seq and p.slot >= ${new Date(from)} and p.slot < ${new Date(to)})
    order by e.seq
    on conflict (endpoint_seq, day) do update set hours = r.hours | excluded.hours`;
  await writeRollupState(tx, { ...state, closedTo: to }, now);
  return to < limit;
}

import type { Tx } from '@rollcall/db';
import type { Batch } from './roll-up.ts';

/**
 * Silences that ended in the batch's hours, and the one that ends with the first probe after them (a late row may have cut
 * it short). The rule is that of silencesOf (stats/silences.ts), with the interval that the endpoint has now: later changes
 * of the interval do not judge the past anew.
 */
export async function writeSilences(tx: Tx, { seqs, from, to }: Batch): Promise<void> {
  const found = await tx.$queryRaw<{ seq: number; end_at: Date; began_at: Date[]; ended_at: Date[] }[]>`
    with e as (
      select seq, 2 * interval_seconds + timeout_ms / 1000.0 as patience, timeout_ms / 1000.0 as timeout from endpoint where seq = any(${seqs}::int[])
    ), edge as (
      select e.seq, e.patience, e.timeout, coalesce(n.slot, ${new Date(to)}::timestamptz) as end_at, n.slot as next from e
      left join lateral (
        select min(p.slot) as slot from region r cross join lateral (
          select p.slot from probe p where p.endpoint_seq = e.seq and p.region_id = r.id and p.slot >= ${new Date(to)} and p.verdict <> 4 order by p.slot limit 1
        ) p
      ) n on true
    ), before as (
      select e.seq, b.slot from e cross join lateral (
        select p.slot from region r cross join lateral (
          select p.slot from probe p where p.endpoint_seq = e.seq and p.region_id = r.id and p.slot < ${new Date(from)} and p.verdict <> 4
          order by p.slot desc limit 2
        ) p order by p.slot desc limit 2
      ) b
    ), points as (
      select p.endpoint_seq as seq, p.slot from probe p
        where p.endpoint_seq = any(${seqs}::int[]) and p.slot >= ${new Date(from)} and p.slot < ${new Date(to)} and p.verdict <> 4
      union all select seq, slot from before
      -- Where raw rows are gone the day still knows its last one.
      union all select e.seq, d.last_at from e cross join lateral (
        select max(last_at) as last_at from probe_day where endpoint_seq = e.seq and day < (${new Date(from)}::timestamptz at time zone 'UTC')::date
      ) d where d.last_at is not null and not exists (select 1 from before b where b.seq = e.seq)
      union all select seq, next from edge where next is not null
    ), gaps as (
      select seq, slot as next, lag(slot) over w as at, lag(slot, 2) over w as former from points window w as (partition by seq order by slot)
    ), silences as (
      select g.seq, g.at + make_interval(secs => edge.patience::float8) as began_at, g.next as ended_at
      from gaps g join edge on edge.seq = g.seq
      where g.next >= ${new Date(from)} and g.next - g.at > make_interval(secs => edge.patience::float8)
        and (g.former is null or g.next - g.at > 2 * (g.at - g.former) + make_interval(secs => edge.timeout::float8))
    )
    select edge.seq, edge.end_at,
      coalesce(array_agg(s.began_at order by s.ended_at) filter (where s.seq is not null), '{}') as began_at,
      coalesce(array_agg(s.ended_at order by s.ended_at) filter (where s.seq is not null), '{}') as ended_at
    from edge left join silences s on s.seq = edge.seq group by 1, 2`;
  await tx.$executeRaw`
    delete from probe_silence s using unnest(${found.map(({ seq }) => seq)}::int[], ${found.map((row) => row.end_at)}::timestamptz[]) as e(seq, end_at)
    where s.endpoint_seq = e.seq and s.ended_at >= ${new Date(from)} and s.ended_at <= e.end_at`;
  const silences = found.flatMap((row) => row.ended_at.map((endedAt, i) => ({ seq: row.seq, beganAt: row.began_at[i] as Date, endedAt })));
  if (silences.length === 0) return;
  await tx.$executeRaw`
    insert into probe_silence (endpoint_seq, began_at, ended_at)
    select * from unnest(${silences.map(({ seq }) => seq)}::int[], ${silences.map(({ beganAt }) => beganAt)}::timestamptz[], ${silences.map(({ endedAt }) => endedAt)}::timestamptz[])
    on conflict (endpoint_seq, ended_at) do update set began_at = excluded.began_at`;
}

import type { DailyRollup } from '@rollcall/contracts';
import type { Db } from '@rollcall/db';
import { STORED_VERDICTS } from '../probes/probe-row.ts';
import { addBlock, noCounts, quantile } from '../rollups/histogram.ts';
import { EXPORT_PAGE } from './write-document.ts';

interface Row {
  readonly endpoint: string;
  readonly seq: number;
  readonly day: Date;
  readonly region_id: number;
  readonly region: string;
  readonly first_at: Date | null;
  readonly last_at: Date | null;
  readonly totals: Uint8Array;
}

const round = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);

function toDailyRollup(row: Row): DailyRollup {
  const counts = noCounts();
  addBlock(counts, row.totals);
  const probes = Object.fromEntries(STORED_VERDICTS.map((verdict, code) => [verdict, counts[code] ?? 0])) as DailyRollup['probes'];
  return {
    endpoint: row.endpoint,
    region: row.region,
    date: row.day.toISOString().slice(0, 10),
    probes,
    latencyMs: { p50: round(quantile(counts, 0.5)), p95: round(quantile(counts, 0.95)) },
    firstAt: row.first_at?.toISOString() ?? null,
    lastAt: row.last_at?.toISOString() ?? null,
  };
}

/** Every day of every endpoint of the organization, by endpoint and day. */
export async function* dailyRollupPages(db: Db, organizationId: string): AsyncGenerator<DailyRollup[]> {
  let last: Row | undefined;
  do {
    const after = [last?.seq ?? 0, last?.day.toISOString().slice(0, 10) ?? '0001-01-01', last?.region_id ?? 0] as const;
    const rows: Row[] = await db.$queryRaw<Row[]>`
      select e.id as endpoint, e.seq, d.day, d.region_id, r.name as region, d.first_at, d.last_at, d.totals
      from endpoint e join probe_day d on d.endpoint_seq = e.seq join region r on r.id = d.region_id
      where e.organization_id = ${organizationId}
        and (e.seq, d.day, d.region_id) > (${after[0]}::int, ${after[1]}::date, ${after[2]}::smallint) and e.seq >= ${after[0]}::int
      order by e.seq, d.day, d.region_id limit ${EXPORT_PAGE * 5}`;
    yield rows.map(toDailyRollup);
    last = rows.length < EXPORT_PAGE * 5 ? undefined : rows.at(-1);
  } while (last !== undefined);
}

import type { Tx } from '@rollcall/db';
import { markLate } from '../rollups/mark-due.ts';
import type { LockedEndpoint } from './lock-endpoints.ts';
import { pgJson } from './pg-json.ts';
import { toRow } from './probe-row.ts';
import type { ProbeRecord } from './record-probes.ts';
import { regionIds } from './regions.ts';

/** Writes the rows with one statement; answers with the records that were not there before. */
export async function insertProbes(
  tx: Tx,
  endpoints: ReadonlyMap<string, LockedEndpoint>,
  records: readonly ProbeRecord[],
  now: Date,
): Promise<ProbeRecord[]> {
  if (records.length === 0) return [];
  const regions = await regionIds(
    tx,
    records.map((record) => record.region),
  );
  const byKey = new Map<string, ProbeRecord>();
  const rows: object[] = [];
  for (const record of records) {
    const seq = endpoints.get(record.endpointId)?.seq;
    const region = regions.get(record.region);
    if (seq === undefined || region === undefined) continue;
    const key = `${seq}/${record.slot}/${region}`;
    // The same job twice in one batch: the first one stands.
    if (byKey.has(key)) continue;
    byKey.set(key, record);
    const row = toRow(seq, region, new Date(record.slot), record.kind, record.report);
    rows.push({ ...row, detail: Buffer.from(row.detail).toString('hex') });
  }
  const inserted = await tx.$queryRaw<{ endpoint_seq: number; slot: Date; region_id: number }[]>`
    insert into probe (slot, endpoint_seq, latency, region_id, verdict, cause, detail)
    select slot, endpoint_seq, latency, region_id, verdict, cause, decode(detail, 'hex')
    from jsonb_to_recordset(${pgJson(rows)}::jsonb)
      as r(slot timestamptz, endpoint_seq int, latency int, region_id smallint, verdict smallint, cause text, detail text)
    on conflict do nothing
    returning endpoint_seq, slot, region_id`;
  await markLate(
    tx,
    inserted.map((row) => ({ seq: row.endpoint_seq, slot: row.slot })),
    now,
  );
  return inserted.flatMap((row) => byKey.get(`${row.endpoint_seq}/${row.slot.getTime()}/${row.region_id}`) ?? []);
}

import { gzipSync } from 'node:zlib';
import type { Tx } from '@rollcall/db';
import type { Change } from './record-probes.ts';
import { regionIds } from './regions.ts';

/** A transcript larger than this (compressed) is not kept; the report without its exchanges is. */
const MAX_BYTES = 512 * 1024;

/** Worth keeping: whatever is not plainly good, what differs from before, manual and deep probes, and one sample a day. */
function isWorthKeeping({ endpoint, record, events }: Change): boolean {
  const { report } = record;
  if (report.verdict !== 'up' && report.verdict !== 'gated') return true;
  if (events.length > 0 || record.kind !== 'scheduled' || record.deep) return true;
  if (report.tools !== null && endpoint.previousToolsHash !== null && report.tools.hash !== endpoint.previousToolsHash) return true;
  return endpoint.summary.sampleDay !== report.startedAt.slice(0, 10);
}

/**
 * Keeps the transcripts of the probes that somebody will ask about. Writes the day of the sample into the summary of the
 * endpoint, so it runs before the states are written.
 */
export function chooseKept(changes: readonly Change[]): Change[] {
  return changes.filter((change) => {
    if (!isWorthKeeping(change)) return false;
    change.endpoint.summary = { ...change.endpoint.summary, sampleDay: change.record.report.startedAt.slice(0, 10) };
    return true;
  });
}

function pack(value: unknown): Buffer {
  return gzipSync(JSON.stringify(value), { level: 6 });
}

export async function keepExchanges(tx: Tx, kept: readonly Change[]): Promise<void> {
  if (kept.length === 0) return;
  const regions = await regionIds(
    tx,
    kept.map(({ record }) => record.region),
  );
  for (const { endpoint, record } of kept) {
    const observation = pack(record.observation);
    const whole = pack(record.report);
    const report = whole.length <= MAX_BYTES ? whole : pack({ ...record.report, exchanges: [] });
    await tx.$executeRaw`
      insert into probe_exchange (slot, endpoint_seq, region_id, observation, report)
      values (${new Date(record.slot)}, ${endpoint.seq}, ${regions.get(record.region) ?? 0}, ${observation.length <= MAX_BYTES ? observation : pack(null)}, ${report})
      on conflict do nothing`;
  }
}

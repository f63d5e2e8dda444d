import { coversEndpoint, isActiveAt, judgeSilence, parseMemory, plannedEvent, statusOf } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import type { Fact } from '../changes/facts.ts';
import { tellChanges } from '../changes/tell-changes.ts';
import { loadWindows } from '../maintenance/windows.ts';
import { writeNotices } from '../probes/insert-notices.ts';
import { pgJson } from '../probes/pg-json.ts';
import { parseSummary } from '../probes/summary.ts';
import { offlineRegions } from '../self/prober-reach.ts';

interface Row {
  id: string;
  organization_id: string;
  name: string;
  url: string;
  tags: string[];
  regions: string[];
  interval_ms: number;
  timeout_ms: number;
  memory: unknown;
  summary: unknown;
  last_probe_at: Date | null;
  since: Date;
  created_at: Date;
}

const BATCH = 500;

/**
 * Endpoints that should have been probed and were not, for two intervals: `no_data`, never green, and told. `watchingSince`
 * is when this installation began to run again: time in which nobody could probe is not held against anybody before that
 * has had its two intervals. Answers with how many fell silent.
 */
export async function watchSilence(db: Db, options: { now: Date; watchingSince: Date; publicUrl: string }): Promise<number> {
  const { now, watchingSince } = options;
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select e.id, e.organization_id, e.name, e.url, e.tags, e.regions, s.interval_ms, s.timeout_ms, st.memory, st.summary, st.last_probe_at, st.since, e.created_at
      from endpoint_state st
      join endpoint e on e.id = st.endpoint_id
      join lateral (select interval_ms, timeout_ms from endpoint_schedule s where s.endpoint_id = e.id and s.active order by s.region limit 1) s on true
      where not e.paused and st.status not in ('no_data', 'paused')
        and greatest(coalesce(st.last_probe_at, e.created_at), ${watchingSince}::timestamptz, st.since) < ${now}::timestamptz - make_interval(secs => 2 * s.interval_ms / 1000.0)
      order by st.endpoint_id limit ${BATCH}
      for update of st skip locked`;
    const windows = await loadWindows(tx, [...new Set(rows.map((row) => row.organization_id))], now, new Date(now.getTime() + 1));
    const offline = new Set(await offlineRegions(tx, now));
    const subjects = [];
    const facts: Fact[] = [];
    for (const row of rows) {
      // Announced work is no silence worth a page.
      if (windows.get(row.organization_id)?.some((window) => coversEndpoint(window, row) && isActiveAt(window, now.getTime()))) continue;
      const last = Math.max((row.last_probe_at ?? row.created_at).getTime(), watchingSince.getTime());
      // Our own outage is the operator's page, not the customers'.
      const ours = row.regions.some((region) => offline.has(region));
      const { memory, events } = judgeSilence(parseMemory(row.memory, now), last, row.interval_ms, row.timeout_ms, now.getTime(), ours);
      if (events.length === 0) continue;
      await tx.$executeRaw`update endpoint_state set status = ${statusOf(memory)}, since = ${now}, memory = ${pgJson(memory)}::jsonb where endpoint_id = ${row.id}`;
      facts.push({ organizationId: row.organization_id, type: 'endpoint.state', id: row.id });
      const planned = plannedEvent(events);
      const endpoint = { id: row.id, organizationId: row.organization_id, name: row.name, url: row.url, tags: row.tags };
      if (planned && !ours) subjects.push({ endpoint, incidentId: parseSummary(row.summary).openIncidentId, planned });
    }
    await writeNotices(tx, subjects, options);
    await tellChanges(tx, facts);
    return facts.length;
  });
}

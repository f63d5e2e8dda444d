import { address } from '@rollcall/client';
import type { Endpoint, Incident, IncidentDetail, Page, Probe, ProbeDetail } from '@rollcall/contracts';
import { useLive } from '#web/lib/use-live.ts';

/** The newest probe and what is known of it, asked for again as probes come. */
export function useNewestProbe(endpointId: string, initial: Page<Probe>) {
  const { data: newest = initial } = useLive(
    address('/endpoints/{id}/probes', { path: { id: endpointId }, query: { limit: 20 } }),
    initial,
  );
  const latest = newest.data[0];
  const { data: detail, isPending } = useLive(
    latest === undefined ? null : address('/endpoints/{id}/probes/{probeId}', { path: { id: endpointId, probeId: latest.id } }),
    undefined,
    { everyMs: false },
  );
  return { latest, detail, pending: latest !== undefined && isPending };
}

/** The open incident of the endpoint, if there is one. */
export function useOpenIncident({ state: { openIncidentId } }: Endpoint, initial: IncidentDetail | null): Incident | undefined {
  const known = initial?.id === openIncidentId ? (initial ?? undefined) : undefined;
  const { data } = useLive(openIncidentId === null ? null : address('/incidents/{id}', { path: { id: openIncidentId } }), known);
  return openIncidentId === null ? undefined : data;
}

/** What every client makes of the newest probe; of an incident whose facts are not kept, at least who is hit. */
export function verdictsOf(detail: ProbeDetail | undefined, incident: Incident | undefined) {
  const judged = detail?.clients ?? [];
  if (judged.length > 0) return judged;
  const because = incident?.cause.code ?? null;
  return (incident?.affectedClients ?? []).map((client) => ({ ...client, verdict: 'fails' as const, because }));
}

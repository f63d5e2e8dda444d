import type { Endpoint, Incident, Page, Probe, ProbeDetail } from '@rollcall/contracts';
import { useLive } from '#web/lib/use-live.ts';

/** The newest probe and what is known of it, asked for again as probes come. */
export function useNewestProbe(endpointId: string, initial: Page<Probe>) {
  const { data: newest = initial } = useLive<Page<Probe>>(`/endpoints/${endpointId}/probes?limit=20`, initial);
  const latest = newest.data[0];
  const { data: detail, isPending } = useLive<ProbeDetail>(
    `/endpoints/${endpointId}/probes/${encodeURIComponent(latest?.id ?? '')}`,
    undefined,
    { everyMs: false, enabled: latest !== undefined },
  );
  return { latest, detail, pending: latest !== undefined && isPending };
}

/** The open incident of the endpoint, if there is one. */
export function useOpenIncident({ state: { openIncidentId } }: Endpoint, initial: Incident | null): Incident | undefined {
  const known = initial?.id === openIncidentId ? (initial ?? undefined) : undefined;
  const { data } = useLive<Incident>(`/incidents/${openIncidentId}`, known, { enabled: openIncidentId !== null });
  return openIncidentId === null ? undefined : data;
}

/** What every client makes of the newest probe; of an incident whose facts are not kept, at least who is hit. */
export function verdictsOf(detail: ProbeDetail | undefined, incident: Incident | undefined) {
  const judged = detail?.clients ?? [];
  if (judged.length > 0) return judged;
  const because = incident?.cause.code ?? null;
  return (incident?.affectedClients ?? []).map((client) => ({ ...client, verdict: 'fails' as const, because }));
}

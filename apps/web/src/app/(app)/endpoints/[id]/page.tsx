import type { Endpoint, Incident, Page, Probe, Stats, Uptime } from '@rollcall/contracts';
import { catalogue } from '@rollcall/probe/catalogue';
import { plainText } from '@rollcall/ui';
import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { apiGet } from '#web/lib/api-server.ts';
import { EndpointClient } from './client.tsx';
import { endpointView } from './search-params.ts';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const endpoint = await apiGet<Endpoint>(`/endpoints/${encodeURIComponent((await params).id)}`);
  return { title: plainText(endpoint.name, 80) };
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const path = `/endpoints/${encodeURIComponent((await params).id)}`;
  const { window } = await createLoader(endpointView)(searchParams);
  const [endpoint, stats, uptime, probes] = await Promise.all([
    apiGet<Endpoint>(path),
    apiGet<Stats>(`${path}/stats?window=${window}`),
    apiGet<Uptime>(`${path}/uptime`),
    apiGet<Page<Probe>>(`${path}/probes?limit=20`),
  ]);
  const { openIncidentId } = endpoint.state;
  const incident = openIncidentId === null ? null : await apiGet<Incident>(`/incidents/${openIncidentId}`);
  return (
    <EndpointClient initial={endpoint} stats={stats} uptime={uptime} probes={probes} incident={incident} codes={Object.keys(catalogue)} />
  );
}

import type { Endpoint, Incident, Page, Probe, Stats } from '@rollcall/contracts';
import { catalogue } from '@rollcall/probe/catalogue';
import { plainText } from '@rollcall/ui';
import type { Metadata } from 'next';
import { apiGet } from '#web/lib/api-server.ts';
import { EndpointClient } from './client.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const endpoint = await apiGet<Endpoint>(`/endpoints/${encodeURIComponent((await params).id)}`);
  return { title: plainText(endpoint.name, 80) };
}

export default async function EndpointPage({ params }: Props) {
  const path = `/endpoints/${encodeURIComponent((await params).id)}`;
  const [endpoint, stats, probes] = await Promise.all([
    apiGet<Endpoint>(path),
    apiGet<Stats>(`${path}/stats?window=24h`),
    apiGet<Page<Probe>>(`${path}/probes?limit=20`),
  ]);
  const { openIncidentId } = endpoint.state;
  const incident = openIncidentId === null ? null : await apiGet<Incident>(`/incidents/${openIncidentId}`);
  return <EndpointClient initial={endpoint} stats={stats} probes={probes} incident={incident} codes={Object.keys(catalogue)} />;
}

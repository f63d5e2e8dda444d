import { address } from '@rollcall/client';
import { catalogue } from '@rollcall/probe/catalogue';
import { plainText } from '@rollcall/ui';
import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { apiGet } from '#web/lib/api-server.ts';
import { EndpointClient } from './client.tsx';
import { endpointView } from './search-params.ts';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const endpoint = await apiGet(address('/endpoints/{id}', { path: { id: (await params).id } }));
  return { title: plainText(endpoint.name, 80) };
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const path = { id: (await params).id };
  const { window } = await createLoader(endpointView)(searchParams);
  const [endpoint, stats, uptime, probes] = await Promise.all([
    apiGet(address('/endpoints/{id}', { path })),
    apiGet(address('/endpoints/{id}/stats', { path, query: { window } })),
    apiGet(address('/endpoints/{id}/uptime', { path })),
    apiGet(address('/endpoints/{id}/probes', { path, query: { limit: 20 } })),
  ]);
  const { openIncidentId } = endpoint.state;
  const incident = openIncidentId === null ? null : await apiGet(address('/incidents/{id}', { path: { id: openIncidentId } }));
  return (
    <EndpointClient initial={endpoint} stats={stats} uptime={uptime} probes={probes} incident={incident} codes={Object.keys(catalogue)} />
  );
}

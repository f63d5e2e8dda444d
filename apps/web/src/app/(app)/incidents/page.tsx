import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { PageHeader } from '#web/components/page-header.tsx';
import { apiGet } from '#web/lib/api-server.ts';
import { IncidentsClient } from './client.tsx';
import { incidentFilter, incidentsPath } from './search-params.ts';

export const metadata: Metadata = { title: 'Incidents' };

export default async function IncidentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const path = incidentsPath(await createLoader(incidentFilter)(searchParams));
  const page = await apiGet(path);
  return (
    <>
      <PageHeader title="Incidents" lead="Confirmed failures, dated back to the first failing probe." />
      <IncidentsClient initialPath={path} initial={page} />
    </>
  );
}

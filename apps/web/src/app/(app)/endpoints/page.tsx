import { Button } from '@rollcall/ui';
import { FileUp, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { createLoader, type SearchParams } from 'nuqs/server';
import { PageHeader } from '#web/components/page-header.tsx';
import { apiGet } from '#web/lib/api-server.ts';
import { EndpointsClient } from './client.tsx';
import { endpointFilter, endpointsPath, hoursPath } from './search-params.ts';

export const metadata: Metadata = { title: 'Endpoints' };

export default async function EndpointsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const path = endpointsPath(await createLoader(endpointFilter)(searchParams));
  const page = await apiGet(path);
  const hours = hoursPath(page);
  return (
    <>
      <PageHeader
        title="Endpoints"
        actions={
          <>
            <Button asChild>
              <Link href="/endpoints/new?from=file">
                <FileUp aria-hidden className="size-4" />
                Import
              </Link>
            </Button>
            <Button asChild variant="primary">
              <Link href="/endpoints/new">
                <Plus aria-hidden className="size-4" />
                Add an endpoint
              </Link>
            </Button>
          </>
        }
      />
      <EndpointsClient initialPath={path} initial={page} hours={hours === null ? null : await apiGet(hours)} />
    </>
  );
}

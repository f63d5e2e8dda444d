import { address } from '@rollcall/client';
import { Button } from '@rollcall/ui';
import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { PageHeader } from '#web/components/page-header.tsx';
import { apiGet } from '#web/lib/api-server.ts';
import { DemoBanner, MailWarning } from './banners.tsx';
import { OverviewClient } from './client.tsx';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const [overview, me] = await Promise.all([apiGet(address('/overview')), apiGet(address('/me'))]);
  return (
    <>
      <PageHeader
        title="Overview"
        actions={
          <Button asChild variant="primary">
            <Link href="/endpoints/new">
              <Plus aria-hidden className="size-4" />
              Add an endpoint
            </Link>
          </Button>
        }
      />
      <div className="flex flex-col gap-6">
        {me.installation.demo ? <DemoBanner /> : null}
        <OverviewClient initial={overview} />
        {me.installation.smtpConfigured ? null : <MailWarning />}
      </div>
    </>
  );
}

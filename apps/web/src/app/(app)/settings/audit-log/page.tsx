import { address } from '@rollcall/client';
import { Card, Empty } from '@rollcall/ui';
import { Lock } from 'lucide-react';
import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { PageHeader } from '#web/components/page-header.tsx';
import { mayManage } from '#web/components/settings/roles.ts';
import { ApiError } from '#web/lib/api-error.ts';
import { apiGet } from '#web/lib/api-server.ts';
import { AuditLogClient } from './client.tsx';
import { auditFilter, auditPath } from './search-params.ts';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditLogPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const me = await apiGet(address('/me'));
  const header = <PageHeader title="Audit log" lead="Who changed what, and from where. Entries can be neither changed nor deleted." />;
  if (!mayManage(me)) {
    return (
      <>
        {header}
        <Card>
          <Empty icon={<Lock aria-hidden className="size-5" />} title="Owners and admins read the audit log">
            Your role is {me.role ?? 'none'}. Ask an owner of {me.organization.name} when you need it.
          </Empty>
        </Card>
      </>
    );
  }
  const filter = await createLoader(auditFilter)(searchParams);
  // An address with a filter that the API refuses shows the refusal, not a broken page.
  const first = await apiGet(auditPath(filter)).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 400) return null;
    throw error;
  });
  return (
    <>
      {header}
      <AuditLogClient initialPath={auditPath(filter)} initial={first} />
    </>
  );
}

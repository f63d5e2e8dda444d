import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { PageHeader } from '#web/components/page-header.tsx';
import { InstallationCard, UsageCard } from '#web/components/settings/organization-facts.tsx';
import { OrganizationForm } from '#web/components/settings/organization-form.tsx';
import { mayManage } from '#web/components/settings/roles.ts';
import { apiGet } from '#web/lib/api-server.ts';

export const metadata: Metadata = { title: 'Organization' };

export default async function OrganizationPage() {
  const [me, organization] = await Promise.all([apiGet(address('/me')), apiGet(address('/organization'))]);
  return (
    <>
      <PageHeader title="Organization" lead="What everything you monitor belongs to." />
      <div className="flex flex-col gap-6">
        <OrganizationForm organization={organization} canManage={mayManage(me)} />
        <UsageCard organization={organization} />
        <InstallationCard me={me} signup={organization.signup} />
      </div>
    </>
  );
}

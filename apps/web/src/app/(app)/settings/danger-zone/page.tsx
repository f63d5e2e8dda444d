import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { PageHeader } from '#web/components/page-header.tsx';
import { AccountEnd } from '#web/components/settings/account-end.tsx';
import { OrganizationEnd } from '#web/components/settings/organization-end.tsx';
import { apiGet } from '#web/lib/api-server.ts';

export const metadata: Metadata = { title: 'Export and deletion' };

export default async function DangerZonePage() {
  const [me, account] = await Promise.all([apiGet(address('/me')), apiGet(address('/account'))]);
  return (
    <>
      <PageHeader title="Export and deletion" lead="Take everything along, or end it. Deleting cannot be undone: export first." />
      <div className="flex flex-col gap-6">
        <OrganizationEnd me={me} hasPassword={account.user.hasPassword} />
        <AccountEnd account={account} />
      </div>
    </>
  );
}

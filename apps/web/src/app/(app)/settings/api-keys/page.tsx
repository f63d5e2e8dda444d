import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { PageHeader } from '#web/components/page-header.tsx';
import { ApiKeys } from '#web/components/settings/api-keys.tsx';
import { mayManage } from '#web/components/settings/roles.ts';
import { apiGet } from '#web/lib/api-server.ts';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysPage() {
  const [me, keys] = await Promise.all([apiGet(address('/me')), apiGet(address('/api-keys', { query: { limit: 200 } }))]);
  return (
    <>
      <PageHeader
        title="API keys"
        lead="For scripts, agents and configuration as code. A key belongs to the organization, not to who made it."
      />
      <ApiKeys initial={keys} canManage={mayManage(me)} />
    </>
  );
}

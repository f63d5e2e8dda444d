import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { PageHeader } from '#web/components/page-header.tsx';
import { Sessions } from '#web/components/settings/sessions.tsx';
import { TwoFactorCard } from '#web/components/settings/two-factor.tsx';
import { apiGet } from '#web/lib/api-server.ts';

export const metadata: Metadata = { title: 'Security' };

export default async function SecurityPage() {
  const [{ user }, sessions] = await Promise.all([
    apiGet(address('/account')),
    apiGet(address('/account/sessions', { query: { limit: 100 } })),
  ]);
  return (
    <>
      <PageHeader title="Security" lead="How you sign in, and where you are signed in." />
      <div className="flex flex-col gap-6">
        <TwoFactorCard enabled={user.twoFactorEnabled} hasPassword={user.hasPassword} />
        <Sessions initial={sessions} />
      </div>
    </>
  );
}

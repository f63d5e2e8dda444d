import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { PageHeader } from '#web/components/page-header.tsx';
import { Invitations } from '#web/components/settings/invitations.tsx';
import { Members } from '#web/components/settings/members.tsx';
import { mayManage } from '#web/components/settings/roles.ts';
import { apiGet } from '#web/lib/api-server.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  const me = await apiGet(address('/me'));
  const [members, invitations] = await Promise.all([
    apiGet(address('/members', { query: { limit: 200 } })),
    mayManage(me) ? apiGet(address('/members/invitations', { query: { limit: 200 } })) : null,
  ]);
  return (
    <>
      <PageHeader title="Members" lead="Who belongs to this organization, and what they may do." />
      <div className="flex flex-col gap-6">
        <Members initial={members} me={me} />
        {invitations === null ? null : <Invitations initial={invitations} />}
      </div>
    </>
  );
}

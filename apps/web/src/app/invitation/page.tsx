import type { Metadata } from 'next';
import { Door } from '#web/components/account/door.tsx';
import { signedInAccount } from '#web/lib/api-server.ts';
import { InvitationForm } from './client.tsx';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitationPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const [{ token }, account] = await Promise.all([searchParams, signedInAccount()]);
  return (
    <Door title="Your invitation to Rollcall">
      <InvitationForm token={typeof token === 'string' ? token : ''} signedInAs={account?.user.email ?? null} />
    </Door>
  );
}

import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { PageHeader } from '#web/components/page-header.tsx';
import { PasswordCard } from '#web/components/settings/password.tsx';
import { EmailCard, NameCard } from '#web/components/settings/profile.tsx';
import { apiGet, signInMethods } from '#web/lib/api-server.ts';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  const [{ user }, methods] = await Promise.all([apiGet(address('/account')), signInMethods()]);
  return (
    <>
      <PageHeader title="Profile" lead="Yours, in every organization you belong to." />
      <div className="flex flex-col gap-6">
        <NameCard name={user.name} />
        <EmailCard email={user.email} verified={user.emailVerified} />
        <PasswordCard hasPassword={user.hasPassword} methods={methods} />
      </div>
    </>
  );
}

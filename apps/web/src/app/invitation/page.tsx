import type { Metadata } from 'next';
import { Logo } from '#web/components/logo.tsx';
import { InvitationForm } from './client.tsx';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitationPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-90 flex-col justify-center px-5 py-12">
      <div className="mb-7 flex flex-col gap-4">
        <Logo size={36} />
        <h1 className="font-semibold text-xl tracking-tight">Your invitation to Rollcall</h1>
      </div>
      <InvitationForm token={typeof token === 'string' ? token : ''} />
    </main>
  );
}

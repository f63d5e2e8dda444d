import type { Metadata } from 'next';
import { Logo } from '#web/components/logo.tsx';
import { ResetPasswordForm } from './client.tsx';

export const metadata: Metadata = { title: 'New password', referrer: 'no-referrer' };

/** Without a token from a mail it asks for the address to send one to. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-90 flex-col justify-center px-5 py-12">
      <div className="mb-7 flex flex-col gap-4">
        <Logo size={36} />
        <h1 className="font-semibold text-xl tracking-tight">Set a new password</h1>
      </div>
      <ResetPasswordForm token={typeof token === 'string' ? token : null} />
    </main>
  );
}

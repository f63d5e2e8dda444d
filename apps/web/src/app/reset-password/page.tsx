import type { Metadata } from 'next';
import { Door, DoorLink } from '#web/components/account/door.tsx';
import { NewPasswordForm, RequestForm } from './client.tsx';

export const metadata: Metadata = { title: 'New password', referrer: 'no-referrer' };

/** Without a token from a mail it asks for the address to send one to. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const hasToken = typeof token === 'string' && token !== '';
  return (
    <Door
      title={hasToken ? 'Set a new password' : 'Forgot the password?'}
      lead={hasToken ? 'Every session ends with the former one.' : 'A link to set a new one goes to your address.'}
    >
      {hasToken ? <NewPasswordForm token={token} /> : <RequestForm />}
      <div className="mt-5">
        <DoorLink href="/sign-in">Back to signing in</DoorLink>
      </div>
    </Door>
  );
}

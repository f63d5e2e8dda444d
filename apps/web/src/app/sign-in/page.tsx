import { Callout } from '@rollcall/ui';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { Metadata } from 'next';
import { Door, DoorLink } from '#web/components/account/door.tsx';
import { Providers } from '#web/components/account/providers.tsx';
import { signInOptions } from '#web/lib/api-server.ts';
import { safeNext } from '#web/lib/safe-next.ts';
import { SignInForm } from './client.tsx';

export const metadata: Metadata = { title: 'Sign in' };

/** What another service's refusal means, by the name that comes back in the address. */
const REFUSALS: Record<string, string> = {
  access_denied: 'The other service was told not to sign you in.',
  account_not_linked: 'There is an account with this address, and the service does not vouch for the address. Sign in with your password.',
  signup_disabled: 'This installation takes only who was invited.',
  SIGNUP_REFUSED: 'This installation takes only who was invited.',
};

interface Query {
  next?: string | string[];
  error?: string | string[];
  done?: string | string[];
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [{ next, error, done }, options] = await Promise.all([searchParams, signInOptions()]);
  const target = safeNext(typeof next === 'string' ? next : undefined);
  return (
    <Door title="Sign in to Rollcall" lead="Know which MCP server stopped answering, why, and the line that mends it.">
      {done === 'password' ? (
        <Callout tone="up" icon={<CircleCheck />} title="Your new password is set. Sign in with it." className="mb-5" />
      ) : null}
      {typeof error === 'string' ? (
        <Callout
          alert
          tone="down"
          icon={<CircleAlert />}
          title={REFUSALS[error] ?? 'Signing in with the other service failed. Try again, or use your password.'}
          className="mb-5"
        />
      ) : null}
      <Providers providers={options?.providers ?? []} next={target} />
      <SignInForm next={target} />
      <div className="mt-5 flex flex-col items-start gap-2">
        <DoorLink href="/reset-password">Forgot the password?</DoorLink>
        {options?.signup === 'open' ? <DoorLink href="/sign-up">Create an account</DoorLink> : null}
      </div>
    </Door>
  );
}

import type { Metadata } from 'next';
import { Door, DoorLink } from '#web/components/account/door.tsx';
import { Providers } from '#web/components/account/providers.tsx';
import { signInOptions } from '#web/lib/api-server.ts';
import { SignUpForm } from './client.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage() {
  const options = await signInOptions();
  if (options?.signup !== 'open') {
    return (
      <Door title="New accounts are by invitation">
        <p className="mb-5 text-muted text-sm">
          {options?.signup === 'off'
            ? 'This installation takes no new accounts at the moment. Who has one can still be invited.'
            : 'Ask somebody who uses this installation to invite you. The link in the mail makes your account.'}
        </p>
        <DoorLink href="/sign-in">Sign in</DoorLink>
      </Door>
    );
  }
  return (
    <Door title="Create your account" lead="It comes with an organization of your own.">
      <Providers providers={options.providers} next="/" />
      <SignUpForm confirmsAddress={options.confirmsAddress} />
      <div className="mt-5">
        <DoorLink href="/sign-in">I have an account</DoorLink>
      </div>
    </Door>
  );
}

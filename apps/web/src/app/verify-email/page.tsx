import { Button } from '@rollcall/ui';
import type { Metadata } from 'next';
import { Door, DoorLink } from '#web/components/account/door.tsx';
import { ResendForm } from './client.tsx';

export const metadata: Metadata = { title: 'Your address', referrer: 'no-referrer' };

/** Where the link of a mail lands after the API has confirmed the address, or has not: then the address says why. */
export default async function VerifyEmailPage({ searchParams }: { searchParams: Promise<{ error?: string | string[] }> }) {
  const { error } = await searchParams;
  if (error !== undefined) {
    return (
      <Door title="This link does not work" lead="It was used already or has expired. A new one is a matter of seconds.">
        <ResendForm />
        <div className="mt-5">
          <DoorLink href="/sign-in">Sign in</DoorLink>
        </div>
      </Door>
    );
  }
  return (
    <Door title="Your address is confirmed" lead="That was all. You can go on.">
      <Button asChild variant="primary" size="lg">
        <a href="/">Continue</a>
      </Button>
    </Door>
  );
}

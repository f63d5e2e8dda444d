'use client';
import type { Account } from '@rollcall/contracts';
import { Button } from '@rollcall/ui';
import { AccountEnd } from '#web/components/settings/account-end.tsx';
import { authPost } from '#web/lib/auth-browser.ts';
import { Door } from './door.tsx';

/** Somebody with an account who left, or was removed from, the last organization they belonged to. */
export function NoOrganization({ account }: { account: Account }) {
  const signOut = async () => {
    await authPost('sign-out', {});
    window.location.assign('/sign-in');
  };
  return (
    <Door title="You belong to no organization" lead="Your account is there, and there is nothing to show. An invitation brings you in.">
      <Button size="lg" onClick={signOut}>
        Sign out
      </Button>
      <div className="mt-8">
        <AccountEnd account={account} />
      </div>
    </Door>
  );
}

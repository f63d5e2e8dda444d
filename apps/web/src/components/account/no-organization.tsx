'use client';
import { Button } from '@rollcall/ui';
import { authPost } from '#web/lib/auth-browser.ts';
import { Door } from './door.tsx';

/** Somebody with an account who left, or was removed from, the last organization they belonged to. */
export function NoOrganization() {
  const signOut = async () => {
    await authPost('sign-out', {});
    window.location.assign('/sign-in');
  };
  return (
    <Door title="You belong to no organization" lead="Your account is there, and there is nothing to show. An invitation brings you in.">
      <Button size="lg" onClick={signOut}>
        Sign out
      </Button>
    </Door>
  );
}

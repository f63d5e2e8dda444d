'use client';
import type { Account } from '@rollcall/contracts';
import { Button, Callout, Card, CardHeader, plainText } from '@rollcall/ui';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { Ask } from './ask.tsx';
import { EndRow } from './end-row.tsx';

/** Organizations that would be left without an owner, and those that would be left without anybody. */
function consequencesOf({ organizations }: Account) {
  const names = (list: Account['organizations']) => list.map(({ name }) => plainText(name, 60)).join(', ');
  const blocking = organizations.filter(({ role, owners, members }) => role === 'owner' && owners === 1 && members > 1);
  const ending = organizations.filter(({ members }) => members === 1);
  return { blocking: names(blocking), ending: names(ending), endingIds: ending.map(({ id }) => id) };
}

export function AccountEnd({ account }: { account: Account }) {
  const [asking, setAsking] = useState(false);
  const { user } = account;
  const { blocking, ending, endingIds } = consequencesOf(account);
  const end = async (form: FormData) => {
    try {
      const password = user.hasPassword ? { password: String(form.get('password')) } : {};
      await api.delete('/me', { body: { confirm: String(form.get('word')), organizations: endingIds, ...password } });
    } catch (error) {
      return messageOf(error);
    }
    window.location.assign('/sign-in');
    return null;
  };
  return (
    <Card aria-labelledby="account-end-heading">
      <CardHeader id="account-end-heading" title="Your account" />
      <div className="divide-y">
        <EndRow
          title="Export"
          action={
            <Button asChild>
              <a href="/api/v1/me/export" download>
                Export the account
              </a>
            </Button>
          }
        >
          What is kept about you as one JSON document.
        </EndRow>
        <EndRow
          title="Delete"
          action={
            <Button variant="danger" disabled={blocking !== ''} onClick={() => setAsking(true)}>
              Delete the account
            </Button>
          }
        >
          {blocking === '' ? (
            'Your sessions, second factor and memberships go with it. Audit logs keep what you did.'
          ) : (
            <span className="foreign">You are the last owner of {blocking}: give the ownership to another member first, or delete it.</span>
          )}
        </EndRow>
      </div>
      <Ask
        open={asking}
        onOpenChange={setAsking}
        title="Delete your account?"
        description="There is no way back."
        action="Delete it for good"
        danger
        word={user.email}
        password={user.hasPassword}
        onSubmit={end}
      >
        {ending === '' ? null : (
          <Callout tone="degraded" icon={<TriangleAlert />} title="Nobody else is a member of these, so they go with it:">
            <span className="foreign">{ending}</span>
          </Callout>
        )}
      </Ask>
    </Card>
  );
}

'use client';
import { Button, Callout, Field, Input } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';

function refusal(response: Response | null, token: string | null): string {
  if (response === null) return 'Rollcall could not be reached. Check the connection and try again.';
  if (response.status === 429) return 'Too many attempts. Wait a minute and try again.';
  return token === null ? 'The request failed. Try again in a moment.' : 'The link was used already or has expired; ask for a new one.';
}

export function ResetPasswordForm({ token }: { token: string | null }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [sent, setSent] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get('value'));
    setBusy(true);
    setError(null);
    const response = await fetch(`/api/auth/${token === null ? 'request-password-reset' : 'reset-password'}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(token === null ? { email: value } : { token, newPassword: value }),
    }).catch(() => null);
    setBusy(false);
    if (!response?.ok) return setError(refusal(response, token));
    if (token !== null) return window.location.assign('/sign-in');
    setSent(true);
  };
  if (sent) return <p className="text-sm">If the address has an account, a link is on its way. It works for one hour.</p>;
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      {token === null ? (
        <Field label="Email">{(ids) => <Input {...ids} name="value" type="email" autoComplete="username" required autoFocus />}</Field>
      ) : (
        <Field label="New password" hint="At least 8 characters.">
          {(ids) => (
            <Input {...ids} name="value" type="password" autoComplete="new-password" required minLength={8} maxLength={128} autoFocus />
          )}
        </Field>
      )}
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        {token === null ? 'Send a link' : 'Set the password'}
      </Button>
    </form>
  );
}

'use client';
import { Button, Callout, Field, Input } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';

/** What a refused sign-in says: never whether the address is known. */
function refusal(status: number): string {
  if (status === 401 || status === 400 || status === 422) return 'The email or the password is wrong.';
  if (status === 429) return 'Too many attempts. Wait a minute and try again.';
  return 'Signing in failed on our side. Try again in a moment.';
}

export function SignInForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    const response = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: form.get('email'), password: form.get('password') }),
    }).catch(() => null);
    if (response?.ok) return window.location.assign(next);
    setBusy(false);
    setError(response === null ? 'Rollcall could not be reached. Check the connection and try again.' : refusal(response.status));
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      <Field label="Email">{(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required autoFocus />}</Field>
      <Field label="Password">{(ids) => <Input {...ids} name="password" type="password" autoComplete="current-password" required />}</Field>
      <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1">
        Sign in
      </Button>
    </form>
  );
}

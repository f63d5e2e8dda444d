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

const UNREACHABLE = 'Rollcall could not be reached. Check the connection and try again.';

function post(path: string, body: object): Promise<Response | null> {
  return fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
}

/** Whether the password was only the first half. */
async function asksForCode(response: Response): Promise<boolean> {
  const body = (await response.json().catch(() => null)) as { twoFactorRedirect?: boolean } | null;
  return body?.twoFactorRedirect === true;
}

export function SignInForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [secondFactor, setSecondFactor] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    const response = await post('sign-in/email', { email: form.get('email'), password: form.get('password') });
    const halfway = response?.ok ? await asksForCode(response) : false;
    if (response?.ok && !halfway) return window.location.assign(next);
    setBusy(false);
    if (halfway) return setSecondFactor(true);
    setError(response === null ? UNREACHABLE : refusal(response.status));
  };
  if (secondFactor) return <SecondFactorForm next={next} />;
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

/** Six digits are a code of the app; anything else is a recovery code. */
function SecondFactorForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).trim();
    setBusy(true);
    setError(null);
    const response = await post(/^\d{6}$/.test(code) ? 'two-factor/verify-totp' : 'two-factor/verify-backup-code', { code });
    if (response?.ok) return window.location.assign(next);
    setBusy(false);
    if (response === null) return setError(UNREACHABLE);
    setError(response.status === 429 ? refusal(429) : 'The code is wrong or was used already.');
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      <Field label="Code" hint="From your authenticator app, or a recovery code.">
        {(ids) => <Input {...ids} name="code" autoComplete="one-time-code" required autoFocus />}
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1">
        Continue
      </Button>
    </form>
  );
}

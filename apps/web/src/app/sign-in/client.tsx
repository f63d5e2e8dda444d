'use client';
import { Button, Callout, Field, Input } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';

export function SignInForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [secondFactor, setSecondFactor] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    const answer = await authPost<{ twoFactorRedirect?: boolean }>('sign-in/email', {
      email: form.get('email'),
      password: form.get('password'),
      // Where the link of a mail leads that confirms the address, if it still has to be.
      callbackURL: '/verify-email',
    });
    // The password was only the first half.
    const halfway = answer.body?.twoFactorRedirect === true;
    if (answer.ok && !halfway) return window.location.assign(next);
    setBusy(false);
    if (halfway) return setSecondFactor(true);
    // Never whether the address is known.
    setError(refusalOf(answer, 'The email or the password is wrong.'));
  };
  if (secondFactor) return <SecondFactorForm next={next} onBack={() => setSecondFactor(false)} />;
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
function SecondFactorForm({ next, onBack }: { next: string; onBack: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).replaceAll(/\s/g, '');
    setBusy(true);
    setError(null);
    const answer = await authPost(/^\d{6}$/.test(code) ? 'two-factor/verify-totp' : 'two-factor/verify-backup-code', { code });
    if (answer.ok) return window.location.assign(next);
    setBusy(false);
    setError(refusalOf(answer, 'The code is wrong or was used already.'));
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      <Field label="Code" hint="From your authenticator app, or a recovery code.">
        {(ids) => <Input {...ids} name="code" autoComplete="one-time-code" required autoFocus autoCapitalize="none" spellCheck={false} />}
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1">
        Continue
      </Button>
      <Button variant="ghost" onClick={onBack}>
        Back to the password
      </Button>
    </form>
  );
}

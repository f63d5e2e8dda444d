'use client';
import { Button, Callout, Field, Input, plainText } from '@rollcall/ui';
import { CircleAlert, MailCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';

export function SignUpForm({ confirmsAddress }: { confirmsAddress: boolean }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get('email')).trim();
    setBusy(true);
    setError(null);
    const body = { name: String(form.get('name')).trim(), email, password: form.get('password'), callbackURL: '/verify-email' };
    const answer = await authPost('sign-up/email', body);
    if (answer.ok && !confirmsAddress) return window.location.assign('/');
    setBusy(false);
    if (answer.ok) return setSentTo(email);
    setError(refusalOf(answer, 'The account could not be made. Check the address and try again.'));
  };
  if (sentTo !== null) {
    return (
      <Callout alert tone="up" icon={<MailCheck />} title="Look into your mail">
        <span className="foreign">A link is on its way to {plainText(sentTo, 254)}. Follow it to confirm the address.</span>
      </Callout>
    );
  }
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      <Field label="Name">{(ids) => <Input {...ids} name="name" autoComplete="name" required maxLength={200} autoFocus />}</Field>
      <Field label="Email">{(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required maxLength={254} />}</Field>
      <Field label="Password" hint="At least 8 characters.">
        {(ids) => <Input {...ids} name="password" type="password" autoComplete="new-password" required minLength={8} maxLength={128} />}
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1">
        Create the account
      </Button>
    </form>
  );
}

'use client';
import { Button, Callout, Field, Input } from '@rollcall/ui';
import { CircleAlert, MailCheck } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';

export function RequestForm() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [sent, setSent] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    setBusy(true);
    setError(null);
    const answer = await authPost('request-password-reset', { email });
    setBusy(false);
    setSent(answer.ok);
    if (!answer.ok) setError(refusalOf(answer, 'The request failed. Check the address and try again.'));
  };
  if (sent) {
    return (
      <Callout alert tone="up" icon={<MailCheck />} title="Look into your mail">
        If the address has an account, a link is on its way. It works for one hour.
      </Callout>
    );
  }
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      <Field label="Email">{(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required autoFocus />}</Field>
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Send a link
      </Button>
    </form>
  );
}

export function NewPasswordForm({ token }: { token: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ReactNode>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const newPassword = String(new FormData(event.currentTarget).get('password'));
    setBusy(true);
    setError(null);
    const answer = await authPost('reset-password', { token, newPassword });
    if (answer.ok) return window.location.assign('/sign-in?done=password');
    setBusy(false);
    setError(refusalOf(answer, 'The link was used already or has expired; ask for a new one.'));
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error === null ? null : (
        <Callout alert tone="down" icon={<CircleAlert />} title={error}>
          <a href="/reset-password" className="underline underline-offset-4">
            Ask for a new link
          </a>
        </Callout>
      )}
      <Field label="New password" hint="At least 8 characters.">
        {(ids) => (
          <Input {...ids} name="password" type="password" autoComplete="new-password" required minLength={8} maxLength={128} autoFocus />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Set the password
      </Button>
    </form>
  );
}

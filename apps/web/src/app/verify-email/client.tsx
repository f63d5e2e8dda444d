'use client';
import { Button, Callout, Field, Input } from '@rollcall/ui';
import { CircleAlert, MailCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';

export function ResendForm() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [sent, setSent] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    setBusy(true);
    setError(null);
    const answer = await authPost('send-verification-email', { email, callbackURL: '/verify-email' });
    setBusy(false);
    setSent(answer.ok);
    if (!answer.ok) setError(refusalOf(answer, 'The link could not be sent.'));
  };
  if (sent) return <Callout alert tone="up" icon={<MailCheck />} title="If the address waits to be confirmed, a link is on its way." />;
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      <Field label="Email">{(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required autoFocus />}</Field>
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Send a new link
      </Button>
    </form>
  );
}

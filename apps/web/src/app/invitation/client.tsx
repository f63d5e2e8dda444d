'use client';
import type { OfferedInvitation } from '@rollcall/contracts';
import { Button, Callout, Field, Input, plainText } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';

export function InvitationForm({ token }: { token: string }) {
  const [offer, setOffer] = useState<OfferedInvitation | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    api<OfferedInvitation>('/invitations/read', { method: 'POST', body: { token } })
      .then(setOffer)
      .catch((failure: unknown) => setError(messageOf(failure)));
  }, [token]);
  const accept = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const account = offer?.hasAccount ? {} : { name: String(form.get('name')).trim(), password: String(form.get('password')) };
    setBusy(true);
    setError(null);
    try {
      await api('/invitations/accept', { method: 'POST', body: { token, ...account } });
      window.location.assign(offer?.hasAccount ? '/' : '/sign-in');
    } catch (failure) {
      setBusy(false);
      setError(messageOf(failure));
    }
  };
  const problem = error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={plainText(error, 300)} />;
  if (offer === null) return problem ?? <p className="text-muted text-sm">Reading the invitation…</p>;
  return (
    <form method="post" onSubmit={accept} className="flex flex-col gap-4">
      <p className="foreign text-sm">
        {plainText(offer.email, 254)} joins {plainText(offer.organization.name, 100)} as {offer.role}.
      </p>
      {problem}
      {offer.hasAccount ? (
        <p className="text-muted text-sm">
          This address has an account. <a href={`/sign-in?next=${encodeURIComponent(`/invitation?token=${token}`)}`}>Sign in</a> with it
          first.
        </p>
      ) : (
        <>
          <Field label="Name">{(ids) => <Input {...ids} name="name" autoComplete="name" required maxLength={200} autoFocus />}</Field>
          <Field label="Password" hint="At least 8 characters.">
            {(ids) => <Input {...ids} name="password" type="password" autoComplete="new-password" required minLength={8} maxLength={128} />}
          </Field>
        </>
      )}
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Accept
      </Button>
    </form>
  );
}

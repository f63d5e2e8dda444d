'use client';
import type { OfferedInvitation } from '@rollcall/contracts';
import { Button, Callout, Field, Input, plainText, Skeleton } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { authPost } from '#web/lib/auth-browser.ts';

/** A link that was cut or mistyped reads like one that ended. */
const readingFailed = (error: unknown) =>
  error instanceof ApiError && error.status === 400
    ? 'The link is not complete. Open it from the mail once more, or ask for a new invitation.'
    : messageOf(error);

export function InvitationForm({ token, signedInAs }: { token: string; signedInAs: string | null }) {
  const [offer, setOffer] = useState<OfferedInvitation | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    api
      .post('/invitations/read', { body: { token } })
      .then(setOffer)
      .catch((failure: unknown) => setError(readingFailed(failure)));
  }, [token]);
  const problem = error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={plainText(error, 300)} />;
  if (offer === null) {
    return (
      problem ?? (
        <div role="status" className="flex flex-col gap-3">
          <span className="sr-only">Reading the invitation</span>
          <Skeleton className="h-5 w-4/5" />
          <Skeleton className="h-10 w-full" />
        </div>
      )
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="foreign text-sm">
        <strong className="font-medium">{plainText(offer.email, 254)}</strong> is invited to join{' '}
        <strong className="font-medium">{plainText(offer.organization.name, 100)}</strong> as {offer.role}. The link works until{' '}
        <Time at={offer.expiresAt} as="short" />.
      </p>
      {problem}
      <Acceptance token={token} offer={offer} signedInAs={signedInAs} onError={setError} />
    </div>
  );
}

interface AcceptanceProps {
  token: string;
  offer: OfferedInvitation;
  signedInAs: string | null;
  onError: (error: string | null) => void;
}

function Acceptance({ token, offer, signedInAs, onError }: AcceptanceProps) {
  const back = `/invitation?token=${encodeURIComponent(token)}`;
  const signIn = `/sign-in?next=${encodeURIComponent(back)}`;
  if (signedInAs !== null && signedInAs.toLowerCase() !== offer.email) {
    const leave = async () => {
      await authPost('sign-out', {});
      window.location.assign(offer.hasAccount ? signIn : back);
    };
    return (
      <>
        <p className="foreign text-muted text-sm">
          You are signed in as {plainText(signedInAs, 254)}, and the invitation is for another address.
        </p>
        <Button variant="primary" size="lg" onClick={leave}>
          Sign out and go on
        </Button>
      </>
    );
  }
  if (signedInAs === null && offer.hasAccount) {
    return (
      <>
        <p className="text-muted text-sm">This address has an account here. Sign in with it, then accept.</p>
        <Button asChild variant="primary" size="lg">
          <a href={signIn}>Sign in</a>
        </Button>
      </>
    );
  }
  return <AcceptForm token={token} offer={offer} isNew={signedInAs === null} onError={onError} />;
}

function AcceptForm({ token, offer, isNew, onError }: Omit<AcceptanceProps, 'signedInAs'> & { isNew: boolean }) {
  const [busy, setBusy] = useState(false);
  const accept = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get('password'));
    setBusy(true);
    onError(null);
    try {
      const account = isNew ? { name: String(form.get('name')).trim(), password } : {};
      await api.post('/invitations/accept', { body: { token, ...account } });
    } catch (failure) {
      setBusy(false);
      return onError(messageOf(failure));
    }
    // The account exists from here on: where signing in by itself fails, the sign-in page does it.
    const isIn = !isNew || (await authPost('sign-in/email', { email: offer.email, password })).ok;
    window.location.assign(isIn ? '/' : '/sign-in');
  };
  return (
    <form method="post" onSubmit={accept} className="flex flex-col gap-4">
      {isNew ? (
        <>
          <Field label="Name">{(ids) => <Input {...ids} name="name" autoComplete="name" required maxLength={200} autoFocus />}</Field>
          <Field label="Password" hint="At least 8 characters.">
            {(ids) => <Input {...ids} name="password" type="password" autoComplete="new-password" required minLength={8} maxLength={128} />}
          </Field>
        </>
      ) : null}
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        {isNew ? 'Make the account and join' : 'Join'}
      </Button>
    </form>
  );
}

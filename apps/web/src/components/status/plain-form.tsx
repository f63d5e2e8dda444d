import { Input } from '@rollcall/ui';
import type { ReactNode } from 'react';

const SUBMIT = 'h-9 rounded-control bg-primary px-4 font-medium text-on-primary text-sm hover:opacity-88';

/** A page that asks one thing: a sentence and a button, without a script. */
function PlainForm({
  title,
  text,
  action,
  button,
  children,
}: {
  title: string;
  text: string;
  action: string;
  button: string;
  children?: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-100 flex-col justify-center px-5 py-12">
      <h1 className="text-balance font-semibold text-xl tracking-tight">{title}</h1>
      <p className="mt-1 text-muted text-sm">{text}</p>
      <form action={action} method="post" className="mt-6 flex flex-col items-start gap-4">
        {children}
        <button type="submit" className={SUBMIT}>
          {button}
        </button>
      </form>
    </main>
  );
}

export function UnlockForm({ slug, wrong }: { slug: string; wrong: boolean }) {
  return (
    <PlainForm
      title="This status page is private"
      text="It opens with the password that its owner gave you."
      action={`/status/${slug}/unlock`}
      button="Open"
    >
      <div className="flex w-full flex-col gap-1.5">
        <label htmlFor="password" className="font-medium text-sm">
          Password
        </label>
        <Input
          id="password"
          name="password"
          type="password"
          required
          maxLength={128}
          autoComplete="current-password"
          {...(wrong ? { 'aria-invalid': true, 'aria-describedby': 'password-note' } : {})}
        />
        {wrong ? (
          <p id="password-note" role="alert" className="text-danger text-xs">
            This is not the password. Try again.
          </p>
        ) : null}
      </div>
    </PlainForm>
  );
}

/** The link of a message leads here; only the button changes anything, because mail scanners follow links. */
export function SubscriptionForm({ slug, token, verb }: { slug: string; token: string; verb: 'confirm' | 'unsubscribe' }) {
  const action = `/status/${slug}/${verb}?token=${encodeURIComponent(token)}`;
  return verb === 'confirm' ? (
    <PlainForm
      title="Confirm your subscription"
      text="You will be told what happens on this status page."
      action={action}
      button="Subscribe"
    />
  ) : (
    <PlainForm title="Unsubscribe" text="Nothing more is sent to this address, and it is forgotten." action={action} button="Unsubscribe" />
  );
}

import { wordsOf } from '@rollcall/core';
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

interface FormProps {
  slug: string;
  locale?: string;
  /** `?lang=…` when the reader chose it. */
  query?: string;
}

export function UnlockForm({ slug, wrong, locale = 'en', query = '' }: FormProps & { wrong: boolean }) {
  const words = wordsOf(locale).unlock;
  return (
    <PlainForm title={words.title} text={words.text} action={`/status/${slug}/unlock${query}`} button={words.open}>
      <div className="flex w-full flex-col gap-1.5">
        <label htmlFor="password" className="font-medium text-sm">
          {words.password}
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
            {words.wrong}
          </p>
        ) : null}
      </div>
    </PlainForm>
  );
}

/** The link of a message leads here; only the button changes anything, because mail scanners follow links. */
export function SubscriptionForm({
  slug,
  token,
  verb,
  locale = 'en',
  query = '',
}: FormProps & { token: string; verb: 'confirm' | 'unsubscribe' }) {
  const words = wordsOf(locale)[verb];
  const action = `/status/${slug}/${verb}?token=${encodeURIComponent(token)}${query.replace('?', '&')}`;
  return <PlainForm title={words.title} text={words.text} action={action} button={words.button} />;
}

export function LostPage({ locale = 'en' }: { locale?: string }) {
  const words = wordsOf(locale).lost;
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-6">
      <h1 className="font-semibold text-xl">{words.title}</h1>
      <p className="mt-2 text-muted">{words.text}</p>
    </main>
  );
}

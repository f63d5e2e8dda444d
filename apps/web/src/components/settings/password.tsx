'use client';
import { Button, Callout, Card, CardHeader, Field, Input } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';

const METHOD_NAMES: Record<string, string> = { github: 'GitHub', google: 'Google', oidc: 'single sign-on' };

export function PasswordCard({ hasPassword, methods }: { hasPassword: boolean; methods: string[] }) {
  const others = methods.filter((method) => method !== 'credential').map((method) => METHOD_NAMES[method] ?? method);
  return (
    <Card aria-labelledby="password-heading">
      <CardHeader
        id="password-heading"
        title="Password"
        {...(others.length === 0 ? {} : { hint: `you also sign in with ${others.join(' and ')}` })}
      />
      {hasPassword ? (
        <PasswordForm />
      ) : (
        <p className="p-4 text-muted text-sm">
          This account has no password. To set one, sign out and follow{' '}
          <Link href="/reset-password" className="underline underline-offset-4">
            Forgot the password?
          </Link>
        </p>
      )}
    </Card>
  );
}

function PasswordForm() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const change = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setBusy(true);
    setError(null);
    const answer = await authPost('change-password', { currentPassword: data.get('current'), newPassword: data.get('new') });
    if (!answer.ok) {
      setBusy(false);
      return setError(refusalOf(answer, 'The password could not be changed.'));
    }
    // Whoever knew the former password may be signed in by it.
    await api.post('/account/sessions/revoke-others').then(
      () => toast.success('The password is changed. Everywhere else you are signed out.'),
      (failure: unknown) => toast.error(`The password is changed, but other sessions go on: ${messageOf(failure)}`),
    );
    setBusy(false);
    form.reset();
  };
  return (
    <form method="post" onSubmit={change} className="flex flex-col gap-4 p-4">
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Current password">
          {(ids) => <Input {...ids} name="current" type="password" autoComplete="current-password" required maxLength={128} />}
        </Field>
        <Field label="New password" hint="At least 8 characters.">
          {(ids) => <Input {...ids} name="new" type="password" autoComplete="new-password" required minLength={8} maxLength={128} />}
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" busy={busy}>
          Change the password
        </Button>
        <p className="text-muted text-xs">Ends every session but this one.</p>
      </div>
    </form>
  );
}

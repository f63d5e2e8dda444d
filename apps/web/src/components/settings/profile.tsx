'use client';
import { Button, Callout, Card, CardHeader, Chip, Field, Input, plainText } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { authPost, refusalOf } from '#web/lib/auth-browser.ts';

export function NameCard({ name }: { name: string }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get('name')).trim();
    if (wanted === '') return setError('A name is needed.');
    setBusy(true);
    const answer = await authPost('update-user', { name: wanted });
    setBusy(false);
    setError(answer.ok ? null : refusalOf(answer, 'The name could not be changed.'));
    if (!answer.ok) return;
    toast.success('Your name is changed.');
    router.refresh();
  };
  return (
    <Card aria-labelledby="name-heading">
      <CardHeader id="name-heading" title="About you" />
      <form onSubmit={save} className="flex flex-wrap items-end gap-3 p-4">
        <Field label="Name" hint="Members see it, and the audit log of what you do." error={error ?? undefined} className="flex-1 basis-64">
          {(ids) => <Input {...ids} name="name" defaultValue={name} autoComplete="name" required maxLength={200} />}
        </Field>
        <Button type="submit" busy={busy} className="mb-6 h-9">
          Save
        </Button>
      </form>
    </Card>
  );
}

export function EmailCard({ email, verified }: { email: string; verified: boolean }) {
  const [state, setState] = useState<'idle' | 'busy' | 'sent'>('idle');
  const [error, setError] = useState<string | null>(null);
  const send = async () => {
    setState('busy');
    const answer = await authPost('send-verification-email', { email, callbackURL: '/verify-email' });
    setState(answer.ok ? 'sent' : 'idle');
    setError(answer.ok ? null : refusalOf(answer, 'The link could not be sent.'));
  };
  return (
    <Card aria-labelledby="email-heading">
      <CardHeader id="email-heading" title="Email" />
      <div className="flex flex-wrap items-center gap-3 p-4 text-sm">
        <span className="foreign font-medium">{plainText(email, 254)}</span>
        {verified ? <Chip>confirmed</Chip> : <Chip className="text-degraded">not confirmed</Chip>}
        {verified ? null : (
          <Button size="sm" className="ml-auto" busy={state === 'busy'} disabled={state === 'sent'} onClick={send}>
            {state === 'sent' ? 'Link sent' : 'Send a link to confirm it'}
          </Button>
        )}
      </div>
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} className="mx-4 mb-4" />}
      <p className="border-t px-4 py-2.5 text-muted text-xs">You sign in with this address, and messages about your account go to it.</p>
    </Card>
  );
}

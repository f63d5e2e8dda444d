'use client';
import { Button, Callout } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { FlaskConical, MailWarning as MailIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';

export function DemoBanner() {
  const router = useRouter();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await api.delete('/demo');
      toast.success('The demonstration servers are removed.');
      await queries.invalidateQueries();
      router.refresh();
    } catch (error) {
      toast.error(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Callout
      tone="maintenance"
      icon={<FlaskConical />}
      title="These are demonstration servers"
      action={
        <Button size="sm" busy={busy} onClick={remove}>
          Remove them
        </Button>
      }
    >
      Rollcall runs them itself, one of them broken on purpose, so that you see what a named cause looks like.
    </Callout>
  );
}

export function MailWarning() {
  return (
    <Callout tone="degraded" icon={<MailIcon />} title="Email is not sent yet">
      No mail server is configured. Messages are written to the data directory under <code className="font-mono text-xs">mail/</code>. Set{' '}
      <code className="font-mono text-xs">SMTP_URL</code> and start again to have them sent.
    </Callout>
  );
}

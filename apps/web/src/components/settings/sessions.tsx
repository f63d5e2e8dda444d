'use client';
import { address } from '@rollcall/client';
import type { AccountSession, Page } from '@rollcall/contracts';
import { Button, Card, CardHeader, Chip, Confirm, formatDay, plainText } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { useLive } from '#web/lib/use-live.ts';
import { deviceOf } from '#web/lib/user-agent.ts';

const PATH = address('/account/sessions', { query: { limit: 100 } });

export function Sessions({ initial }: { initial: Page<AccountSession> }) {
  const queries = useQueryClient();
  const { data: sessions = initial } = useLive(PATH, initial, { everyMs: 60_000 });
  const others = sessions.data.filter((session) => !session.current);
  const end = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      await queries.invalidateQueries({ queryKey: [PATH] });
      toast.success(done);
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
  return (
    <Card aria-labelledby="sessions-heading">
      <CardHeader
        id="sessions-heading"
        title="Sessions"
        hint="where you are signed in"
        actions={
          others.length === 0 ? undefined : (
            <Confirm
              trigger={<Button size="sm">End all others</Button>}
              title="End every other session?"
              description="Every other device and browser has to sign in again. This one stays."
              action="End them"
              onConfirm={() => end(() => api.post('/account/sessions/revoke-others'), 'Everywhere else you are signed out.')}
            />
          )
        }
      />
      <ul className="divide-y">
        {sessions.data.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            onEnd={() => end(() => api.delete('/account/sessions/{id}', { path: { id: session.id } }), 'The session is ended.')}
          />
        ))}
      </ul>
    </Card>
  );
}

function SessionRow({ session, onEnd }: { session: AccountSession; onEnd: () => void }) {
  const device = deviceOf(session.userAgent);
  const Icon = /iPhone|iPad|Android/.test(device) ? Smartphone : Laptop;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <Icon aria-hidden className="size-4 shrink-0 text-faint" />
      <div className="min-w-0 flex-1 basis-48" {...(session.userAgent === null ? {} : { title: plainText(session.userAgent, 300) })}>
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {device}
          {session.current ? <Chip>this one</Chip> : null}
        </p>
        <p className="text-faint text-xs">
          {session.ipAddress === null ? null : <span className="foreign font-mono">{plainText(session.ipAddress, 60)} · </span>}
          signed in <Time at={session.createdAt} /> ·{' '}
          {session.current
            ? 'in use now'
            : // A session is renewed once a day, so the hour is not known.
              `last used on ${formatDay(session.lastUsedAt.slice(0, 10))}`}
        </p>
      </div>
      {session.current ? null : (
        <Button size="sm" onClick={onEnd} aria-label={`End the session of ${device}`}>
          End
        </Button>
      )}
    </li>
  );
}

'use client';
import { address } from '@rollcall/client';
import type { Channel, Notice } from '@rollcall/contracts';
import { Button, Card, CardHeader, plainText, plural, StatusMark } from '@rollcall/ui';
import { RotateCw } from 'lucide-react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useLive } from '#web/lib/use-live.ts';

/** What was given up after a day of attempts. Nothing is shown when there is none. */
export function DeadLetters({ channel, channels }: { channel?: Channel; channels: Channel[] }) {
  const { data } = useLive(address('/notices', { query: { status: 'dead', limit: 50, channel: channel?.id } }), undefined, {
    everyMs: 15_000,
  });
  const { busy, run } = useAction<string>();
  const notices = data?.data ?? [];
  if (notices.length === 0) return null;
  const nameOf = new Map(channels.map(({ id, name }) => [id, plainText(name, 80)]));
  const resend = (notice: Notice) =>
    run(notice.id, async () => {
      await api.post('/notices/{id}/resend', { path: { id: notice.id } });
      toast.success('It is tried again, for another day, under the same id.');
    });
  return (
    <Card aria-labelledby="dead-heading">
      <CardHeader
        id="dead-heading"
        title="Given up"
        hint={`${plural(notices.length, 'message')}${data?.nextCursor == null ? '' : ' and more'} that could not be delivered in 24 hours`}
      />
      <ul className="divide-y">
        {notices.map((notice) => (
          <li key={notice.id} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-2.5 text-sm">
            <StatusMark status="down" className="mt-[3px]" />
            <div className="min-w-0 flex-1 basis-52">
              <p className="foreign">
                {notice.type} <span className="text-muted">to {nameOf.get(notice.channelId) ?? 'a deleted channel'}</span>
              </p>
              <p className="foreign text-muted text-xs">
                {plural(notice.attempts, 'attempt')} · {plainText(notice.lastError ?? 'no reason given', 200)}
              </p>
              <p className="text-faint text-xs">
                from <Time at={notice.createdAt} as="short" />
              </p>
            </div>
            <Button size="sm" busy={busy === notice.id} onClick={() => resend(notice)}>
              <RotateCw aria-hidden className="size-3.5" />
              Send again
              <span className="sr-only">
                {' '}
                {notice.type} of {notice.createdAt}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

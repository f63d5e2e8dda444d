'use client';
import type { Channel } from '@rollcall/contracts';
import { Button, Chip, Confirm, cn, plainText, StatusMark } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { CHANNEL_FORMS } from './channel-types.ts';

/** Where it goes, in a few words, without secrets (those read "[redacted]"). */
function targetOf(channel: Channel): string {
  const shown = Object.values(channel.config)
    .flat()
    .filter((value) => (typeof value === 'string' || typeof value === 'number') && value !== '[redacted]');
  return plainText(shown.join(', '), 120);
}

function routesOf(channel: Channel): string {
  if (channel.routes.length === 0) return 'every notice';
  return plainText(
    channel.routes
      .map((route) =>
        [
          route.tags?.map((tag) => `#${tag}`).join(' '),
          route.events?.join(', '),
          route.endpoints === undefined ? '' : `${route.endpoints.length} endpoints`,
        ]
          .filter(Boolean)
          .join(' · '),
      )
      .join('; '),
    200,
  );
}

export function ChannelRow({ channel }: { channel: Channel }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<'test' | 'enable' | null>(null);
  const name = plainText(channel.name, 80);
  const act = async (which: 'test' | 'enable' | null, work: () => Promise<void>) => {
    setBusy(which);
    try {
      await work();
      await queries.invalidateQueries();
    } catch (error) {
      toast.error(messageOf(error));
    } finally {
      setBusy(null);
    }
  };
  const test = () =>
    act('test', async () => {
      const result = await api<{ delivered: boolean; delivery: { error: string | null } }>(`/channels/${channel.id}/test`, {
        method: 'POST',
      });
      if (result.delivered) toast.success(`The test message reached ${name}.`);
      else toast.error(`The test message did not reach ${name}: ${plainText(result.delivery.error ?? 'no reason given', 200)}`);
    });
  const enable = (enabled: boolean) =>
    act('enable', async () => void (await api(`/channels/${channel.id}`, { method: 'PATCH', body: { enabled } })));
  const remove = () => act(null, async () => void (await api(`/channels/${channel.id}`, { method: 'DELETE' })));
  const failing = channel.enabled && channel.failingSince !== null;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3.5">
      <StatusMark status={!channel.enabled ? 'paused' : failing ? 'down' : 'up'} size={16} />
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex min-w-0 items-center gap-2">
          <span className="foreign truncate font-medium">{name}</span>
          <Chip className="shrink-0">{CHANNEL_FORMS[channel.type].label}</Chip>
        </p>
        <p className="foreign truncate text-muted text-sm">{[targetOf(channel), routesOf(channel)].filter(Boolean).join(' · ')}</p>
        <p className={cn('text-xs', failing ? 'text-down' : 'text-faint')}>
          {!channel.enabled ? (
            'Switched off'
          ) : channel.failingSince === null ? (
            'Delivering'
          ) : (
            <>
              Failing since <Time at={channel.failingSince} as="short" />
            </>
          )}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <Button size="sm" busy={busy === 'test'} onClick={test}>
          <Send aria-hidden className="size-3.5" />
          Send test
        </Button>
        <Button size="sm" busy={busy === 'enable'} onClick={() => enable(!channel.enabled)}>
          {channel.enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Confirm
          trigger={
            <Button variant="ghost" size="icon" aria-label={`Delete ${name}`}>
              <Trash2 aria-hidden className="size-4" />
            </Button>
          }
          title={`Delete ${name}?`}
          description="Nothing is sent there any more. Its delivery log goes with it."
          action="Delete"
          onConfirm={remove}
        />
      </div>
    </li>
  );
}

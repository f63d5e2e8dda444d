'use client';
import { address } from '@rollcall/client';
import type { Channel } from '@rollcall/contracts';
import { Button, Chip, Confirm, cn, plainText, plural, StatusMark } from '@rollcall/ui';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { toastWithUndo } from '#web/lib/toast-with-undo.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useLive } from '#web/lib/use-live.ts';
import { CHANNEL_FORMS } from './channel-types.ts';
import { TestAnswer, useTest } from './test-button.tsx';

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
          route.severities?.join(' or '),
          route.events?.join(', '),
          route.endpoints === undefined ? '' : plural(route.endpoints.length, 'endpoint'),
        ]
          .filter(Boolean)
          .join(' · '),
      )
      .join('; '),
    200,
  );
}

/** Health in words: whether it delivers, and when it last did something. */
function Health({ channel }: { channel: Channel }) {
  const { data } = useLive(address('/deliveries', { query: { channel: channel.id, limit: 1 } }), undefined, { everyMs: 30_000 });
  const last = data?.data[0];
  const failing = channel.enabled && channel.failingSince !== null;
  return (
    <p className={cn('text-xs', failing ? 'text-down' : 'text-faint')}>
      {!channel.enabled ? (
        'Switched off'
      ) : channel.unhealthySince !== null ? (
        <>
          Out of order since <Time at={channel.unhealthySince} as="short" />
        </>
      ) : channel.failingSince === null ? (
        channel.standby ? (
          'On standby'
        ) : (
          'Delivering'
        )
      ) : (
        <>
          Failing since <Time at={channel.failingSince} as="short" />
        </>
      )}
      {last === undefined ? null : (
        <>
          {' '}
          · last {last.status === 'delivered' ? 'delivered' : 'tried'} <Time at={last.startedAt} />
        </>
      )}
    </p>
  );
}

export function ChannelRow({ channel }: { channel: Channel }) {
  const { busy, run } = useAction<'enable' | 'delete'>();
  const { button, result, close } = useTest(channel);
  const name = plainText(channel.name, 80);
  const enable = (enabled: boolean) =>
    run('enable', async () => {
      await api.patch('/channels/{id}', { path: { id: channel.id }, body: { enabled } });
      toastWithUndo(enabled ? `${name} is switched on.` : `${name} is switched off: nobody is told there.`, () => enable(!enabled));
    });
  const remove = () => run('delete', () => api.delete('/channels/{id}', { path: { id: channel.id } }));
  const failing = channel.enabled && channel.failingSince !== null;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3.5">
      <StatusMark status={!channel.enabled ? 'paused' : failing ? 'down' : 'up'} size={16} />
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex min-w-0 items-center gap-2">
          <Link prefetch={false} href={`/channels/${channel.id}`} className="foreign truncate font-medium hover:underline">
            {name}
          </Link>
          <Chip className="shrink-0">{CHANNEL_FORMS[channel.type].label}</Chip>
        </p>
        <p className="foreign truncate text-muted text-sm">{[targetOf(channel), routesOf(channel)].filter(Boolean).join(' · ')}</p>
        <Health channel={channel} />
      </div>
      <div className="flex items-center gap-2">
        {button}
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
      {result === null ? null : <TestAnswer channel={channel} result={result} onClose={close} />}
    </li>
  );
}

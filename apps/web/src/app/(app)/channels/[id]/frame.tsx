'use client';
import { address } from '@rollcall/client';
import type { Channel } from '@rollcall/contracts';
import { Chip, plainText, StatusMark } from '@rollcall/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CHANNEL_FORMS } from '#web/components/channel/channel-types.ts';
import { TestAnswer, useTest } from '#web/components/channel/test-button.tsx';
import { Time } from '#web/components/clock.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { Sections } from '#web/components/sections.tsx';
import { useLive } from '#web/lib/use-live.ts';

const SECTIONS = [
  { id: 'settings', title: 'Settings and routes' },
  { id: 'deliveries', title: 'Deliveries' },
] as const;

/** What stands around every part of one channel: how it is, and the test. */
export function ChannelFrame({ initial, tab, children }: { initial: Channel; tab: (typeof SECTIONS)[number]['id']; children: ReactNode }) {
  const { data: channel = initial } = useLive(address('/channels/{id}', { path: { id: initial.id } }), initial, { everyMs: 15_000 });
  const { button, result, close } = useTest(channel);
  const failing = channel.enabled && channel.failingSince !== null;
  return (
    <>
      <PageHeader
        back={
          <Link href="/channels" className="text-muted hover:text-ink hover:underline">
            Channels
          </Link>
        }
        title={plainText(channel.name, 200)}
        lead={
          <span className="mt-1 flex flex-wrap items-center gap-2">
            <Chip>{CHANNEL_FORMS[channel.type].label}</Chip>
            <StatusMark status={!channel.enabled ? 'paused' : failing ? 'down' : 'up'} />
            {!channel.enabled ? (
              'Switched off'
            ) : channel.failingSince === null ? (
              'Delivering'
            ) : (
              <span>
                Failing since <Time at={channel.failingSince} as="short" />
              </span>
            )}
          </span>
        }
        actions={button}
      />
      {result === null ? null : (
        <div className="mb-6">
          <TestAnswer channel={channel} result={result} onClose={close} />
        </div>
      )}
      <Sections label="Channel" path={`/channels/${channel.id}`} current={tab} sections={SECTIONS} />
      {children}
    </>
  );
}

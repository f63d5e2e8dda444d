'use client';
import { address } from '@rollcall/client';
import type { Channel, Delivery, Page } from '@rollcall/contracts';
import { Button, Card, Empty } from '@rollcall/ui';
import { Bell, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { AddChannel } from '#web/components/channel/add-channel.tsx';
import { ChannelRow } from '#web/components/channel/channel-row.tsx';
import { DeadLetters } from '#web/components/channel/dead-letters.tsx';
import { DeliveryLog } from '#web/components/channel/delivery-log.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useLive } from '#web/lib/use-live.ts';

export interface ChannelsData {
  channels: Page<Channel>;
  deliveries: Page<Delivery>;
  warning: ReactNode;
}

export function ChannelsClient({ channels: initialChannels, deliveries, warning }: ChannelsData) {
  const [adding, setAdding] = useState(false);
  const { data: channels = initialChannels } = useLive(address('/channels', { query: { limit: 200 } }), initialChannels);
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
      Add a channel
    </Button>
  );
  return (
    <>
      <PageHeader title="Channels" lead="Where alerts go. A message that cannot be delivered is tried again for 24 hours." actions={add} />
      <div className="flex flex-col gap-6">
        {channels.data.some((channel) => channel.type === 'email') ? warning : null}
        <Card aria-label="Channels">
          {channels.data.length === 0 ? (
            <Empty icon={<Bell aria-hidden className="size-5" />} title="Nobody is told yet" action={add}>
              Without a channel an incident is only seen here.
            </Empty>
          ) : (
            <ul className="divide-y">
              {channels.data.map((channel) => (
                <ChannelRow key={channel.id} channel={channel} />
              ))}
            </ul>
          )}
        </Card>
        <DeadLetters channels={channels.data} />
        <DeliveryLog channels={channels.data} initial={deliveries} />
      </div>
      <AddChannel open={adding} onOpenChange={setAdding} />
    </>
  );
}

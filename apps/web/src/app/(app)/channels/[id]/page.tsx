import { address } from '@rollcall/client';
import { plainText } from '@rollcall/ui';
import type { Metadata } from 'next';
import { ChannelSettings } from '#web/components/channel/channel-settings.tsx';
import { DeadLetters } from '#web/components/channel/dead-letters.tsx';
import { DeliveryLog } from '#web/components/channel/delivery-log.tsx';
import { apiGet } from '#web/lib/api-server.ts';
import { ChannelFrame } from './frame.tsx';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string | string[] }> };

const pathOf = async (params: Props['params']) => address('/channels/{id}', { path: { id: (await params).id } });

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: plainText((await apiGet(await pathOf(params))).name, 80) };
}

export default async function ChannelPage({ params, searchParams }: Props) {
  const [path, { tab }] = [await pathOf(params), await searchParams];
  const [channel, { data: channels }] = await Promise.all([apiGet(path), apiGet(address('/channels', { query: { limit: 200 } }))]);
  if (tab === 'deliveries') {
    const deliveries = await apiGet(address('/deliveries', { query: { limit: 20, channel: channel.id } }));
    return (
      <ChannelFrame initial={channel} tab="deliveries">
        <div className="flex flex-col gap-6">
          <DeadLetters channel={channel} channels={channels} />
          <DeliveryLog channel={channel} channels={channels} initial={deliveries} />
        </div>
      </ChannelFrame>
    );
  }
  return (
    <ChannelFrame initial={channel} tab="settings">
      <ChannelSettings key={channel.updatedAt} channel={channel} channels={channels} />
    </ChannelFrame>
  );
}

import type { Channel, Delivery, Me, Page } from '@rollcall/contracts';
import type { Metadata } from 'next';
import { apiGet } from '#web/lib/api-server.ts';
import { MailWarning } from '../banners.tsx';
import { ChannelsClient } from './client.tsx';

export const metadata: Metadata = { title: 'Channels' };

export default async function ChannelsPage() {
  const [channels, deliveries, me] = await Promise.all([
    apiGet<Page<Channel>>('/channels?limit=200'),
    apiGet<Page<Delivery>>('/deliveries?limit=20'),
    apiGet<Me>('/me'),
  ]);
  return <ChannelsClient channels={channels} deliveries={deliveries} warning={me.installation.smtpConfigured ? null : <MailWarning />} />;
}

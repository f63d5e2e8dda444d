import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { apiGet } from '#web/lib/api-server.ts';
import { MailWarning } from '../banners.tsx';
import { ChannelsClient } from './client.tsx';

export const metadata: Metadata = { title: 'Channels' };

export default async function ChannelsPage() {
  const [channels, deliveries, me] = await Promise.all([
    apiGet(address('/channels', { query: { limit: 200 } })),
    apiGet(address('/deliveries', { query: { limit: 20 } })),
    apiGet(address('/me')),
  ]);
  return <ChannelsClient channels={channels} deliveries={deliveries} warning={me.installation.smtpConfigured ? null : <MailWarning />} />;
}

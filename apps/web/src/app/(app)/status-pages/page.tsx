import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { apiGet } from '#web/lib/api-server.ts';
import { StatusPagesClient } from './client.tsx';

export const metadata: Metadata = { title: 'Status pages' };

export default async function StatusPagesPage() {
  return <StatusPagesClient initial={await apiGet(address('/status-pages', { query: { limit: 200 } }))} />;
}

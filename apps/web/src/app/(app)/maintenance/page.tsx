import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { apiGet } from '#web/lib/api-server.ts';
import { MaintenanceClient } from './client.tsx';

export const metadata: Metadata = { title: 'Maintenance' };

export default async function MaintenancePage({ searchParams }: { searchParams: Promise<{ new?: string | string[] }> }) {
  const [windows, query] = await Promise.all([apiGet(address('/maintenance-windows', { query: { limit: 200 } })), searchParams]);
  return <MaintenanceClient key={String(query.new)} initial={windows} announce={query.new !== undefined} />;
}

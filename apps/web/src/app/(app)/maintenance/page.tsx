import type { Maintenance, Page } from '@rollcall/contracts';
import type { Metadata } from 'next';
import { apiGet } from '#web/lib/api-server.ts';
import { MaintenanceClient } from './client.tsx';

export const metadata: Metadata = { title: 'Maintenance' };

export default async function MaintenancePage() {
  return <MaintenanceClient initial={await apiGet<Page<Maintenance>>('/maintenance-windows?limit=200')} />;
}

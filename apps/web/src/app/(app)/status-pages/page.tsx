import type { Page, StatusPage } from '@rollcall/contracts';
import type { Metadata } from 'next';
import { apiGet } from '#web/lib/api-server.ts';
import { StatusPagesClient } from './client.tsx';

export const metadata: Metadata = { title: 'Status pages' };

export default async function StatusPagesPage() {
  return <StatusPagesClient initial={await apiGet<Page<StatusPage>>('/status-pages?limit=200')} />;
}

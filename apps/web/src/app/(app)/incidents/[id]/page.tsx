import { address } from '@rollcall/client';
import type { Metadata } from 'next';
import { apiGet } from '#web/lib/api-server.ts';
import { IncidentClient } from './client.tsx';

export const metadata: Metadata = { title: 'Incident' };

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const incident = await apiGet(address('/incidents/{id}', { path: { id: (await params).id } }));
  return <IncidentClient initial={incident} />;
}

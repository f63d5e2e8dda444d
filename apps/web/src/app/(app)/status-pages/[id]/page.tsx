import { address } from '@rollcall/client';
import { plainText } from '@rollcall/ui';
import type { Metadata } from 'next';
import { Editor } from '#web/components/status-editor/editor.tsx';
import { Reports } from '#web/components/status-editor/reports.tsx';
import { Subscribers } from '#web/components/status-editor/subscribers.tsx';
import { apiGet } from '#web/lib/api-server.ts';
import { StatusPageFrame } from './frame.tsx';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string | string[] }> };

const pageOf = async (params: Props['params']) => apiGet(address('/status-pages/{id}', { path: { id: (await params).id } }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: plainText((await pageOf(params)).title, 80) };
}

export default async function StatusPagePage({ params, searchParams }: Props) {
  const { tab } = await searchParams;
  const page = await pageOf(params);
  if (tab === 'reports') {
    const reports = await apiGet(address('/status-pages/{id}/reports', { path: { id: page.id }, query: { limit: 50 } }));
    return (
      <StatusPageFrame page={page} tab="reports">
        <Reports page={page} initial={reports} />
      </StatusPageFrame>
    );
  }
  if (tab === 'subscribers') {
    const subscribers = await apiGet(address('/status-pages/{id}/subscribers', { path: { id: page.id }, query: { limit: 200 } }));
    return (
      <StatusPageFrame page={page} tab="subscribers">
        <Subscribers pageId={page.id} initial={subscribers} />
      </StatusPageFrame>
    );
  }
  return (
    <StatusPageFrame page={page} tab="page">
      <Editor key={page.id} initial={page} />
    </StatusPageFrame>
  );
}

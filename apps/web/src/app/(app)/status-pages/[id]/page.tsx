import type { Page, StatusPage, StatusReport, StatusSubscriber } from '@rollcall/contracts';
import { plainText } from '@rollcall/ui';
import type { Metadata } from 'next';
import { Editor } from '#web/components/status-editor/editor.tsx';
import { Reports } from '#web/components/status-editor/reports.tsx';
import { Subscribers } from '#web/components/status-editor/subscribers.tsx';
import { apiGet } from '#web/lib/api-server.ts';
import { StatusPageFrame } from './frame.tsx';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ tab?: string | string[] }> };

const pathOf = async (params: Props['params']) => `/status-pages/${encodeURIComponent((await params).id)}`;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: plainText((await apiGet<StatusPage>(await pathOf(params))).title, 80) };
}

export default async function StatusPagePage({ params, searchParams }: Props) {
  const path = await pathOf(params);
  const { tab } = await searchParams;
  const page = await apiGet<StatusPage>(path);
  if (tab === 'reports') {
    const reports = await apiGet<Page<StatusReport>>(`${path}/reports?limit=50`);
    return (
      <StatusPageFrame page={page} tab="reports">
        <Reports page={page} initial={reports} />
      </StatusPageFrame>
    );
  }
  if (tab === 'subscribers') {
    const subscribers = await apiGet<Page<StatusSubscriber>>(`${path}/subscribers?limit=200`);
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

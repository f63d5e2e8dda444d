'use client';
import { address } from '@rollcall/client';
import type { Page, StatusPage, StatusReport } from '@rollcall/contracts';
import { Button, Card, Chip, Confirm, Empty, Modal, plainText, StatusMark } from '@rollcall/ui';
import { Megaphone, Plus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useLive } from '#web/lib/use-live.ts';
import { IMPACT_LABEL, REPORT_STATUS_LABEL, ReportForm } from './report-form.tsx';

/** What people wrote on the page, newest first, drafts too. */
export function Reports({ page, initial }: { page: StatusPage; initial: Page<StatusReport> }) {
  const asked = address('/status-pages/{id}/reports', { path: { id: page.id }, query: { limit: 50 } });
  const { data: reports = initial } = useLive(asked, initial);
  const [writing, setWriting] = useState<StatusReport | 'new' | null>(null);
  const done = (report: StatusReport) => {
    setWriting(null);
    toast.success(report.published ? 'Published. Subscribers are told.' : 'Kept as a draft.');
  };
  const add = (
    <Button variant="primary" onClick={() => setWriting('new')}>
      <Plus aria-hidden className="size-4" />
      Write a report
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="flex-1 basis-60 text-muted text-sm">Reports say in your words what is wrong. They stand beside what is measured.</p>
        {reports.data.length === 0 ? null : add}
      </div>
      {reports.data.length === 0 ? (
        <Card>
          <Empty icon={<Megaphone aria-hidden className="size-5" />} title="No report yet" action={add}>
            Measured incidents appear as the page publishes them. A report is for what a probe cannot say.
          </Empty>
        </Card>
      ) : (
        reports.data.map((report) => <ReportCard key={report.id} page={page} report={report} onUpdate={() => setWriting(report)} />)
      )}
      {reports.nextCursor === null ? null : <p className="text-faint text-xs">The 50 newest are shown.</p>}
      <Modal
        open={writing !== null}
        onOpenChange={(open) => !open && setWriting(null)}
        title={writing === 'new' ? 'Write a report' : 'Say how it stands'}
      >
        {writing === null ? null : <ReportForm page={page} {...(writing === 'new' ? {} : { report: writing })} onDone={done} />}
      </Modal>
    </div>
  );
}

function ReportCard({ page, report, onUpdate }: { page: StatusPage; report: StatusReport; onUpdate: () => void }) {
  const { busy, run } = useAction<'publish' | 'delete'>();
  const path = { id: page.id, reportId: report.id };
  const names = new Map(page.components.map(({ id, name }) => [id, name]));
  const title = plainText(report.title, 200);
  const publish = () =>
    run('publish', async () => {
      await api.patch('/status-pages/{id}/reports/{reportId}', { path, body: { published: true } });
      toast.success('Published. Subscribers are told.');
    });
  return (
    <Card aria-label={title}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 py-3">
        <StatusMark status={report.resolvedAt !== null ? 'up' : 'degraded'} size={16} className="mt-1" />
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="foreign font-medium">{title}</h2>
          <p className="text-muted text-sm">
            {REPORT_STATUS_LABEL[report.status]} · since <Time at={report.startedAt} as="short" />
          </p>
          {report.affected.length === 0 ? null : (
            <ul aria-label="Affected" className="mt-1.5 flex flex-wrap gap-1.5">
              {report.affected.map(({ component, impact }) => (
                <li key={component} className="flex min-w-0">
                  <Chip>
                    {plainText(names.get(component) ?? 'Component', 60)}: {IMPACT_LABEL[impact]}
                  </Chip>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {report.published ? null : (
            <>
              <Chip>draft</Chip>
              <Button size="sm" variant="primary" busy={busy === 'publish'} onClick={publish}>
                Publish<span className="sr-only"> {title}</span>
              </Button>
            </>
          )}
          <Button size="sm" onClick={onUpdate}>
            Update<span className="sr-only"> {title}</span>
          </Button>
          <Confirm
            trigger={
              <Button size="sm" variant="ghost" busy={busy === 'delete'}>
                Delete<span className="sr-only"> {title}</span>
              </Button>
            }
            title={`Delete ${title}?`}
            description="It disappears from the page and from its history. Messages that were sent stay sent."
            action="Delete"
            onConfirm={() => run('delete', () => api.delete('/status-pages/{id}/reports/{reportId}', { path }))}
          />
        </div>
      </div>
      <ol className="flex flex-col gap-3 px-4 py-3">
        {report.updates.map((update) => (
          <li key={update.id} className="border-l-2 pl-3 text-sm">
            <p className="text-xs">
              <strong className="font-medium">{REPORT_STATUS_LABEL[update.status]}</strong>{' '}
              <Time at={update.at} as="short" className="text-faint" />
            </p>
            <p className="foreign whitespace-pre-line">{plainText(update.text, 10_000)}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

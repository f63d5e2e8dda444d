'use client';
import type { Impact, ReportStatus, StatusPage, StatusReport } from '@rollcall/contracts';
import { Button, Callout, Field, Input, plainText, Select, Textarea } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { useAction } from '#web/lib/use-action.ts';

export const REPORT_STATUS_LABEL: Record<ReportStatus, string> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};
export const IMPACT_LABEL: Record<Impact, string> = {
  operational: 'Works',
  degraded: 'Degraded',
  outage: 'Outage',
  maintenance: 'Maintenance',
};

// Not the lists of the contract: they would bring its whole validation to the browser.
const REPORT_STATUSES = Object.keys(REPORT_STATUS_LABEL) as ReportStatus[];
const IMPACTS = Object.keys(IMPACT_LABEL) as Impact[];

type Affected = StatusReport['affected'];

export interface ReportStart {
  title: string;
  text: string;
  status: ReportStatus;
  affected: Affected;
  startedAt?: string;
}

/** A new report, or with `report` its next update. What is said goes to the subscribers when it is published. */
export function ReportForm({
  page,
  report,
  start,
  onDone,
}: {
  page: StatusPage;
  report?: StatusReport;
  start?: ReportStart;
  onDone: (report: StatusReport) => void;
}) {
  const [status, setStatus] = useState<ReportStatus>(
    report?.status === 'resolved' ? 'monitoring' : (report?.status ?? start?.status ?? 'investigating'),
  );
  const [affected, setAffected] = useState<Affected>(report?.affected ?? start?.affected ?? []);
  const [draft, setDraft] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const { busy, run } = useAction<'save'>((failure) => {
    if (failure instanceof ApiError && failure.status < 500) setError(failure);
    else toast.error(messageOf(failure));
  });
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = String(form.get('text'));
    setError(null);
    return run('save', async () => {
      const path = { id: page.id };
      if (report !== undefined) {
        onDone(
          await api.post('/status-pages/{id}/reports/{reportId}/updates', {
            path: { ...path, reportId: report.id },
            body: { status, text, affected },
          }),
        );
        return;
      }
      const body = {
        title: String(form.get('title')),
        status,
        text,
        affected,
        published: !draft,
        ...(start?.startedAt === undefined ? {} : { startedAt: start.startedAt }),
      };
      onDone(await api.post('/status-pages/{id}/reports', { path, body }));
    });
  };
  const impactOf = (component: string) => affected.find((one) => one.component === component)?.impact ?? '';
  const setImpact = (component: string, impact: string) => {
    const known = IMPACTS.find((one) => one === impact);
    const rest = affected.filter((one) => one.component !== component);
    setAffected(known === undefined ? rest : [...rest, { component, impact: known }]);
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      {report === undefined ? (
        <Field label="Title" error={error?.fieldError('title')}>
          {(ids) => (
            <Input
              {...ids}
              name="title"
              required
              maxLength={200}
              defaultValue={start?.title}
              placeholder="Search does not answer in Europe"
            />
          )}
        </Field>
      ) : null}
      <Field label="Status" error={error?.fieldError('status')}>
        {(ids) => (
          <Select
            {...ids}
            value={status}
            onChange={(event) => setStatus(REPORT_STATUSES.find((one) => one === event.target.value) ?? status)}
          >
            {REPORT_STATUSES.map((one) => (
              <option key={one} value={one}>
                {REPORT_STATUS_LABEL[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="What readers are told" hint="Plain text; line breaks are kept." error={error?.fieldError('text')}>
        {(ids) => <Textarea {...ids} name="text" required rows={4} maxLength={10_000} defaultValue={start?.text} />}
      </Field>
      {page.components.length === 0 ? null : (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 font-medium text-sm">Affected</legend>
          <ul className="max-h-64 divide-y overflow-y-auto rounded-control border">
            {page.components.map((component) => (
              <li key={component.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
                <span id={`affected-${component.id}`} className="foreign line-clamp-2 flex-1 basis-32 text-sm">
                  {plainText(component.name, 100)}
                </span>
                <Select
                  aria-labelledby={`affected-${component.id}`}
                  value={impactOf(component.id)}
                  onChange={(event) => setImpact(component.id, event.target.value)}
                  className="w-36"
                >
                  <option value="">Not affected</option>
                  {IMPACTS.map((impact) => (
                    <option key={impact} value={impact}>
                      {IMPACT_LABEL[impact]}
                    </option>
                  ))}
                </Select>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      {report === undefined ? (
        <label className="flex min-h-7 items-center gap-2 text-sm">
          <input type="checkbox" checked={draft} onChange={(event) => setDraft(event.target.checked)} className="size-4 accent-primary" />
          Keep it as a draft; nobody outside sees it
        </label>
      ) : null}
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />}
      <Button type="submit" variant="primary" busy={busy === 'save'}>
        {report !== undefined ? 'Publish the update' : draft ? 'Keep the draft' : 'Publish'}
      </Button>
    </form>
  );
}

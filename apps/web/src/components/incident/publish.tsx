'use client';
import { address } from '@rollcall/client';
import type { IncidentDetail, StatusPage } from '@rollcall/contracts';
import { Button, Callout, Field, Modal, plainText, Select, Skeleton } from '@rollcall/ui';
import { Info } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { ReportForm, type ReportStart } from '#web/components/status-editor/report-form.tsx';
import { useLive } from '#web/lib/use-live.ts';

/** What the public may read of it: no cause, no evidence, the name of the component (docs/status-pages.md). */
function startOf(incident: IncidentDetail, page: StatusPage): ReportStart {
  const components = page.components.filter(({ endpoint }) => endpoint === incident.endpoint.id);
  const name = components[0]?.name ?? 'A service';
  const degraded = incident.severity === 'degraded';
  const over = incident.status === 'resolved';
  return {
    title: degraded ? `${name} is degraded` : `${name} is out of service`,
    text: over
      ? `${name} was ${degraded ? 'degraded' : 'out of service'}. It works again.`
      : `${name} does not work as it should. We are looking into it.`,
    status: over ? 'resolved' : 'investigating',
    affected: components.map(({ id }) => ({ component: id, impact: degraded ? 'degraded' : 'outage' })),
    startedAt: incident.openedAt,
  };
}

/** Tells readers of a status page in words: a report that begins with the incident and names its components. */
export function PublishIncident({
  incident,
  open,
  onOpenChange,
}: {
  incident: IncidentDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Modal
      open={open}
      onOpenChange={onOpenChange}
      title="Publish to a status page"
      description="Nothing of the cause or the evidence is sent."
    >
      <Body incident={incident} onDone={() => onOpenChange(false)} />
    </Modal>
  );
}

function Body({ incident, onDone }: { incident: IncidentDetail; onDone: () => void }) {
  const router = useRouter();
  const { data } = useLive(address('/status-pages', { query: { limit: 200 } }), undefined, { everyMs: false });
  const [chosen, setChosen] = useState<string | null>(null);
  if (data === undefined) return <Skeleton className="h-40" />;
  const pages = data.data.filter((page) => page.components.some(({ endpoint }) => endpoint === incident.endpoint.id));
  const page = pages.find(({ id }) => id === chosen) ?? pages[0];
  if (page === undefined) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-sm">No status page shows this endpoint. Add it to one first.</p>
        <Button asChild>
          <Link href="/status-pages">Status pages</Link>
        </Button>
      </div>
    );
  }
  const shown = page.components.find(({ endpoint }) => endpoint === incident.endpoint.id);
  const { mode } = shown?.publishing ?? page.publishing;
  return (
    <div className="flex flex-col gap-4">
      <Field label="Status page">
        {(ids) => (
          <Select {...ids} value={page.id} onChange={(event) => setChosen(event.target.value)}>
            {pages.map(({ id, title }) => (
              <option key={id} value={id}>
                {plainText(title, 80)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {mode === 'manual' ? null : (
        <Callout tone="maintenance" icon={<Info />} title="The page shows the incident by itself">
          {mode === 'auto' ? 'It appeared when it was confirmed.' : 'It appears when it has lasted long enough.'} A report says more in your
          words.
        </Callout>
      )}
      <ReportForm
        key={page.id}
        page={page}
        start={startOf(incident, page)}
        onDone={(report) => {
          onDone();
          toast.success(report.published ? 'Published. Subscribers are told.' : 'Kept as a draft.', {
            action: { label: 'Show it', onClick: () => router.push(`/status-pages/${page.id}?tab=reports`) },
          });
        }}
      />
    </div>
  );
}

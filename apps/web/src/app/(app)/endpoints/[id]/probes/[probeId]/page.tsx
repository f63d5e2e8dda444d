import { address } from '@rollcall/client';
import { Card, CardHeader, Empty, formatLatency, plainText, StatusPill, statusOfVerdict, Waterfall } from '@rollcall/ui';
import { FileX2 } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { CauseCard } from '#web/components/cause/cause-card.tsx';
import { ClientVerdicts } from '#web/components/cause/client-verdicts.tsx';
import { Findings } from '#web/components/cause/findings.tsx';
import { Time } from '#web/components/clock.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { Transcript } from '#web/components/report/transcript.tsx';
import { apiGet } from '#web/lib/api-server.ts';

export const metadata: Metadata = { title: 'Probe' };

export default async function ProbePage({ params }: { params: Promise<{ id: string; probeId: string }> }) {
  const { id, probeId } = await params;
  const [endpoint, probe] = await Promise.all([
    apiGet(address('/endpoints/{id}', { path: { id } })),
    // Next hands the segment over still encoded.
    apiGet(address('/endpoints/{id}/probes/{probeId}', { path: { id, probeId: decodeURIComponent(probeId) } })),
  ]);
  return (
    <>
      <PageHeader
        back={
          <Link href={`/endpoints/${endpoint.id}?tab=probes`} className="foreign line-clamp-1 text-muted hover:text-ink hover:underline">
            {plainText(endpoint.name, 80)}
          </Link>
        }
        title={
          <>
            Probe of <Time at={probe.startedAt} as="full" />
          </>
        }
        lead={`${formatLatency(probe.durationMs)} from region ${probe.region}${probe.kind === 'recheck' ? ', to confirm a change' : ''}`}
        actions={<StatusPill status={statusOfVerdict(probe.verdict)} />}
      />
      <div className="flex flex-col gap-6">
        <Card aria-labelledby="steps-heading">
          <CardHeader id="steps-heading" title="Steps" />
          <div className="px-4 py-4">
            <Waterfall steps={probe.steps} />
          </div>
        </Card>
        {probe.causeDetail === null ? null : <CauseCard cause={probe.causeDetail} />}
        <Findings findings={probe.findings} />
        {probe.clients === undefined || probe.clients.length === 0 ? null : (
          <Card aria-labelledby="clients-heading">
            <CardHeader id="clients-heading" title="Clients" />
            <div className="px-4 py-1">
              <ClientVerdicts clients={probe.clients} />
            </div>
          </Card>
        )}
        {probe.exchanges === null ? (
          <Card>
            <Empty icon={<FileX2 aria-hidden className="size-5" />} title="No transcript was kept">
              Transcripts are kept for failures, for changes and for one probe a day. Run a probe now to see one.
            </Empty>
          </Card>
        ) : (
          <Transcript exchanges={probe.exchanges} />
        )}
      </div>
    </>
  );
}

'use client';
import { address } from '@rollcall/client';
import type { Endpoint, Incident, IncidentDetail, Page, Probe, ProbeDetail, Report, Stats, Uptime } from '@rollcall/contracts';
import { Button, Callout, Card, CardHeader, plainText, Waterfall } from '@rollcall/ui';
import { Siren } from 'lucide-react';
import Link from 'next/link';
import { CauseCard } from '#web/components/cause/cause-card.tsx';
import { ClientVerdicts } from '#web/components/cause/client-verdicts.tsx';
import { Findings } from '#web/components/cause/findings.tsx';
import { Time } from '#web/components/clock.tsx';
import { ReportView } from '#web/components/report/report-view.tsx';
import { useLive } from '#web/lib/use-live.ts';
import { Facts } from './facts.tsx';
import { DaysCard, LatencyCard } from './history.tsx';
import { useNewestProbe, useOpenIncident, verdictsOf } from './use-newest-probe.ts';

export interface OverviewProps {
  endpoint: Endpoint;
  stats: Stats;
  uptime: Uptime;
  probes: Page<Probe>;
  incident: IncidentDetail | null;
  /** The answer of "Run now", shown until it is closed. */
  report: Report | null;
  onCloseReport: () => void;
}

export function EndpointOverview({ endpoint, stats, uptime, probes, incident: initialIncident, report, onCloseReport }: OverviewProps) {
  const { latest, detail } = useNewestProbe(endpoint.id, probes);
  const incident = useOpenIncident(endpoint, initialIncident);
  const { data: windows = uptime } = useLive(address('/endpoints/{id}/uptime', { path: { id: endpoint.id } }), uptime, {
    everyMs: 30_000,
  });
  if (report !== null) return <FreshReport report={report} onClose={onCloseReport} />;
  const cause = incident?.cause ?? detail?.causeDetail ?? null;
  return (
    <div className="flex flex-col gap-6">
      {incident === undefined ? null : <OpenIncident incident={incident} />}
      <Facts endpoint={endpoint} uptime={windows} />
      {cause === null ? null : <CauseCard cause={cause} />}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,340px)]">
        <LatencyCard endpointId={endpoint.id} initial={stats} intervalSeconds={endpoint.intervalSeconds} />
        <div className="flex min-w-0 flex-col gap-6">
          {latest === undefined ? null : <NewestProbe probe={latest} />}
          <Clients detail={detail} incident={incident} />
        </div>
      </div>
      <DaysCard days={windows.days} />
      <Findings findings={detail?.findings ?? []} />
    </div>
  );
}

function FreshReport({ report, onClose }: { report: Report; onClose: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Callout
        tone="maintenance"
        title="Result of the probe you just ran"
        action={
          <Button size="sm" onClick={onClose}>
            Back to the overview
          </Button>
        }
      >
        It is evidence for you; the status changes only by confirmed, scheduled probes.
      </Callout>
      <ReportView report={report} />
    </div>
  );
}

function OpenIncident({ incident }: { incident: Incident }) {
  return (
    <Callout
      tone={incident.severity === 'degraded' ? 'degraded' : 'down'}
      icon={<Siren />}
      title={
        incident.acknowledgedAt === null
          ? 'Open incident, not acknowledged'
          : `Open incident, acknowledged by ${plainText(incident.acknowledgedBy ?? 'someone', 80)}`
      }
      action={
        <Button size="sm" asChild>
          <Link href={`/incidents/${incident.id}`}>Go to the incident</Link>
        </Button>
      }
    >
      Failing since <Time at={incident.openedAt} as="short" />, the first failing probe.
    </Callout>
  );
}

function NewestProbe({ probe }: { probe: Probe }) {
  return (
    <Card aria-labelledby="newest-heading">
      <CardHeader
        id="newest-heading"
        title="Newest probe"
        hint={<Time at={probe.startedAt} />}
        actions={
          <Link
            href={`/endpoints/${probe.endpointId}/probes/${encodeURIComponent(probe.id)}`}
            className="text-muted text-xs hover:text-ink hover:underline"
          >
            Transcript
          </Link>
        }
      />
      <div className="px-4 py-4">
        <Waterfall steps={probe.steps} />
      </div>
    </Card>
  );
}

function Clients({ detail, incident }: { detail: ProbeDetail | undefined; incident: Incident | undefined }) {
  const clients = verdictsOf(detail, incident);
  return (
    <Card aria-labelledby="clients-heading">
      <CardHeader id="clients-heading" title="Clients" hint="who can connect" />
      {clients.length === 0 ? (
        <p className="px-4 py-5 text-muted text-sm">The newest probe's facts were not kept. Run a probe now to have every client judged.</p>
      ) : (
        <div className="px-4 py-1">
          <ClientVerdicts clients={clients} />
        </div>
      )}
    </Card>
  );
}

'use client';
import type { Endpoint, Incident, Page, Probe, ProbeDetail, Report, Stats } from '@rollcall/contracts';
import { Button, Callout, Card, CardHeader, formatInterval, formatLatency, formatUptime, plainText, Waterfall } from '@rollcall/ui';
import { Siren } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CauseCard } from '#web/components/cause/cause-card.tsx';
import { ClientVerdicts } from '#web/components/cause/client-verdicts.tsx';
import { Findings } from '#web/components/cause/findings.tsx';
import { Time } from '#web/components/clock.tsx';
import { ReportView } from '#web/components/report/report-view.tsx';
import { History } from './history.tsx';
import { useNewestProbe, useOpenIncident, verdictsOf } from './use-newest-probe.ts';

export interface OverviewProps {
  endpoint: Endpoint;
  stats: Stats;
  probes: Page<Probe>;
  incident: Incident | null;
  /** The answer of "Run now", shown until it is closed. */
  report: Report | null;
  onCloseReport: () => void;
}

export function EndpointOverview({ endpoint, stats, probes, incident: initialIncident, report, onCloseReport }: OverviewProps) {
  const { latest, detail } = useNewestProbe(endpoint.id, probes);
  const incident = useOpenIncident(endpoint, initialIncident);
  if (report !== null) return <FreshReport report={report} onClose={onCloseReport} />;
  const cause = incident?.cause ?? detail?.causeDetail ?? null;
  return (
    <div className="flex flex-col gap-6">
      <Facts endpoint={endpoint} stats={stats} />
      {incident === undefined ? null : <OpenIncident incident={incident} />}
      {cause === null ? null : <CauseCard cause={cause} />}
      <History endpointId={endpoint.id} initial={stats} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {latest === undefined ? null : <NewestProbe probe={latest} />}
        <Clients detail={detail} incident={incident} />
      </div>
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

function Facts({ endpoint, stats }: { endpoint: Endpoint; stats: Stats }) {
  const { state } = endpoint;
  const facts: [string, ReactNode][] = [
    ['Uptime 24h', formatUptime(stats.uptime)],
    ['Latency', state.latencyMs === null ? '–' : formatLatency(state.latencyMs)],
    ['Tools', state.toolCount ?? '–'],
    ['Last probe', state.lastProbeAt === null ? 'not yet' : <Time key="last" at={state.lastProbeAt} />],
    ['Next probe', state.nextProbeAt === null ? '–' : <Time key="next" at={state.nextProbeAt} />],
    ['Interval', formatInterval(endpoint.intervalSeconds)],
    [
      'Protocol',
      [state.transport === 'sse' ? 'HTTP+SSE' : state.transport === null ? null : 'Streamable HTTP', state.protocolVersion]
        .filter(Boolean)
        .join(' ') || '–',
    ],
    ['Server', state.server === null ? '–' : `${plainText(state.server.name, 80)} ${plainText(state.server.version, 40)}`],
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border bg-line shadow-card sm:grid-cols-4">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0 bg-surface px-4 py-3">
          <dt className="text-faint text-xs">{name}</dt>
          <dd className="foreign mt-0.5 line-clamp-2 font-medium text-sm tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
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

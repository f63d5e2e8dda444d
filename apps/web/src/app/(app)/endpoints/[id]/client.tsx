'use client';
import { address } from '@rollcall/client';
import type { Endpoint, IncidentDetail, Page, Probe, Report, Stats, Uptime } from '@rollcall/contracts';
import { Chip, CopyButton, cn, plainText, Skeleton, StatusPill } from '@rollcall/ui';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Time } from '#web/components/clock.tsx';
import { EndpointActions } from '#web/components/endpoint/endpoint-actions.tsx';
import { EndpointIncidents } from '#web/components/endpoint/endpoint-incidents.tsx';
import { EndpointOverview } from '#web/components/endpoint/endpoint-overview.tsx';
import { ProbeList } from '#web/components/endpoint/probe-list.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useLive } from '#web/lib/use-live.ts';

const TABS = ['overview', 'probes', 'tools', 'clients', 'incidents', 'settings'] as const;

// What the first paint does not show comes when it is asked for.
const loading = () => <Skeleton className="h-72" />;
const ToolsTab = dynamic(() => import('#web/components/endpoint/tools-tab.tsx').then((part) => part.ToolsTab), { loading });
const ClientsTab = dynamic(() => import('#web/components/endpoint/clients-tab.tsx').then((part) => part.ClientsTab), { loading });
const EndpointSettings = dynamic(
  () => import('#web/components/endpoint/settings/endpoint-settings.tsx').then((part) => part.EndpointSettings),
  { loading },
);

export interface EndpointPageData {
  initial: Endpoint;
  stats: Stats;
  uptime: Uptime;
  probes: Page<Probe>;
  incident: IncidentDetail | null;
  /** Of the cause catalogue, for the settings. */
  codes: string[];
}

export function EndpointClient({ initial, stats, uptime, probes, incident, codes }: EndpointPageData) {
  const { data: endpoint = initial } = useLive(address('/endpoints/{id}', { path: { id: initial.id } }), initial);
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('overview').withOptions({ history: 'push' }));
  const [report, setReport] = useState<Report | null>(null);
  const showReport = (fresh: Report) => {
    setReport(fresh);
    void setTab('overview');
  };
  return (
    <>
      <PageHeader
        back={
          <Link href="/endpoints" className="text-muted hover:text-ink hover:underline">
            Endpoints
          </Link>
        }
        title={plainText(endpoint.name, 200)}
        lead={<Lead endpoint={endpoint} />}
        actions={<EndpointActions endpoint={endpoint} onReport={showReport} />}
      />
      <nav aria-label="Endpoint" className="mb-6 flex gap-1 overflow-x-auto border-b">
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={tab === name ? 'page' : undefined}
            onClick={() => setTab(name)}
            className={cn(
              'border-transparent border-b-2 px-2.5 py-2 text-muted text-sm capitalize -outline-offset-2 hover:text-ink',
              tab === name && 'border-ink font-medium text-ink',
            )}
          >
            {name}
          </button>
        ))}
      </nav>
      {tab === 'overview' ? (
        <EndpointOverview
          endpoint={endpoint}
          stats={stats}
          uptime={uptime}
          probes={probes}
          incident={incident}
          report={report}
          onCloseReport={() => setReport(null)}
        />
      ) : null}
      {tab === 'probes' ? <ProbeList endpointId={endpoint.id} initial={probes} /> : null}
      {tab === 'tools' ? <ToolsTab endpoint={endpoint} /> : null}
      {tab === 'clients' ? <ClientsTab endpoint={endpoint} probes={probes} incident={incident} /> : null}
      {tab === 'incidents' ? <EndpointIncidents endpointId={endpoint.id} /> : null}
      {tab === 'settings' ? <EndpointSettings endpoint={endpoint} codes={codes} /> : null}
    </>
  );
}

function Lead({ endpoint }: { endpoint: Endpoint }) {
  return (
    <div className="mt-1.5 flex flex-col gap-2">
      <div className="flex min-w-0 items-center gap-1">
        <span className="foreign truncate font-mono text-xs">{plainText(endpoint.url, 400)}</span>
        <CopyButton text={endpoint.url} label="Copy the URL" iconOnly />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <span aria-live="polite">
          <StatusPill status={endpoint.state.status} />
        </span>
        <span className="text-muted text-xs">
          since <Time at={endpoint.state.since} as="short" />
        </span>
        {endpoint.demo ? <Chip>demonstration</Chip> : null}
        {endpoint.tags.map((tag) => (
          <Chip key={tag} className="max-w-48">
            <span className="truncate">{tag}</span>
          </Chip>
        ))}
      </div>
    </div>
  );
}

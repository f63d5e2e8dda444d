'use client';
import { address } from '@rollcall/client';
import type { Overview } from '@rollcall/contracts';
import {
  Button,
  Card,
  CardHeader,
  cn,
  Empty,
  formatCount,
  formatLatency,
  plainText,
  STATUS_LABEL,
  STATUS_MEANING,
  STATUS_ORDER,
  StatusMark,
} from '@rollcall/ui';
import { CircleCheckBig, Server } from 'lucide-react';
import Link from 'next/link';
import { Time } from '#web/components/clock.tsx';
import { IncidentList } from '#web/components/incident-list.tsx';
import { WaitingRows } from '#web/components/waiting-rows.tsx';
import { useLive } from '#web/lib/use-live.ts';
import { useSteadyRows } from '#web/lib/use-steady-rows.ts';
import { Certificates, Drift } from './watch-lists.tsx';

export function OverviewClient({ initial }: { initial: Overview }) {
  const { data = initial } = useLive(address('/overview'), initial);
  const total = Object.values(data.counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return <FirstEndpoint />;
  return (
    <>
      <Counts counts={data.counts} />
      <OpenIncidents incidents={data.openIncidents} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <RecentChanges changes={data.recentChanges} />
        <Slowest rows={data.slowest} />
        <Drift changes={data.toolChanges} />
        <Certificates rows={data.certificates} />
      </div>
    </>
  );
}

function FirstEndpoint() {
  return (
    <Card>
      <Empty
        icon={<Server aria-hidden className="size-5" />}
        title="Nothing is monitored yet"
        action={
          <Button asChild variant="primary">
            <Link href="/endpoints/new">Add an endpoint</Link>
          </Button>
        }
      >
        Paste the URL of an MCP server and see in seconds whether clients can use it, and if not, why.
      </Empty>
    </Card>
  );
}

function Counts({ counts }: { counts: Overview['counts'] }) {
  return (
    <nav aria-label="Endpoints by status">
      <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-card border bg-line shadow-card sm:grid-cols-4">
        {STATUS_ORDER.map((status) => {
          const count = counts[status] ?? 0;
          return (
            <li key={status} className="bg-surface">
              <Link
                prefetch={false}
                href={`/endpoints?status=${status}`}
                title={STATUS_MEANING[status]}
                className="flex flex-col gap-1 px-4 py-3 -outline-offset-2 hover:bg-hover"
              >
                <span className="flex items-center gap-1.5 text-muted text-sm">
                  <StatusMark status={status} className={cn(count === 0 && 'opacity-45')} />
                  {STATUS_LABEL[status]}
                </span>
                <span className={cn('font-semibold text-xl tabular-nums tracking-tight', count === 0 && 'text-faint')}>
                  {formatCount(count)}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function OpenIncidents({ incidents }: { incidents: Overview['openIncidents'] }) {
  const { rows, waiting, show } = useSteadyRows(incidents, ({ id }) => id, 'open');
  return (
    <Card aria-labelledby="open-incidents">
      <CardHeader
        id="open-incidents"
        title="Open incidents"
        {...(incidents.length === 0 ? {} : { hint: formatCount(incidents.length) })}
        actions={
          <>
            <WaitingRows waiting={waiting} noun="incident" show={show} />
            <Link href="/incidents" className="text-muted text-xs hover:text-ink hover:underline">
              All incidents
            </Link>
          </>
        }
      />
      {rows.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-5 text-muted text-sm">
          <CircleCheckBig aria-hidden className="size-4 text-up" />
          No open incidents. Every confirmed failure would be listed here first.
        </p>
      ) : (
        <IncidentList incidents={rows} />
      )}
    </Card>
  );
}

const CHANGE_WORD = {
  opened: 'Failed',
  resolved: 'Recovered',
  cause_changed: 'Cause changed',
  severity_changed: 'Severity changed',
} as const;

const changeId = ({ incidentId, type, at }: Overview['recentChanges'][number]) => `${incidentId}${type}${at}`;

function RecentChanges({ changes: fresh }: { changes: Overview['recentChanges'] }) {
  const { rows: changes } = useSteadyRows(fresh, changeId, 'changes');
  return (
    <Card aria-labelledby="recent-changes">
      <CardHeader id="recent-changes" title="Changes in 24 hours" />
      {changes.length === 0 ? (
        <p className="px-4 py-5 text-muted text-sm">Nothing changed.</p>
      ) : (
        <ul className="divide-y">
          {changes.map((change) => (
            <li key={changeId(change)} className="relative flex items-start gap-3 px-4 py-2.5 hover:bg-hover">
              <StatusMark
                status={change.type === 'resolved' ? 'up' : change.cause.severity === 'degraded' ? 'degraded' : 'down'}
                className="mt-[3px]"
              />
              <div className="min-w-0 flex-1 text-sm">
                <Link
                  prefetch={false}
                  href={`/incidents/${change.incidentId}`}
                  className="foreign line-clamp-1 font-medium after:absolute after:inset-0"
                >
                  {plainText(change.endpoint.name, 80)}
                </Link>
                <p className="foreign line-clamp-1 text-muted">
                  {CHANGE_WORD[change.type]}: {change.cause.title}
                </p>
              </div>
              <Time at={change.at} className="shrink-0 text-faint text-xs leading-5" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Slowest({ rows: fresh }: { rows: Overview['slowest'] }) {
  const { rows } = useSteadyRows(fresh, ({ endpoint }) => endpoint.id, 'slowest');
  const longest = Math.max(1, ...rows.map((row) => row.latencyMs));
  return (
    <Card aria-labelledby="slowest">
      <CardHeader id="slowest" title="Slowest now" hint="newest probe, whole handshake" />
      {rows.length === 0 ? (
        <p className="px-4 py-5 text-muted text-sm">No latency measured yet.</p>
      ) : (
        <ul className="divide-y">
          {rows.map((row) => (
            <li key={row.endpoint.id} className="relative px-4 py-2.5 text-sm hover:bg-hover">
              <div className="flex items-center gap-3">
                <StatusMark status={row.status} />
                <Link
                  href={`/endpoints/${row.endpoint.id}`}
                  className="foreign line-clamp-1 flex-1 font-medium after:absolute after:inset-0"
                >
                  {plainText(row.endpoint.name, 80)}
                </Link>
                <span className="shrink-0 font-mono text-muted text-xs tabular-nums">{formatLatency(row.latencyMs)}</span>
              </div>
              <div aria-hidden className="mt-2 ml-6.5 h-1 rounded-full bg-sunken">
                <div className="h-1 rounded-full bg-accent/60" style={{ width: `${Math.max(2, (row.latencyMs / longest) * 100)}%` }} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

'use client';
import type { Endpoint, Uptime } from '@rollcall/contracts';
import { formatDuration, formatInterval, formatLatency, formatUnmeasured, formatUptime, plainText, plural } from '@rollcall/ui';
import type { ReactNode } from 'react';
import { Time } from '#web/components/clock.tsx';
import { WINDOW_MS } from './latency/series.ts';

const NAMES: Readonly<Record<Uptime['windows'][number]['window'], string>> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
};

/** The uptime of every window beside what is known of the endpoint now. */
export function Facts({ endpoint, uptime }: { endpoint: Endpoint; uptime: Uptime }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border bg-line shadow-card sm:grid-cols-4">
      {uptime.windows.map((figures) => (
        <UptimeFigure key={figures.window} figures={figures} />
      ))}
      {factsOf(endpoint).map(([name, value]) => (
        <div key={name} className="min-w-0 bg-surface px-4 py-2.5">
          <dt className="text-faint text-xs">{name}</dt>
          <dd className="foreign line-clamp-2 font-medium text-sm tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Uptime is worth what was measured: the share that was not stands beside it. */
function UptimeFigure({ figures }: { figures: Uptime['windows'][number] }) {
  const { window, uptime, downSeconds, measuredSeconds, maintenanceSeconds } = figures;
  const unmeasured = 1 - (measuredSeconds * 1000) / WINDOW_MS[window];
  return (
    <div className="min-w-0 bg-surface px-4 py-3">
      <dt className="text-faint text-xs">Uptime, {NAMES[window]}</dt>
      <dd className="tabular-nums">
        <span className="block font-semibold text-xl tracking-tight">{formatUptime(uptime)}</span>
        <span className="block text-muted text-xs">
          {uptime === null ? 'nothing to judge by' : downSeconds > 0 ? `down for ${formatDuration(downSeconds * 1000)}` : 'no downtime'}
        </span>
        <span className="block text-faint text-xs">{formatUnmeasured(unmeasured)}</span>
        {maintenanceSeconds > 0 ? (
          <span className="block text-faint text-xs">{formatDuration(maintenanceSeconds * 1000)} maintenance</span>
        ) : null}
      </dd>
    </div>
  );
}

function factsOf({ state, intervalSeconds }: Endpoint): [string, ReactNode][] {
  const transport = state.transport === 'sse' ? 'HTTP+SSE' : state.transport === null ? null : 'Streamable HTTP';
  return [
    ['Latency', state.latencyMs === null ? '–' : formatLatency(state.latencyMs)],
    ['Tools', state.toolCount ?? '–'],
    ['Last probe', state.lastProbeAt === null ? 'not yet' : <Time key="last" at={state.lastProbeAt} />],
    ['Next probe', state.nextProbeAt === null ? '–' : <Time key="next" at={state.nextProbeAt} />],
    ['Interval', formatInterval(intervalSeconds)],
    ['Protocol', [transport, state.protocolVersion].filter(Boolean).join(' ') || '–'],
    ['Server', state.server === null ? '–' : `${plainText(state.server.name, 80)} ${plainText(state.server.version, 40)}`],
    ['Certificate', state.certificate === null ? '–' : certificateWords(state.certificate.daysLeft)],
  ];
}

function certificateWords(daysLeft: number): string {
  return daysLeft < 0 ? `ended ${plural(-daysLeft, 'day')} ago` : `${plural(daysLeft, 'day')} left`;
}

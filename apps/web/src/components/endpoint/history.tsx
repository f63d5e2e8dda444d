'use client';
import { address } from '@rollcall/client';
import type { Stats, Uptime } from '@rollcall/contracts';
import { STATS_WINDOWS } from '@rollcall/core';
import { Card, CardHeader, cn, Skeleton, UptimeBars } from '@rollcall/ui';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useLive } from '#web/lib/use-live.ts';

// The plotting library comes after the figures; its place is kept.
const LatencyChart = dynamic(() => import('./latency/latency-chart.tsx').then((part) => part.LatencyChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[306px]" />,
});

/** Latency over a window of the reader's choice, which is in the address. */
export function LatencyCard({ endpointId, initial, intervalSeconds }: { endpointId: string; initial: Stats; intervalSeconds: number }) {
  const [window, setWindow] = useQueryState('window', parseAsStringLiteral(STATS_WINDOWS).withDefault('24h'));
  const asked = address('/endpoints/{id}/stats', { path: { id: endpointId }, query: { window } });
  const { data = initial } = useLive(asked, window === initial.window ? initial : undefined, { everyMs: 30_000 });
  return (
    <Card aria-labelledby="latency-heading" className="min-w-0">
      <CardHeader
        id="latency-heading"
        title="Latency"
        hint="whole handshake with the tool list"
        actions={<WindowPicker value={window} onChange={(next) => void setWindow(next)} />}
      />
      <div className="px-4 pt-3 pb-2">
        {data.series.length > 0 ? (
          <LatencyChart stats={data} intervalSeconds={intervalSeconds} />
        ) : (
          <p className="grid h-[306px] place-items-center text-muted text-sm">No latency measured in this window.</p>
        )}
      </div>
    </Card>
  );
}

export function DaysCard({ days }: { days: Uptime['days'] }) {
  return (
    <Card aria-labelledby="days-heading">
      <CardHeader id="days-heading" title="Uptime by day" hint="UTC days, the last 90" />
      <div className="px-4 pt-4 pb-3">
        {days.length === 0 ? null : <UptimeBars days={days.slice(-90)} label="Uptime by day, last 90 days" />}
      </div>
    </Card>
  );
}

function WindowPicker({ value, onChange }: { value: Stats['window']; onChange: (window: Stats['window']) => void }) {
  return (
    <fieldset className="flex rounded-control bg-sunken p-0.5">
      <legend className="sr-only">Window</legend>
      {STATS_WINDOWS.map((window) => (
        <label
          key={window}
          className={cn(
            'flex h-6 min-w-9 cursor-pointer items-center justify-center rounded-[5px] px-2 text-muted text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent',
            value === window && 'bg-surface font-medium text-ink shadow-card',
          )}
        >
          <input type="radio" name="window" className="sr-only" checked={value === window} onChange={() => onChange(window)} />
          {window}
        </label>
      ))}
    </fieldset>
  );
}

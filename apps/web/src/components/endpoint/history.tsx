'use client';
import type { Stats } from '@rollcall/contracts';
import { STATS_WINDOWS } from '@rollcall/core';
import { Card, CardHeader, cn, formatDuration, formatUptime, UptimeBars } from '@rollcall/ui';
import { useState } from 'react';
import { useLive } from '#web/lib/use-live.ts';
import { LatencyChart } from './latency-chart.tsx';

/** Latency and uptime over a window of the reader's choice. */
export function History({ endpointId, initial }: { endpointId: string; initial: Stats }) {
  const [window, setWindow] = useState<Stats['window']>(initial.window);
  const path = `/endpoints/${endpointId}/stats?window=${window}`;
  const { data = initial } = useLive<Stats>(path, window === initial.window ? initial : undefined, { everyMs: 30_000 });
  const { data: quarter } = useLive<Stats>(`/endpoints/${endpointId}/stats?window=90d`, undefined, { everyMs: 300_000 });
  return (
    <Card aria-labelledby="history-heading">
      <CardHeader
        id="history-heading"
        title="Latency"
        hint="whole handshake with the tool list"
        actions={<WindowPicker value={window} onChange={setWindow} />}
      />
      <div className="px-4 py-4">
        {data.series.some((point) => point.p50 !== null) ? (
          <LatencyChart stats={data} />
        ) : (
          <p className="grid h-[226px] place-items-center text-muted text-sm">No latency measured in this window.</p>
        )}
      </div>
      <div className="border-t px-4 py-4">
        <div className="mb-3 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
          <span className="font-medium">Uptime</span>
          <span className="text-muted">
            {formatUptime(data.uptime)} over {data.window}
            {data.downSeconds > 0 ? `, down for ${formatDuration(data.downSeconds * 1000)}` : ''}
          </span>
        </div>
        <div className="min-h-[63px]">
          {quarter === undefined || quarter.days.length === 0 ? null : (
            <UptimeBars days={quarter.days.slice(-90)} label="Uptime by day, last 90 days" />
          )}
        </div>
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

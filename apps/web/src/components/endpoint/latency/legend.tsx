import type { Stats } from '@rollcall/contracts';
import { cn } from '@rollcall/ui';
import type { ReactNode } from 'react';
import { LINES, type Line, type Place, say } from './series.ts';

const MARK: Readonly<Record<Line['key'], string>> = {
  p50: 'h-0 border-t-2 border-accent',
  p95: 'h-0 border-t-[1.5px] border-muted',
  p99: 'h-0 border-t-[1.5px] border-faint border-dashed',
};

/** What each line and shade is, with its figure: of the point under the pointer, else of the window. A click hides a line. */
export function ChartLegend({
  stats,
  point,
  hidden,
  onToggle,
}: {
  stats: Stats;
  point: Place | undefined;
  hidden: ReadonlySet<Line['key']>;
  onToggle: (key: Line['key']) => void;
}) {
  const has = (test: (band: Stats['bands'][number]) => boolean) => stats.bands.some(test);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
      {LINES.map(({ key, name }) => (
        <button
          key={key}
          type="button"
          aria-pressed={!hidden.has(key)}
          onClick={() => onToggle(key)}
          className={cn(
            '-mx-1 inline-flex min-h-6 items-center gap-1.5 rounded-[5px] px-1 hover:bg-hover',
            hidden.has(key) && 'line-through',
          )}
        >
          <span aria-hidden className={cn('w-3.5', MARK[key])} />
          {name}
          <span className="min-w-12 text-left text-ink tabular-nums">{say((point ?? stats.latencyMs)[key])}</span>
        </button>
      ))}
      {has(({ incident }) => incident !== null && incident.severity !== 'degraded') ? (
        <Shade className="border-down border-t-[3px] bg-down/15">Incident</Shade>
      ) : null}
      {has(({ incident }) => incident?.severity === 'degraded') ? (
        <Shade className="border-degraded border-t-[3px] bg-degraded/15">Degraded</Shade>
      ) : null}
      {has(({ kind }) => kind === 'maintenance') ? (
        <Shade className="bg-[repeating-linear-gradient(135deg,var(--maintenance)_0_1px,transparent_1px_4px)] opacity-70">
          Maintenance
        </Shade>
      ) : null}
      {stats.series.some(({ failures }) => failures > 0) ? (
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="h-2 w-0.5 bg-down" />
          Failed probes
        </span>
      ) : null}
    </div>
  );
}

function Shade({ className, children }: { className: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={cn('h-3 w-3.5 rounded-[2px]', className)} />
      {children}
    </span>
  );
}

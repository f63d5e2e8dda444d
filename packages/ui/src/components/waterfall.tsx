import { cn } from '../cn.ts';
import { formatLatency } from '../format.ts';

export interface WaterfallStep {
  name: string;
  ms: number;
  ok: boolean;
}

/** The steps of one probe on one time axis, one after another. */
export function Waterfall({ steps, className }: { steps: WaterfallStep[]; className?: string }) {
  const totalMs = Math.max(
    1,
    steps.reduce((sum, step) => sum + step.ms, 0),
  );
  let startMs = 0;
  return (
    <ol className={cn('flex flex-col gap-px', className)} aria-label="Steps of the probe">
      {steps.map((step, index) => {
        const left = (startMs / totalMs) * 100;
        startMs += step.ms;
        const width = Math.max((step.ms / totalMs) * 100, 0.6);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step may repeat (tools/list pages) and the list never reorders
          <li key={index} className="grid grid-cols-[minmax(72px,132px)_1fr_64px] items-center gap-3 text-xs">
            <span className={cn('foreign truncate font-mono', step.ok ? 'text-muted' : 'font-medium text-down')} title={step.name}>
              {step.ok ? '' : '✕ '}
              {step.name}
              {step.ok ? null : <span className="sr-only"> failed</span>}
            </span>
            <span aria-hidden className="relative h-5 bg-[linear-gradient(90deg,var(--line)_1px,transparent_1px)] bg-[length:25%_100%]">
              <span
                className={cn('absolute top-1 h-3 rounded-[3px]', step.ok ? 'bg-accent/55' : 'bg-down')}
                style={{ left: `${Math.min(left, 99.4)}%`, width: `${Math.min(width, 100 - Math.min(left, 99.4))}%` }}
              />
            </span>
            <span className="text-right font-mono text-muted tabular-nums">{formatLatency(step.ms)}</span>
          </li>
        );
      })}
    </ol>
  );
}

'use client';
import type { EndpointStatus } from '@rollcall/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { formatDay, formatDuration, formatUptime } from '../format.ts';
import { STATUS_LABEL, TONE_FILL, toneOf } from '../status.ts';

export interface UptimeDay {
  date: string;
  uptime: number | null;
  worst: EndpointStatus;
  downSeconds: number;
}

/** One day in words: the tooltip, and what a screen reader hears. */
function describeDay(day: UptimeDay): string {
  if (day.uptime === null) return `${formatDay(day.date)}: no data`;
  const down = day.downSeconds > 0 ? `, down for ${formatDuration(day.downSeconds * 1000)}` : '';
  return `${formatDay(day.date)}: ${formatUptime(day.uptime)} up${down}, worst ${STATUS_LABEL[day.worst].toLowerCase()}`;
}

/** One bar a day. A toolbar: Tab reaches it, the arrow keys walk the days, the line below says the day in words. */
export function UptimeBars({ days, label }: { days: UptimeDay[]; label: string }) {
  const [shown, setShown] = useState<number | null>(null);
  const [focusable, setFocusable] = useState(days.length - 1);
  const bar = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowLeft: focusable - 1, ArrowRight: focusable + 1, Home: 0, End: days.length - 1 };
    const wanted = moves[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(wanted, 0), days.length - 1);
    setFocusable(next);
    (bar.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  const day = shown === null ? undefined : days[shown];
  return (
    <div>
      <div ref={bar} role="toolbar" aria-label={label} onKeyDown={onKeyDown} className="flex h-9 items-stretch gap-px sm:gap-0.5">
        {days.map((entry, index) => (
          <button
            key={entry.date}
            type="button"
            tabIndex={index === focusable ? 0 : -1}
            aria-label={describeDay(entry)}
            onFocus={() => setShown(index)}
            onBlur={() => setShown(null)}
            onMouseEnter={() => setShown(index)}
            onMouseLeave={() => setShown(null)}
            className={cn(
              'relative flex min-w-0 max-w-3 flex-1 items-end rounded-[2px] hover:opacity-70',
              entry.uptime === null && 'bg-[repeating-linear-gradient(135deg,var(--line-strong)_0_2px,transparent_2px_4px)]',
            )}
          >
            {entry.uptime === null ? null : (
              // A bad day is a shorter bar as well as another colour.
              <span className={cn('w-full rounded-[2px]', TONE_FILL[toneOf(entry.worst)], heightOf(entry))} />
            )}
          </button>
        ))}
      </div>
      <div className="mt-1.5 flex h-5 justify-between gap-2 text-faint text-xs">
        {day === undefined ? (
          <>
            <span>{days.length} days ago</span>
            <span>Today</span>
          </>
        ) : (
          <span aria-hidden className="truncate text-muted">
            {describeDay(day)}
          </span>
        )}
      </div>
    </div>
  );
}

function heightOf(day: UptimeDay): string {
  switch (toneOf(day.worst)) {
    case 'down':
      return 'h-1/2';
    case 'degraded':
      return 'h-3/4';
    default:
      return 'h-full';
  }
}

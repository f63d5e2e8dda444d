'use client';
import type { LiveEvent } from '@rollcall/contracts';
import { cn } from '@rollcall/ui';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type LiveState, openEventSource } from '#web/lib/event-source.ts';
import { touches } from '#web/lib/touches.ts';

const LiveContext = createContext<LiveState>('reconnecting');
/** Between two rounds of asking anew, however much changes. */
const ROUND_MS = 1000;
/** A connection that comes back within this time is not spoken of. */
const SPEAK_AFTER_MS = 5000;

/** Asks anew for what is shown and may have changed: round by round, so that no answer is overtaken and none is missed. */
function createRefresher(queries: QueryClient): (event: LiveEvent) => void {
  let waiting: LiveEvent[] = [];
  let busy = false;
  const rounds = async () => {
    busy = true;
    while (waiting.length > 0) {
      const events = waiting;
      waiting = [];
      await queries.invalidateQueries({
        predicate: ({ queryKey: [path] }) => typeof path === 'string' && events.some((event) => touches(event, path)),
      });
      await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
    }
    busy = false;
  };
  return (event) => {
    waiting.push(event);
    if (!busy) void rounds();
  };
}

/** Whether changes are heard as they happen; else what is shown is asked for every few seconds. */
export function useIsLive(): boolean {
  return useContext(LiveContext) === 'live';
}

/** One event stream for the tab, shared by all that is shown. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => openEventSource({ onEvent: createRefresher(queries), onState: setState }), [queries]);
  return <LiveContext value={state}>{children}</LiveContext>;
}

const WORDS: Record<LiveState, { label: string; title: string }> = {
  connecting: { label: 'Connecting', title: 'Changes will show as they happen' },
  live: { label: 'Live', title: 'Changes show as they happen' },
  reconnecting: { label: 'Reconnecting', title: 'Changes are not heard at the moment; the page is refreshed every 5 seconds' },
  paused: { label: 'Paused', title: 'Nobody looked at this tab for a while; it goes on when it is seen' },
};

/** A disc, a ring, two bars: told apart without colour. The width is the same for all. */
export function LiveMark({ className }: { className?: string }) {
  const state = useContext(LiveContext);
  const { label, title } = WORDS[state];
  return (
    <span title={title} data-live={state} className={cn('inline-flex w-28 items-center gap-1.5 text-faint text-xs', className)}>
      <svg aria-hidden viewBox="0 0 10 10" className={cn('size-2.5 shrink-0', state === 'live' ? 'text-up' : 'text-muted')}>
        {state === 'live' ? <circle cx="5" cy="5" r="3.5" fill="currentColor" /> : null}
        {state === 'connecting' || state === 'reconnecting' ? (
          <circle
            cx="5"
            cy="5"
            r="3.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeDasharray={state === 'connecting' ? undefined : '3 2.5'}
          />
        ) : null}
        {state === 'paused' ? <path d="M3 2v6M7 2v6" stroke="currentColor" strokeWidth="1.75" /> : null}
      </svg>
      {label}
    </span>
  );
}

/** Says aloud that changes are not heard for a while, and that they are again; nothing of the short breaks between. */
export function LiveSpeech() {
  const state = useContext(LiveContext);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (state === 'live') setSaid((before) => (before === '' ? '' : 'Live again'));
    if (state !== 'reconnecting') return;
    const timer = setTimeout(() => setSaid('Live updates are interrupted; refreshing every 5 seconds'), SPEAK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}

'use client';
import { formatInstant, formatRelative, formatShortInstant, formatUtc } from '@rollcall/ui';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { rememberCookie, ZONE_COOKIE } from '#web/lib/cookies.ts';

const Clock = createContext({ nowMs: 0, zone: 'UTC' });

/** The page's one clock. Starts at the server's instant and zone (so hydration agrees), then ticks in the browser's. */
export function ClockProvider({ serverNowMs, zone, children }: { serverNowMs: number; zone: string; children: ReactNode }) {
  const [clock, setClock] = useState({ nowMs: serverNowMs, zone });
  useEffect(() => {
    const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (local !== zone) rememberCookie(ZONE_COOKIE, local);
    const tick = () => setClock({ nowMs: Date.now(), zone: local });
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [zone]);
  return <Clock value={clock}>{children}</Clock>;
}

/** Epoch milliseconds, once a second. */
export function useNow(): number {
  return useContext(Clock).nowMs;
}

export function useZone(): string {
  return useContext(Clock).zone;
}

/** An instant: relative, short or full in the reader's zone; exact UTC on hover and for screen readers. */
export function Time({ at, as = 'relative', className }: { at: string; as?: 'relative' | 'short' | 'full'; className?: string }) {
  const { nowMs, zone } = useContext(Clock);
  const text = as === 'relative' ? formatRelative(at, nowMs) : as === 'short' ? formatShortInstant(at, zone) : formatInstant(at, zone);
  const exact = formatUtc(at);
  return (
    <time dateTime={at} title={exact} className={className}>
      {text}
      <span className="sr-only"> ({exact})</span>
    </time>
  );
}

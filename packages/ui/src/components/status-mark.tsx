import type { EndpointStatus } from '@rollcall/core';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { STATUS_LABEL, STATUS_MEANING, TONE_TEXT, TONE_TINT, toneOf } from '../status.ts';

/** A shape of its own for every status, so that colour is never the only sign (WCAG 1.4.1). Drawn on a 16 px grid. */
const SHAPES: Record<EndpointStatus, ReactNode> = {
  up: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m4.9 8.2 2.2 2.2 4.1-4.4" className="cut" />
    </>
  ),
  degraded: (
    <>
      <path
        d="M8 1.3c.5 0 .9.2 1.1.7l5.7 10.4c.5 1-.1 2.1-1.2 2.1H2.4c-1.1 0-1.7-1.1-1.2-2.1L6.9 2c.2-.5.6-.7 1.1-.7Z"
        fill="currentColor"
      />
      <path d="M8 5.8v3.6M8 11.9v.1" className="cut" />
    </>
  ),
  down: (
    <>
      <path d="M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2Z" fill="currentColor" />
      <path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" className="cut" />
    </>
  ),
  gated: (
    <>
      <path d="M4.8 7V4.9a3.2 3.2 0 0 1 6.4 0V7" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <rect x="2.5" y="6.6" width="11" height="8.2" rx="2" fill="currentColor" />
      <path d="M8 9.8v1.8" className="cut" />
    </>
  ),
  no_data: <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.6 2.27" />,
  pending: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" opacity="0.45" />
      <path d="M8 1.8A6.2 6.2 0 0 1 14.2 8" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      <circle cx="8" cy="8" r="1.6" fill="currentColor" />
    </>
  ),
  paused: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M6.3 5.7v4.6M9.7 5.7v4.6" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  maintenance: (
    <>
      <rect x="1.2" y="1.2" width="13.6" height="13.6" rx="3.5" fill="currentColor" />
      <path d="M4.6 11.4 8.3 7.7M8 4.9a2.2 2.2 0 1 0 3.1 3.1" className="cut" />
    </>
  ),
};

/** The shape alone, decorative: a word stands beside it or a hidden one is given by the caller. */
export function StatusMark({ status, size = 14, className }: { status: EndpointStatus; size?: number; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width={size}
      height={size}
      className={cn('status-mark', TONE_TEXT[toneOf(status)], className)}
    >
      {SHAPES[status]}
    </svg>
  );
}

/** Shape and word, side by side. */
export function StatusLabel({ status, className }: { status: EndpointStatus; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap text-sm', className)} title={STATUS_MEANING[status]}>
      <StatusMark status={status} />
      {STATUS_LABEL[status]}
    </span>
  );
}

/** Shape and word on a tint: for headings, where the status is the message. */
export function StatusPill({ status, className }: { status: EndpointStatus; className?: string }) {
  const tone = toneOf(status);
  return (
    <span
      title={STATUS_MEANING[status]}
      className={cn(
        'inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full pr-2.5 pl-1.5 font-medium text-xs',
        TONE_TINT[tone],
        TONE_TEXT[tone],
        className,
      )}
    >
      <StatusMark status={status} />
      {STATUS_LABEL[status]}
    </span>
  );
}

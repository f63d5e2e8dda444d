import { assertNever, type EndpointStatus, type ProbeVerdict } from '@rollcall/core';

export type Tone = 'up' | 'degraded' | 'down' | 'gated' | 'idle' | 'maintenance';

/** The word for a status, the same everywhere. */
export const STATUS_LABEL: Record<EndpointStatus, string> = {
  pending: 'Pending',
  up: 'Up',
  degraded: 'Degraded',
  down: 'Down',
  gated: 'Sign-in required',
  no_data: 'No data',
  paused: 'Paused',
  maintenance: 'Maintenance',
};

/** One sentence for the tooltip: what the status means. */
export const STATUS_MEANING: Record<EndpointStatus, string> = {
  pending: 'Registered; the first result is still being confirmed.',
  up: 'Answers as a client expects.',
  degraded: 'Answers, but some clients fail, lose something or wait too long.',
  down: 'No client can complete a handshake and list the tools.',
  gated: 'Answers and asks for sign-in. This is not a failure.',
  no_data: 'Could not be measured. Never counted as up.',
  paused: 'Not probed until someone resumes it.',
  maintenance: 'Inside a maintenance window; nobody is alerted.',
};

/** Worst first: the order of lists, counters and filters. */
export const STATUS_ORDER: EndpointStatus[] = ['down', 'degraded', 'no_data', 'gated', 'maintenance', 'pending', 'paused', 'up'];

export function toneOf(status: EndpointStatus): Tone {
  switch (status) {
    case 'up':
    case 'degraded':
    case 'down':
    case 'gated':
    case 'maintenance':
      return status;
    case 'pending':
    case 'no_data':
    case 'paused':
      return 'idle';
    default:
      return assertNever(status);
  }
}

/** A probe's verdict shown with the marks of an endpoint's status: `unknown` is what makes `no_data`. */
export function statusOfVerdict(verdict: ProbeVerdict): EndpointStatus {
  return verdict === 'unknown' ? 'no_data' : verdict;
}

export const TONE_TEXT: Record<Tone, string> = {
  up: 'text-up',
  degraded: 'text-degraded',
  down: 'text-down',
  gated: 'text-gated',
  idle: 'text-idle',
  maintenance: 'text-maintenance',
};
export const TONE_TINT: Record<Tone, string> = {
  up: 'tint-up',
  degraded: 'tint-degraded',
  down: 'tint-down',
  gated: 'tint-gated',
  idle: 'tint-idle',
  maintenance: 'tint-maintenance',
};
export const TONE_FILL: Record<Tone, string> = {
  up: 'bg-up',
  degraded: 'bg-degraded',
  down: 'bg-down',
  gated: 'bg-gated',
  idle: 'bg-idle',
  maintenance: 'bg-maintenance',
};

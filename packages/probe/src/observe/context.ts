import type { Step } from '@rollcall/contracts';
import { type AddressPolicy, type Connections, type DialFacts, type Ending, NetError } from '@rollcall/net';
import type { ToolCallFacts } from '../observation.ts';
import type { Deadlines, ProbeDeps, ProbeTarget } from '../types.ts';
import type { Recorder } from './recorder.ts';
import type { Redactor } from './redactor.ts';
import { round } from './sse-reader.ts';

export const DEFAULT_DEADLINES: Deadlines = {
  dnsMs: 5000,
  tcpMs: 10_000,
  tlsMs: 10_000,
  firstByteMs: 30_000,
  answerMs: 20_000,
  endpointEventMs: 10_000,
  idleMs: 130_000,
};

/** Everything one probe carries from step to step. */
export interface Context {
  readonly target: ProbeTarget;
  readonly url: URL;
  readonly policy: AddressPolicy;
  readonly deps: ProbeDeps;
  readonly deadlines: Deadlines;
  readonly connections: Connections;
  readonly recorder: Recorder;
  readonly redactor: Redactor;
  readonly signal: Ending;
  readonly clientInfo: { readonly name: string; readonly version: string };
  readonly startedAt: number;
  readonly deadlineAt: number;
  readonly steps: Step[];
  /** The first dial of the endpoint's own origin, successful or not. */
  firstDial: DialFacts | null;
  /** The token in use, from the owner or from the token endpoint. */
  bearer: string | null;
  /** The owner's tools/call, once it was made. */
  toolCall: ToolCallFacts | null;
}

export function remainingMs(context: Context): number {
  return Math.max(1, context.deadlineAt - performance.now());
}

/** Steps are told as they happen and kept in order. */
export function addStep(context: Context, name: string, ms: number, ok: boolean): void {
  const step = { name, ms: round(ms), ok };
  context.steps.push(step);
  context.deps.onStep?.(step);
}

/** Keeps what the first dial of the endpoint's own origin learnt and tells its phases. */
export function noteDial(context: Context, origin: string, facts: DialFacts | undefined, failure: NetError | null): void {
  if (context.firstDial !== null || facts === undefined || origin !== context.url.origin) return;
  context.firstDial = facts;
  const failedIn = failure?.phase ?? null;
  if (facts.dnsMs > 0) addStep(context, 'dns', facts.dnsMs, failedIn !== 'dns' && failedIn !== 'policy');
  if (facts.tcpMs > 0) addStep(context, 'tcp', facts.tcpMs, failedIn !== 'tcp');
  if (facts.tlsMs > 0) addStep(context, 'tls', facts.tlsMs, failedIn !== 'tls');
}

export const DEADLINE = 'deadline';
export function deadlineError(): NetError {
  return new NetError('timeout', DEADLINE);
}

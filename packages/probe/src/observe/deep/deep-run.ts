import { signalOf } from '@rollcall/net';
import type { DeepFacts } from '../../observation.ts';
import type { CallResult } from '../call.ts';
import { type Context, deadlineError } from '../context.ts';
import type { Wires } from '../detect.ts';

type Draft = { -readonly [K in keyof DeepFacts]: DeepFacts[K] };

/** What the deep checks share. Each writes what it learnt into `facts` at once, so that time running out loses only what was not asked. */
export interface DeepRun {
  readonly wires: Wires;
  readonly facts: Draft;
  /** First pages of the tool list as they came in the course of the checks, to be compared. */
  readonly lists: CallResult[];
  /** The server asked for less (429): no further requests. */
  limited: boolean;
}

/** 429 is an answer to us, whatever was asked. */
export function noteLimit(run: DeepRun, status: number | null): void {
  if (status === 429) run.limited = true;
}

export function nothingYet(): Draft {
  return {
    ipv4: null,
    ipv6: null,
    ipv6Vantage: false,
    affinity: null,
    unknownSession: null,
    getStream: null,
    deletedSession: null,
    foreignOrigin: null,
    cors: null,
    acceptJsonOnly: null,
    acceptSseOnly: null,
    charset: null,
    futureVersion: null,
    oldVersion: null,
    absurdVersion: null,
    noVersionHeader: null,
    modernMismatch: null,
    modernFutureVersion: null,
    modernUnknownMethod: null,
    secondList: null,
    redirectPolicies: null,
    idle: null,
    identity: null,
    siblings: [],
    unfinished: [],
  };
}

/** One request of a deep check waits no longer than this for its status line, and again for its answer. */
const REQUEST_MS = 5000;

/** The same probe with a nearer deadline. `run` is told through the context's signal; sessions are still closed after it. */
export async function within<T>(context: Context, ms: number, run: (limited: Context) => Promise<T>): Promise<T> {
  const deadlineAt = Math.min(context.deadlineAt, performance.now() + Math.max(0, ms));
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(deadlineError()), deadlineAt - performance.now());
  try {
    return await run({
      ...context,
      signal: AbortSignal.any([signalOf(context.signal), controller.signal]),
      deadlineAt,
      deadlines: {
        ...context.deadlines,
        firstByteMs: Math.min(context.deadlines.firstByteMs, REQUEST_MS),
        answerMs: Math.min(context.deadlines.answerMs, REQUEST_MS),
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

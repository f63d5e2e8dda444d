import type { DeepFacts } from '../../observation.ts';
import { type Answer, ask, begin, type Question } from '../ask.ts';
import { type Context, remainingMs } from '../context.ts';
import { baseHeaders } from '../headers.ts';
import { isObject, parseJson } from '../json.ts';
import { round } from '../sse-reader.ts';
import { modernHeaders, modernMeta } from '../wire-modern.ts';
import type { AskList } from './ask-list.ts';
import type { DeepRun } from './deep-run.ts';

type Kind = NonNullable<DeepFacts['idle']>['kind'];
type Opening = Pick<Question, 'method' | 'url' | 'headers' | 'body'>;

export function openLegacyStream(context: Context, url: URL): Opening {
  return {
    method: 'GET',
    url,
    headers: { accept: 'text/event-stream', 'cache-control': 'no-cache', ...baseHeaders(context, url) },
    body: null,
  };
}

const LISTEN_ID = 's1';
export function openListen(context: Context, url: URL): Opening {
  const params = { _meta: modernMeta(context), notifications: { toolsListChanged: true } };
  return {
    method: 'POST',
    url,
    headers: modernHeaders(context, url, 'subscriptions/listen'),
    body: JSON.stringify({ jsonrpc: '2.0', id: LISTEN_ID, method: 'subscriptions/listen', params }),
  };
}

/** Holds a stream open and watches whether somebody on the way cuts it. Our own timers end it; no bytes are sent. */
export async function watchIdle(context: Context, run: DeepRun, kind: Kind, opening: Opening): Promise<void> {
  const watchMs = Math.min(context.deadlines.idleMs, remainingMs(context) / 2);
  let graceful = false;
  const stream = begin(context, {
    ...opening,
    purpose: 'deep',
    note: 'idle',
    fresh: true,
    firstByteMs: Math.min(5000, watchMs),
    bodyMs: 0,
    headOnly: (head) => head.status !== 200 || !(head.headers['content-type'] ?? '').startsWith('text/event-stream'),
    onEvent: (event) => {
      if (saysGoodbye(event.data)) graceful = true;
      return undefined;
    },
  });
  const timer = setTimeout(() => stream.stop(), watchMs);
  const answer = await stream.answer;
  clearTimeout(timer);
  const { stream: facts, draft, status } = answer;
  if (facts === null || status !== 200 || context.signal.aborted) return;
  const closed = facts.endedBy === 'end' || facts.endedBy === 'reset';
  const endedMs = facts.endedMs ?? draft.timings.totalMs;
  const quietSince = facts.lastByteMs ?? draft.timings.ttfbMs;
  run.facts.idle = {
    exchange: answer.n,
    kind,
    closedAfterMs: closed ? endedMs : null,
    watchedMs: round(endedMs),
    silentMs: closed ? round(endedMs - quietSince) : null,
    comments: facts.comments,
    // An event id lets the client resume: the server may then close and be polled (2025-11-25 transports, "Listening for Messages").
    graceful: graceful || facts.events.some(({ id }) => id !== null),
    endedBy: facts.endedBy,
  };
}

function saysGoodbye(data: string): boolean {
  const parsed = parseJson(data);
  return parsed.ok && isObject(parsed.value) && parsed.value['id'] === LISTEN_ID;
}

/** An event stream that comes compressed, once more without compression: which one is late? */
export async function compareListEncodings(context: Context, run: DeepRun, list: AskList, compressed: Answer): Promise<void> {
  if (!isCompressedStream(compressed)) return;
  const plain = await list(context, { note: 'identity', headers: { 'accept-encoding': 'identity' } });
  note(context, run, compressed, plain.answer);
}

export async function compareStreamEncodings(context: Context, run: DeepRun, opening: Opening, compressed: Answer): Promise<void> {
  if (!isCompressedStream(compressed)) return;
  const plain = await ask(context, {
    ...opening,
    headers: { ...opening.headers, 'accept-encoding': 'identity' },
    purpose: 'deep',
    note: 'identity',
    fresh: true,
    bodyMs: 5000,
    onEvent: () => 'enough',
  });
  note(context, run, compressed, plain);
}

function isCompressedStream({ status, stream, headers }: Answer): boolean {
  const encoding = headers['content-encoding'];
  return status === 200 && stream !== null && encoding !== undefined && encoding !== 'identity';
}

function note(context: Context, run: DeepRun, compressed: Answer, plain: Answer): void {
  if (context.signal.aborted || plain.status !== 200 || plain.stream === null) return;
  run.facts.identity = {
    exchange: plain.n,
    firstByteMs: plain.stream.firstByteMs,
    compressedExchange: compressed.n,
    compressedFirstByteMs: compressed.stream?.firstByteMs ?? null,
    compressedWaitedMs: compressed.draft.timings.totalMs,
  };
}

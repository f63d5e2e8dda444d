import { type DialFacts, type Ending, NetError, type Outcome, type RequestSpec, type ResponseHead, withSignal } from '@rollcall/net';
import type { Purpose, StreamFacts } from '../observation.ts';
import { type Context, noteDial, remainingMs } from './context.ts';
import { sha256 } from './json.ts';
import type { ExchangeDraft } from './recorder.ts';
import { KEPT_BODY_CHARS } from './recorder.ts';
import { round, SseReader } from './sse-reader.ts';

const MAX_RAW_BYTES = 4 * 1024 * 1024;
const MAX_DECODED_BYTES = 16 * 1024 * 1024;
/** Kept beyond the visible head, so that a secret at its edge is recognised. */
const REDACTION_MARGIN = 16 * 1024;
const UTF_8 = new TextDecoder();

export interface Question {
  readonly purpose: Purpose;
  readonly note?: string | undefined;
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly fresh?: boolean | undefined;
  readonly family?: 4 | 6 | undefined;
  readonly firstByteMs?: number | undefined;
  readonly bodyMs?: number | undefined;
  /** Called for each event when the answer is an event stream; `enough` ends the reading. */
  readonly onEvent?: ((event: { event: string; data: string }, ms: number) => 'enough' | undefined) | undefined;
  /** Read no body when this says so (streams that would never end). */
  readonly headOnly?: ((head: ResponseHead) => boolean) | undefined;
  /** Instead of the probe's own signal (closing after the deadline). */
  readonly signal?: Ending | undefined;
}

export interface Answer {
  readonly n: number;
  readonly draft: ExchangeDraft;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string | null;
  /** Whole decoded text of a body that was no event stream. */
  readonly text: string;
  readonly stream: StreamFacts | null;
  readonly failure: NetError | null;
  /** Of the connection it went over, or of the one that could not be made. */
  readonly dial: DialFacts | null;
}

export interface Asking {
  readonly answer: Promise<Answer>;
  /** We have what we want. */
  stop(): void;
}

/** One HTTP exchange, recorded. Never rejects for the target's fault. */
export function ask(context: Context, question: Question): Promise<Answer> {
  return begin(context, question).answer;
}

/** Like `ask`, for an answer that goes on while other things happen. */
export function begin(context: Context, question: Question): Asking {
  const control: { stop: (() => void) | null; stopped: boolean } = { stop: null, stopped: false };
  return {
    answer: run(context, question, control),
    stop() {
      control.stopped = true;
      control.stop?.();
    },
  };
}

async function run(context: Context, question: Question, control: { stop: (() => void) | null; stopped: boolean }): Promise<Answer> {
  const startedAt = performance.now();
  const draft = context.recorder.begin({
    purpose: question.purpose,
    note: question.note ?? null,
    method: question.method,
    url: question.url.href,
    requestHeaders: question.headers,
    requestBody: question.body,
    startedMs: round(startedAt - context.startedAt),
  });
  const collector = new Collector(question);
  const signal = question.signal ?? context.signal;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const spec: RequestSpec = {
        method: question.method,
        url: question.url,
        headers: question.headers,
        body: question.body,
        firstByteMs: firstByteMs(context, question),
        bodyMs: question.bodyMs ?? context.deadlines.answerMs,
        maxRawBytes: MAX_RAW_BYTES,
        maxDecodedBytes: MAX_DECODED_BYTES,
        signal,
        onHead: (head) => {
          if (collector.head(head)) queueMicrotask(() => control.stop?.());
        },
        onData: (chunk, ms) => collector.data(chunk, ms),
      };
      const fresh = question.fresh === true || attempt > 1;
      const { connections } = context;
      // Only what may have to wait for a connection is raced against the deadline.
      const { connection, reused, exchange } =
        (fresh || signal.aborted ? null : connections.startOnIdle(spec)) ??
        (await withSignal(
          connections.start(spec, { fresh, ...(question.family === undefined ? {} : { family: question.family }) }),
          signal,
        ));
      control.stop = () => exchange.stop();
      if (control.stopped) exchange.stop();
      if (!reused) noteDial(context, question.url.origin, connection.facts, null);
      const outcome = await exchange.outcome;
      // A server may hang up on an idle connection just as we use it again: that says nothing about the server.
      if (reused && attempt === 1 && outcome.head === null && outcome.failure?.code === 'reset') continue;
      const { facts } = connection;
      draft.address = facts.address;
      draft.family = facts.family;
      draft.reused = reused;
      draft.timings = {
        dnsMs: reused ? 0 : round(facts.dnsMs),
        tcpMs: reused ? 0 : round(facts.tcpMs),
        tlsMs: reused ? 0 : round(facts.tlsMs),
        ttfbMs: round(outcome.ttfbMs),
        totalMs: round(performance.now() - startedAt),
      };
      return collector.finish(draft, outcome, facts);
    } catch (error) {
      const failure = error instanceof NetError ? error : new NetError('http', 'unknown', { cause: error });
      const { facts } = failure;
      noteDial(context, question.url.origin, facts, failure);
      draft.address = failure.address ?? facts?.address ?? null;
      draft.family = facts?.family ?? null;
      draft.timings = {
        dnsMs: round(facts?.dnsMs ?? 0),
        tcpMs: round(facts?.tcpMs ?? 0),
        tlsMs: round(facts?.tlsMs ?? 0),
        ttfbMs: 0,
        totalMs: round(performance.now() - startedAt),
      };
      draft.failure = { phase: failure.phase, code: failure.code, afterHeaders: false, address: draft.address };
      return { n: draft.n, draft, status: null, headers: {}, mediaType: null, text: '', stream: null, failure, dial: facts ?? null };
    }
  }
}

/** 0 where the end of the probe comes sooner: the signal says so without a timer of its own. */
function firstByteMs(context: Context, { firstByteMs: own, signal }: Question): number {
  const ms = own ?? context.deadlines.firstByteMs;
  if (signal !== undefined) return Math.min(ms, 5000);
  return ms < remainingMs(context) ? ms : 0;
}

/** Gathers one answer: whole text of a body, or the events of a stream. */
class Collector {
  #question: Question;
  #reader: SseReader | null = null;
  #chunks: Buffer[] = [];
  #kept = 0;
  #preview: Buffer[] = [];
  #mediaType: string | null = null;

  constructor(question: Question) {
    this.#question = question;
  }

  /** True when the body is not wanted. */
  head(head: ResponseHead): boolean {
    this.#mediaType = mediaTypeOf(head.headers['content-type']);
    if (this.#mediaType === 'text/event-stream') {
      this.#reader = new SseReader((event) => {
        const verdict = this.#question.onEvent?.({ event: event.event ?? 'message', data: event.data }, this.#nowMs);
        if (verdict === 'enough') this.#enough = true;
      });
    }
    return this.#question.headOnly?.(head) === true;
  }

  #nowMs = 0;
  #enough = false;

  data(chunk: Buffer, ms: number): 'enough' | undefined {
    this.#nowMs = ms;
    if (this.#reader === null) {
      this.#chunks.push(chunk);
      return undefined;
    }
    if (this.#kept < KEPT_BODY_CHARS + REDACTION_MARGIN) {
      this.#preview.push(chunk);
      this.#kept += chunk.length;
    }
    this.#reader.feed(chunk, ms);
    return this.#enough || this.#reader.overLimit !== null ? 'enough' : undefined;
  }

  finish(draft: ExchangeDraft, outcome: Outcome, dial: DialFacts): Answer {
    const { head, failure } = outcome;
    const chunks = this.#reader === null ? this.#chunks : this.#preview;
    const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    const text = whole.length === 0 ? '' : UTF_8.decode(whole);
    draft.status = head?.status ?? null;
    draft.responseHeaders = head?.headers ?? {};
    draft.rawBytes = outcome.rawBytes;
    draft.decodedBytes = outcome.decodedBytes;
    draft.bodyText = failure?.unparsed ?? text.slice(0, KEPT_BODY_CHARS + REDACTION_MARGIN);
    draft.bodySha256 = whole.length === 0 || this.#reader !== null ? null : sha256(whole);
    draft.bodyTruncated = outcome.decodedBytes > KEPT_BODY_CHARS;
    draft.failure =
      failure === null ? null : { phase: failure.phase, code: failure.code, afterHeaders: head !== null, address: draft.address };
    if (this.#reader !== null) draft.stream = this.#reader.facts(this.#endedBy(outcome), outcome.totalMs);
    return {
      n: draft.n,
      draft,
      status: draft.status,
      headers: draft.responseHeaders,
      mediaType: this.#mediaType,
      text: this.#reader === null ? text : '',
      stream: draft.stream,
      failure,
      dial,
    };
  }

  #endedBy(outcome: Outcome): StreamFacts['endedBy'] {
    if (this.#reader?.overLimit !== null) return 'limit';
    if (outcome.ended === 'enough') return 'us';
    if (outcome.ended === 'complete') return 'end';
    if (outcome.failure?.phase === 'timeout') return 'timeout';
    return outcome.failure?.code === 'truncated' ? 'reset' : 'limit';
  }
}

export function mediaTypeOf(contentType: string | undefined): string | null {
  if (contentType === undefined) return null;
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

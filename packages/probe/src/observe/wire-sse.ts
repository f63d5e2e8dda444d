import { checkTargetUrl, offEnd, onEnd } from '@rollcall/net';
import type { CallFacts, RedirectHop, SseFacts } from '../observation.ts';
import { type Answer, type Asking, begin } from './ask.ts';
import { callSucceeded } from './call.ts';
import { callTool, TOOL_CALL_ID } from './call-tool.ts';
import { addStep, type Context } from './context.ts';
import { baseHeaders, isUpgrade, postHeaders } from './headers.ts';
import { readKnown } from './known-answers.ts';
import { collectTools, type Page } from './list.ts';
import { askFollowing, type Landed } from './redirects.ts';
import { NO_READING, oddities, type RpcReading, readRpc } from './rpc.ts';
import { readInitialize } from './server-facts.ts';
import { round } from './sse-reader.ts';
import { SSE_VERSION } from './versions.ts';

type Endpoint = NonNullable<SseFacts['endpoint']>;
/** The answer belongs on the stream. When the POST's own body has brought it, the stream is only given this long to repeat it. */
const GRACE_MS = 1000;
const MAX_HOPS = 5;

/** HTTP+SSE of 2024-11-05: GET the stream, learn the endpoint, POST to it, read the answers on the stream. Closing the stream ends the session. */
export async function runSse(context: Context, url: URL): Promise<SseFacts> {
  const stream = new LegacyStream(context);
  try {
    const opened = await stream.open(url);
    const base: SseFacts = {
      exchange: stream.exchange,
      redirects: stream.hops,
      status: stream.status,
      mediaType: stream.mediaType,
      endpoint: opened,
      initialize: null,
      result: null,
      server: null,
      initialized: null,
      list: null,
      stream: null,
    };
    const facts =
      opened?.url != null && opened.valid && opened.sameOrigin && !opened.blocked
        ? await converse(context, stream, new URL(opened.url), base)
        : base;
    stream.close();
    const ended = await stream.answer();
    return {
      ...facts,
      exchange: ended?.n ?? facts.exchange,
      status: ended?.status ?? facts.status,
      mediaType: ended?.mediaType ?? facts.mediaType,
      stream: ended?.stream ?? null,
    };
  } finally {
    stream.close();
  }
}

async function converse(context: Context, stream: LegacyStream, endpoint: URL, base: SseFacts): Promise<SseFacts> {
  const initialize = await stream.call(endpoint, 'initialize', 'initialize', 1, {
    protocolVersion: SSE_VERSION,
    capabilities: {},
    clientInfo: { ...context.clientInfo },
  });
  if (!sseSucceeded(initialize.facts)) return { ...base, initialize: initialize.facts };
  const { facts: result, server } = readInitialize(initialize.result, SSE_VERSION);
  const initialized = await stream.call(endpoint, 'initialized', 'notifications/initialized', null, undefined);
  const list = await collectTools(
    'legacy',
    (cursor, page) => stream.call(endpoint, 'tools/list', 'tools/list', page + 1, cursor === null ? {} : { cursor }),
    () => context.signal.aborted,
  );
  await callTool(
    context,
    'sse',
    list,
    ({ params }) => stream.call(endpoint, 'tools/call', 'tools/call', TOOL_CALL_ID, params),
    ({ facts }) => sseSucceeded(facts),
  );
  return { ...base, initialize: initialize.facts, result, server, initialized: initialized.facts, list };
}

/** An answer that clients of this transport would see: it came on the stream. */
export function sseSucceeded(facts: CallFacts): boolean {
  return facts.channel === 'stream' && callSucceeded(facts, false);
}

class LegacyStream {
  #context: Context;
  #asking: Asking | null = null;
  #endpoint: ((raw: string | null, ms: number) => void) | null = null;
  #waiting = new Map<number, (reading: RpcReading, bytes: number) => void>();
  #ended: Promise<Answer> | null = null;
  #over = false;
  #other = 0;
  exchange = 0;
  status: number | null = null;
  mediaType: string | null = null;
  hops: RedirectHop[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  /** Opens the stream (redirects of a GET are followed, credentials stay at home) and waits for the `endpoint` event under our own timer. */
  async open(start: URL): Promise<Endpoint | null> {
    const { deadlines } = this.#context;
    const from = performance.now();
    let url = start;
    for (;;) {
      const greeting = await this.#get(url, deadlines.endpointEventMs);
      if (greeting.kind === 'endpoint') {
        const endpoint = await this.#readEndpoint(greeting.raw, url, greeting.ms);
        addStep(this.#context, 'sse', performance.now() - from, endpoint.valid && endpoint.sameOrigin && !endpoint.blocked);
        return endpoint;
      }
      const next = greeting.kind === 'over' ? await this.#redirect(greeting.answer, url) : null;
      if (next === null) {
        addStep(this.#context, 'sse', performance.now() - from, false);
        return null;
      }
      url = next;
    }
  }

  async #get(
    url: URL,
    endpointEventMs: number,
  ): Promise<{ kind: 'endpoint'; raw: string; ms: number } | { kind: 'over'; answer: Answer } | { kind: 'silent' }> {
    let settle: (value: { kind: 'endpoint'; raw: string; ms: number } | { kind: 'silent' }) => void = () => {};
    const greeted = new Promise<{ kind: 'endpoint'; raw: string; ms: number } | { kind: 'silent' }>((resolve) => {
      settle = resolve;
    });
    this.#endpoint = (raw, ms) => settle(raw === null ? { kind: 'silent' } : { kind: 'endpoint', raw, ms });
    const timer = setTimeout(() => settle({ kind: 'silent' }), endpointEventMs);
    this.#over = false;
    this.#asking = begin(this.#context, {
      purpose: 'sse',
      method: 'GET',
      url,
      headers: { accept: 'text/event-stream', 'cache-control': 'no-cache', ...baseHeaders(this.#context, url) },
      body: null,
      firstByteMs: endpointEventMs + 500,
      bodyMs: 0,
      onEvent: (event, ms) => this.#onEvent(event, ms),
    });
    this.#ended = this.#asking.answer.then((answer) => {
      this.#over = true;
      for (const wake of this.#waiting.values()) wake(NO_READING, 0);
      return answer;
    });
    const outcome = await Promise.race([greeted, this.#ended.then((answer) => ({ kind: 'over' as const, answer }))]);
    clearTimeout(timer);
    if (outcome.kind === 'silent') this.#asking.stop();
    if (outcome.kind !== 'endpoint') {
      const answer = await Promise.race([this.#ended, new Promise<null>((resolve) => setTimeout(() => resolve(null), 700))]);
      if (answer !== null) {
        this.exchange = answer.n;
        this.status = answer.status;
        this.mediaType = answer.mediaType;
      }
    }
    return outcome;
  }

  #onEvent(event: { event: string; data: string }, ms: number): 'enough' | undefined {
    if (event.event === 'endpoint') {
      this.#endpoint?.(event.data, ms);
      return undefined;
    }
    if (event.event !== 'message') return undefined;
    for (const [id, wake] of this.#waiting) {
      const reading = readKnown(event.data, id);
      if (reading.otherMessage) this.#other += 1;
      else wake(reading, event.data.length);
    }
    return undefined;
  }

  async #redirect(answer: Answer, from: URL): Promise<URL | null> {
    const { status } = answer;
    if (status === null || ![301, 302, 303, 307, 308].includes(status)) return null;
    const location = answer.headers['location'];
    const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : null;
    const looped = to !== null && (to.href === from.href || this.hops.some((hop) => hop.from === to.href));
    const blocked =
      to === null ||
      (await checkTargetUrl(to.href, this.#context.policy, this.#context.deps.resolve).then(
        () => false,
        () => true,
      ));
    const downgrade = to !== null && from.protocol === 'https:' && to.protocol === 'http:';
    const stopped =
      to === null
        ? 'no_location'
        : looped
          ? 'loop'
          : blocked
            ? 'blocked_address'
            : downgrade
              ? 'downgrade'
              : this.hops.length >= MAX_HOPS
                ? 'limit'
                : null;
    this.hops.push({
      exchange: answer.n,
      status,
      from: from.href,
      to: to?.href ?? location ?? null,
      sameOrigin: to?.origin === from.origin,
      upgrade: to !== null && isUpgrade(from, to),
      downgrade,
      methodKept: true,
      followed: stopped === null,
      stopped,
      slashOnly: to !== null && to.origin === from.origin && to.pathname.replace(/\/$/, '') === from.pathname.replace(/\/$/, ''),
    });
    return stopped === null ? to : null;
  }

  async #readEndpoint(raw: string, base: URL, ms: number): Promise<Endpoint> {
    const text = raw.trim();
    // WHATWG parsing makes a path of anything; a URI reference holds no white space, quotes or braces (RFC 3986 §2).
    const valid =
      text !== '' && !/[\s"<>{}|\\^`]/.test(text) && URL.canParse(text, base.href) && /^https?:$/.test(new URL(text, base).protocol);
    const url = valid ? new URL(text, base) : null;
    if (url !== null) for (const value of url.searchParams.values()) this.#context.redactor.addSessionId(value);
    const sameOrigin = url !== null && url.origin === base.origin;
    const blocked =
      url !== null &&
      (await checkTargetUrl(url.href, this.#context.policy, this.#context.deps.resolve).then(
        () => false,
        () => true,
      ));
    return { raw: raw.slice(0, 1024), url: url?.href ?? null, sameOrigin, valid, blocked, ms: round(ms) };
  }

  /** One JSON-RPC message by POST; the answer is awaited on the stream. */
  async call(
    url: URL,
    purpose: 'initialize' | 'initialized' | 'tools/list' | 'tools/call',
    rpcMethod: string,
    id: number | null,
    params: Parameters<typeof JSON.stringify>[0],
  ): Promise<Page> {
    const context = this.#context;
    const from = performance.now();
    const message = { jsonrpc: '2.0', ...(id === null ? {} : { id }), method: rpcMethod, ...(params === undefined ? {} : { params }) };
    const before = this.#other;
    let bytes = 0;
    let wake: (reading: RpcReading) => void = () => {};
    const onStream = new Promise<RpcReading>((resolve) => {
      wake = resolve;
    });
    if (id !== null) {
      this.#waiting.set(id, (reading, size) => {
        bytes = size;
        wake(reading);
      });
    }
    const body = JSON.stringify(message);
    const { answer, hops } = await askFollowing(
      context,
      (hop) => ({
        purpose,
        method: 'POST',
        url: hop,
        headers: { ...postHeaders(context, hop), 'content-type': 'application/json' },
        body,
        bodyMs: 5000,
        headOnly: (head) => (head.headers['content-type'] ?? '').startsWith('text/event-stream'),
      }),
      url,
    );
    const accepted = answer.status !== null && answer.status >= 200 && answer.status < 300;
    const inBody = id === null || answer.status === null ? NO_READING : readRpc(answer.text, id);
    let reading = inBody;
    if (id !== null && accepted) {
      const bodyAnswers = inBody.parse === 'ok' && inBody.outcome !== null;
      const streamed = this.#over ? NO_READING : await this.#within(onStream, bodyAnswers ? GRACE_MS : context.deadlines.answerMs, wake);
      if (streamed.parse !== 'none') reading = streamed;
      else if (!bodyAnswers) reading = NO_READING;
      if (streamed.parse !== 'none') bytes ||= 1;
      return this.#result(purpose, rpcMethod, id, { answer, hops }, reading, streamed.parse !== 'none', from, before, bytes);
    }
    if (id !== null) this.#waiting.delete(id);
    return this.#result(purpose, rpcMethod, id, { answer, hops }, reading, false, from, before, bytes);
  }

  async #within(onStream: Promise<RpcReading>, ms: number, wake: (reading: RpcReading) => void): Promise<RpcReading> {
    const timer = setTimeout(() => wake(NO_READING), ms);
    const onAbort = (): void => wake(NO_READING);
    onEnd(this.#context.signal, onAbort);
    if (this.#context.signal.aborted) onAbort();
    try {
      return await onStream;
    } finally {
      clearTimeout(timer);
      offEnd(this.#context.signal, onAbort);
    }
  }

  #result(
    purpose: string,
    rpcMethod: string,
    id: number | null,
    { answer, hops }: Pick<Landed, 'answer' | 'hops'>,
    reading: RpcReading,
    onStream: boolean,
    from: number,
    before: number,
    bytes: number,
  ): Page {
    if (id !== null) this.#waiting.delete(id);
    const ms = performance.now() - from;
    const facts: CallFacts = {
      method: rpcMethod,
      exchange: answer.n,
      redirects: hops,
      status: answer.status,
      mediaType: answer.mediaType,
      channel: onStream ? 'stream' : reading.parse === 'ok' || reading.parse === 'batch' ? 'json' : 'none',
      parse: reading.parse,
      id: reading.id,
      outcome: reading.outcome,
      nullMember: reading.nullMember,
      ...oddities(reading),
      error: reading.error,
      otherMessages: this.#other - before,
      ms: round(ms),
    };
    addStep(this.#context, purpose, ms, id === null ? callSucceeded(facts, true) : sseSucceeded(facts));
    return { facts, result: reading.result, bytes };
  }

  close(): void {
    this.#asking?.stop();
  }

  async answer(): Promise<Answer | null> {
    return this.#ended;
  }
}

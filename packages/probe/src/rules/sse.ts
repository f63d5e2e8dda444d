import type { CallFacts, Exchange, StreamFacts } from '../observation.ts';
import { bodyHead, type Facts, type Hit, type Rule, rpcEvidence, seen } from './rule.ts';

const PROXIES = /nginx|openresty|cloudflare|cloudfront|caddy|envoy|apache/i;

function isProxied({ responseHeaders: { server = '', via } }: Exchange): boolean {
  return PROXIES.test(server) || via !== undefined;
}

function streamEvidence(stream: StreamFacts | null): Hit['evidence'] {
  if (stream === null) return {};
  const { eventCount, comments, firstByteMs, lastByteMs, endedMs, endedBy, faults } = stream;
  return {
    events: stream.events.slice(0, 10).map(({ ms, event, bytes }) => ({ ms, event, bytes })),
    eventCount,
    comments,
    firstByteMs,
    lastByteMs,
    endedMs,
    endedBy,
    ...(faults.length === 0 ? {} : { faults: [...faults] }),
  };
}

/** HTTP+SSE: the greeting that never came, or came broken. */
const greeting: Rule = (facts) => {
  const { sse } = facts.o;
  if (sse === null || facts.primary !== 'sse' || facts.working.has('sse')) return null;
  const exchange = facts.exchange(sse.exchange);
  if (sse.endpoint === null) return noGreeting(facts, exchange);
  const evidence = { ...seen(exchange), endpoint: sse.endpoint.raw, ms: sse.endpoint.ms };
  if (!sse.endpoint.valid) return { code: 'sse.endpoint_malformed', evidence };
  if (!sse.endpoint.sameOrigin)
    return {
      code: 'sse.endpoint_cross_origin',
      evidence: { ...evidence, resolved: sse.endpoint.url, ...(sse.endpoint.blocked ? { blocked: true } : {}) },
    };
  return null;
};

function noGreeting({ o }: Facts, exchange: Exchange | undefined): Hit | null {
  const { sse } = o;
  if (sse === null || exchange === undefined) return null;
  const stream = exchange.stream;
  const evidence = { ...seen(exchange), waitedMs: exchange.timings.totalMs, ...streamEvidence(stream) };
  if (exchange.status === null) {
    // TCP (and TLS) stand and a POST to the same place is answered, but the stream's first bytes are withheld.
    const timedOut = exchange.failure?.phase === 'timeout' || exchange.failure?.code === 'stopped' || exchange.failure === null;
    const other = o.exchanges.find((e) => e.n !== exchange.n && e.status !== null && e.status < 500);
    if (!timedOut || exchange.address === null) return null;
    if (other !== undefined)
      return {
        code: 'sse.buffered',
        evidence: { ...evidence, headers: 'withheld', meanwhile: seen(other) },
        severity: 'down',
        // A server may itself send its headers with the first event, and no event.
        confidence: isProxied(other) ? 'certain' : 'suspected',
      };
    return { code: 'http.response_timeout', evidence: { ...evidence, got: 'nothing' } };
  }
  if (exchange.status !== 200 || sse.mediaType !== 'text/event-stream') return null;
  if (stream?.faults.includes('event_too_large')) return { code: 'sse.event_too_large', evidence, severity: 'down' };
  const encoding = exchange.responseHeaders['content-encoding'];
  if (encoding !== undefined && (stream?.eventCount ?? 0) === 0) {
    return {
      code: 'sse.compressed_buffered',
      evidence: { ...evidence, contentEncoding: encoding, rawBytes: exchange.rawBytes },
      severity: 'down',
    };
  }
  if (stream !== null && stream.firstByteMs !== null && stream.eventCount === 0 && stream.comments === 0)
    return { code: 'sse.bad_framing', evidence: { ...evidence, ...bodyHead(exchange) } };
  if (stream?.faults.includes('no_blank_line') || stream?.faults.includes('unknown_field'))
    return { code: 'sse.bad_framing', evidence: { ...evidence, ...bodyHead(exchange) } };
  const nothing = stream === null || stream.firstByteMs === null;
  if (nothing && isProxied(exchange) && stream?.endedBy !== 'end')
    return { code: 'sse.buffered', evidence, severity: 'down', confidence: 'suspected' };
  return { code: 'sse.endpoint_event_missing', evidence };
}

/** HTTP+SSE: the greeting came, the conversation does not. */
const conversation: Rule = (facts) => {
  const { sse } = facts.o;
  const { failing } = facts;
  if (sse?.endpoint == null || facts.primary !== 'sse' || failing === null || facts.working.has('sse')) return null;
  const exchange = facts.exchange(failing.exchange);
  const path = sse.endpoint.url === null ? null : new URL(sse.endpoint.url).pathname;
  const evidence = { ...seen(exchange), endpoint: sse.endpoint.raw, path, ...rpcEvidence(failing), ...streamEvidence(sse.stream) };
  const { status } = failing;
  if (status === null) return null;
  // The path that took the first message takes the next: what is lost is the session.
  if ((status === 400 || status === 404) && (failing !== sse.initialize || namesSession(failing, exchange)))
    return { code: 'session.lost_between_requests', evidence: { ...evidence, asked: failing.method, ...bodyHead(exchange) } };
  if (status === 404 || status === 405) return { code: 'sse.endpoint_path_lost', evidence: { ...evidence, ...bodyHead(exchange) } };
  if (status === 401 || status === 403 || status === 429 || status >= 500) return null;
  if (status >= 200 && status < 300 && !failing.method.startsWith('notifications/')) {
    if (failing.channel === 'json') return { code: 'sse.reply_in_post_body', evidence: { ...evidence, ...bodyHead(exchange) } };
    if (
      failing.channel === 'none' &&
      sse.stream?.faults.some((f) => f === 'data_not_json' || f === 'no_blank_line' || f === 'bom' || f === 'event_name')
    )
      return { code: 'sse.bad_framing', evidence };
    if (failing.channel === 'none' && failing.parse !== 'none') return { code: 'sse.bad_framing', evidence };
    if (failing.channel === 'none') return { code: 'sse.no_reply', evidence };
  }
  return null;
};

/** Says that it does not know the session or its transport; an address repeated in a page says nothing. */
function namesSession({ error }: CallFacts, exchange: Exchange | undefined): boolean {
  const said = `${error?.message ?? ''} ${exchange?.body ?? ''}`.slice(0, 2000).replace(/[?&][\w-]*session[\w-]*=[^\s"'&<]*/gi, '');
  return /session|transport/i.test(said);
}

const UNREADABLE = new Set(['no_blank_line', 'bom', 'data_not_json', 'unknown_field', 'event_name']);
/** Streamable HTTP: the stream that answers a POST. */
const postStream: Rule = (facts) => {
  const { failing } = facts;
  if (failing === null || facts.primary === 'sse' || failing.parse === 'ok' || failing.parse === 'batch') return null;
  const exchange = facts.exchange(failing.exchange);
  const stream = exchange?.stream;
  if (stream == null || exchange?.status !== 200) return null;
  const evidence = { ...seen(exchange), asked: failing.method, ...streamEvidence(stream) };
  if (stream.faults.includes('event_too_large')) return { code: 'sse.event_too_large', evidence };
  const encoding = exchange.responseHeaders['content-encoding'];
  if (stream.faults.some((fault) => UNREADABLE.has(fault))) {
    return { code: 'sse.bad_framing', evidence: { ...evidence, body: exchange.body?.slice(0, 300) ?? null } };
  }
  if (failing.parse === 'too_deep') return { code: 'jsonrpc.too_deep', evidence };
  if (failing.parse !== 'none') return { code: 'sse.bad_framing', evidence: { ...evidence, body: exchange.body?.slice(0, 300) ?? null } };
  if (stream.endedBy === 'end' || stream.endedBy === 'reset') return { code: 'sse.stream_ended_without_response', evidence };
  if (stream.endedBy === 'limit') return { code: 'sse.event_too_large', evidence, severity: 'down' };
  if (encoding !== undefined && stream.eventCount === 0) {
    return {
      code: 'sse.compressed_buffered',
      evidence: { ...evidence, contentEncoding: encoding, rawBytes: exchange.rawBytes },
      severity: 'down',
      confidence: 'suspected',
    };
  }
  // A tool list that does not come has a story of its own.
  if (failing.method === 'tools/list') return null;
  return {
    code: 'http.response_timeout',
    evidence: {
      ...evidence,
      waitedMs: exchange.timings.totalMs,
      got: stream.eventCount + stream.comments === 0 ? 'the headers only' : 'a stream without the answer',
    },
  };
};

/** Works, but late: everything of the legacy stream came in one go long after the question, or only when it was closed. */
const late: Rule = (facts) => {
  const { sse } = facts.o;
  if (!facts.working.has('sse') || sse?.endpoint == null || sse.endpoint.ms < 3000) return null;
  return {
    code: 'sse.buffered',
    evidence: { ...seen(facts.exchange(sse.exchange)), endpointEventMs: sse.endpoint.ms, ...streamEvidence(sse.stream) },
    severity: 'degraded',
    confidence: 'suspected',
  };
};

const TOGETHER_MS = 100;
/** Streamable HTTP: comments keep a waiting client company. Several that come in one moment, with the answer, were held back. */
const heldBack: Rule = ({ o, exchange, working }) => {
  if (working.size === 0) return null;
  const calls = [o.modern?.discover, o.legacy?.initialize, ...(o.modern?.list?.calls ?? []), ...(o.legacy?.list?.calls ?? [])];
  const held = calls.map((call) => exchange(call?.exchange)).find((asked) => asked?.stream != null && cameAtOnce(asked.stream));
  if (held === undefined) return null;
  return {
    code: 'sse.buffered',
    evidence: { ...seen(held), ...streamEvidence(held.stream) },
    severity: 'degraded',
    confidence: 'suspected',
  };
};

function cameAtOnce({ comments, firstByteMs, lastByteMs }: StreamFacts): boolean {
  if (firstByteMs === null || lastByteMs === null || lastByteMs - firstByteMs > TOGETHER_MS) return false;
  // One comment may open a stream; nobody sends a second one within a second.
  return comments >= 2 && firstByteMs > 1000;
}

/** The GET stream of Streamable HTTP ("Listening for Messages from the Server"): an event stream, or 405. */
const getStream: Rule = ({ o, exchange }) => {
  const get = o.deep?.getStream;
  if (get == null || get.ok) return null;
  const shown = exchange(get.exchange);
  const evidence = { ...seen(shown), waitedMs: shown?.timings.totalMs ?? null, ...streamEvidence(get.stream) };
  if (get.status === null) {
    if (shown?.failure?.phase !== 'timeout') return null;
    // Some servers send their headers with the first message only; a proxy that buffers withholds the message, too.
    const proxied = o.exchanges.find(isProxied);
    return {
      code: 'sse.buffered',
      evidence: { ...evidence, headers: 'withheld', ...(proxied === undefined ? {} : { meanwhile: seen(proxied) }) },
      severity: proxied === undefined ? 'notice' : 'degraded',
      confidence: 'suspected',
    };
  }
  return [401, 403, 429].includes(get.status) ? null : { code: 'transport.get_broken', evidence };
};

const idleTimeout: Rule = ({ o, exchange }) => {
  const idle = o.deep?.idle;
  if (idle?.closedAfterMs == null || idle.graceful) return null;
  return {
    code: 'sse.idle_timeout',
    evidence: {
      ...seen(exchange(idle.exchange)),
      closedAfterMs: idle.closedAfterMs,
      silentMs: idle.silentMs,
      comments: idle.comments,
      endedBy: idle.endedBy,
      knownLimitSeconds: snap(idle.silentMs ?? idle.closedAfterMs),
    },
  };
};

const LATE_MS = 2000;
/** The same stream, compressed and plain: only the compressed one is late. */
const compressedLate: Rule = ({ o, exchange, working }) => {
  const identity = o.deep?.identity;
  if (identity?.firstByteMs == null) return null;
  const { firstByteMs: plainMs, compressedFirstByteMs: compressedMs, compressedWaitedMs: waitedMs } = identity;
  if ((compressedMs ?? waitedMs) < plainMs + LATE_MS) return null;
  const compressed = exchange(identity.compressedExchange);
  return {
    code: 'sse.compressed_buffered',
    evidence: {
      ...seen(compressed),
      contentEncoding: compressed?.responseHeaders['content-encoding'] ?? null,
      plainMs,
      compressedMs,
      waitedMs,
    },
    severity: working.size === 0 ? 'down' : 'degraded',
  };
};

function snap(ms: number): number | null {
  return [30, 55, 60, 100, 120, 300, 900].find((limit) => Math.abs(ms / 1000 - limit) <= 3) ?? null;
}

export const sseRules: readonly Rule[] = [greeting, conversation, postStream, late, heldBack, compressedLate, getStream, idleTimeout];

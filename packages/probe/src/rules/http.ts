import { addressBlockSign, challengeSign } from '../bot-check.ts';
import { wronglyLabelled } from '../clients/sdk-facts.ts';
import type { CallFacts, Exchange } from '../observation.ts';
import { callsOf } from './facts.ts';
import { bodyHead, type Facts, type Hit, type Rule, rpcEvidence, seen, type Wire, waited } from './rule.ts';

const CUT_OFFS_S = [30, 60, 100, 120, 300, 900];
const CDN_STATUS = new Set([504, 520, 521, 522, 523, 524, 525, 526, 530]);

/** The answer that the primary wire got to the call which did not succeed. */
function failed(facts: Facts): Exchange | undefined {
  if (facts.failing === null) return undefined;
  // A redirect that was not followed speaks for itself.
  if (facts.failing.redirects.some((hop) => hop.stopped !== null)) return undefined;
  return facts.exchange(facts.failing.exchange);
}
/** The same for the first call only: later ones have their own stories (session, tools). */
function failedFirst(facts: Facts): Exchange | undefined {
  if (facts.primary === 'sse') {
    const exchange = facts.exchange(facts.o.sse?.exchange);
    return facts.o.sse?.endpoint == null && exchange?.status !== 200 ? exchange : undefined;
  }
  return facts.failing === facts.first ? failed(facts) : undefined;
}

const challenge: Rule = (facts) => {
  const exchange = failed(facts) ?? failedFirst(facts);
  const sign = exchange === undefined || addressBlockSign(exchange) !== null ? null : challengeSign(exchange);
  return sign === null ? null : { code: 'waf.challenge', evidence: { ...seen(exchange), sign, ...bodyHead(exchange) } };
};

/** Before `challenge`: the page may look the same, and says that it is about us. */
const addressBlocked: Rule = (facts) => {
  const exchange = failed(facts) ?? failedFirst(facts);
  const sign = exchange === undefined ? null : addressBlockSign(exchange);
  return sign === null ? null : { code: 'waf.ip_blocked', evidence: { ...seen(exchange), sign, ...bodyHead(exchange) } };
};

const limited: Rule = (facts) => {
  const exchange = failed(facts) ?? failedFirst(facts);
  if (exchange?.status !== 429) return null;
  if (facts.failing !== null && /session/i.test(facts.failing.error?.message ?? '')) return null;
  const headers = exchange.responseHeaders;
  const limits = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(retry-after|(x-)?ratelimit)/i.test(name)));
  return { code: 'http.rate_limited', evidence: { ...seen(exchange), ...limits } };
};

const hostRejected: Rule = (facts) => {
  const exchange = failedFirst(facts);
  if (exchange?.status == null) return null;
  const said = `${facts.failing?.error?.message ?? ''} ${exchange.body ?? ''}`.slice(0, 2000);
  const named =
    [400, 403, 421].includes(exchange.status) &&
    /invalid host|host (header )?(is )?not allowed|host not (allowed|permitted)|blocked request\. this host|blocked hosts?:/i.test(said);
  if (exchange.status !== 421 && !named) return null;
  return { code: 'host.rejected', evidence: { ...seen(exchange), host: facts.o.target.host, ...bodyHead(exchange) } };
};

const originRejected: Rule = (facts) => {
  const exchange = failedFirst(facts);
  if (exchange?.status !== 403) return null;
  const said = `${facts.failing?.error?.message ?? ''} ${exchange.body ?? ''}`.slice(0, 2000);
  return /\borigin\b/i.test(said)
    ? {
        code: 'origin.rejected',
        evidence: { ...seen(exchange), sentOrigin: exchange.requestHeaders['origin'] ?? null, ...bodyHead(exchange) },
        severity: 'down',
      }
    : null;
};

const serverError: Rule = (facts) => {
  const exchange = failedFirst(facts);
  if (exchange?.status == null || exchange.status < 500) return null;
  const { status } = exchange;
  const seconds = exchange.timings.totalMs / 1000;
  const evidence = { ...seen(exchange), ms: exchange.timings.totalMs, ...bodyHead(exchange), ...rpcEvidence(facts.failing ?? NO_CALL) };
  if (status === 502) return { code: 'http.502_bad_gateway', evidence };
  if (CDN_STATUS.has(status)) {
    const cutOff = CUT_OFFS_S.find((limit) => Math.abs(seconds - limit) <= Math.max(2, limit * 0.05));
    return { code: 'http.gateway_timeout', evidence: { ...evidence, ...(cutOff === undefined ? {} : { cutOffSeconds: cutOff }) } };
  }
  const retryAfter = exchange.responseHeaders['retry-after'];
  if (status === 503 && retryAfter !== undefined) return { code: 'http.maintenance', evidence: { ...evidence, retryAfter } };
  return { code: 'http.5xx', evidence };
};
const NO_CALL = { error: null } as NonNullable<Facts['failing']>;

const refused: Rule = (facts) => {
  const exchange = failedFirst(facts);
  if (exchange?.status == null) return null;
  const { status } = exchange;
  const spoke = facts.primary !== 'sse' && facts.failing?.parse === 'ok';
  const evidence = { ...seen(exchange), ...bodyHead(exchange) };
  switch (status) {
    case 404:
    case 410:
      if (spoke) return null;
      return { code: 'transport.wrong_path', evidence: { ...evidence, ...siblings(facts) } };
    case 405:
      return {
        code: 'transport.method_not_allowed',
        evidence: { ...evidence, allow: exchange.responseHeaders['allow'] ?? null, ...onGet(facts) },
      };
    case 406:
      return { code: 'accept.406', evidence: { ...evidence, accept: exchange.requestHeaders['accept'] ?? null }, severity: 'down' };
    case 413:
      return { code: 'http.payload_too_large', evidence, severity: 'down' };
    case 415:
      return {
        code: 'content_type.request_rejected',
        evidence: { ...evidence, sent: exchange.requestHeaders['content-type'] ?? null },
        severity: 'down',
      };
    case 426:
      return { code: 'transport.websocket_expected', evidence, severity: 'down' };
    default:
      return null;
  }
};

/** What a GET gets where POST is refused: a web page says whose path this is. */
function onGet({ o, exchange }: Facts): Hit['evidence'] {
  const get = exchange(o.sse?.exchange);
  return get?.status == null ? {} : { get: { status: get.status, contentType: get.responseHeaders['content-type'] ?? null } };
}

function siblings({ o }: Facts): Hit['evidence'] {
  const answering = o.deep?.siblings.filter((s) => s.answers).map((s) => s.path) ?? [];
  return answering.length === 0 ? {} : { answersAt: answering };
}

const page: Rule = (facts) => {
  const exchange = failed(facts) ?? failedFirst(facts) ?? ssePage(facts);
  if (exchange?.status == null || exchange.status < 200 || exchange.status >= 300) return null;
  const html =
    (exchange.responseHeaders['content-type'] ?? '').startsWith('text/html') || /^\s*<(!doctype html|html)/i.test(exchange.body ?? '');
  if (!html || facts.failing?.parse === 'ok') return null;
  return { code: 'http.html_instead_of_mcp', evidence: { ...seen(exchange), ...bodyHead(exchange) } };
};

function ssePage(facts: Facts): Exchange | undefined {
  return facts.primary === 'sse' && facts.o.sse?.endpoint == null ? facts.exchange(facts.o.sse?.exchange) : undefined;
}

const wrongType: Rule = (facts) => {
  const { o, primary, working, exchange } = facts;
  if (primary === 'sse' || primary === null) return null;
  const wrong = (wire: Wire) => callsOf(o, wire).find((call) => call.channel === 'json' && accepted(call) && wronglyLabelled(call));
  const call = wrong('legacy') ?? wrong('modern');
  if (call === undefined) return null;
  const spared = [...working].some((wire) => wrong(wire) === undefined);
  const shown = exchange(call.exchange);
  return {
    code: 'content_type.response_wrong',
    evidence: { ...seen(shown), contentType: shown?.responseHeaders['content-type'] ?? null, ...bodyHead(shown, 120) },
    severity: spared ? 'degraded' : 'down',
  };
};

function accepted({ method, status }: CallFacts): boolean {
  return !method.startsWith('notifications/') && status !== null && status >= 200 && status < 300;
}

const broken: Rule = (facts) => {
  const exchange = failed(facts) ?? ssePage(facts);
  const failure = exchange?.failure;
  if (exchange === undefined || failure == null) return null;
  const evidence = {
    ...seen(exchange),
    rawBytes: exchange.rawBytes,
    decodedBytes: exchange.decodedBytes,
    contentEncoding: exchange.responseHeaders['content-encoding'] ?? null,
    contentLength: exchange.responseHeaders['content-length'] ?? null,
  };
  switch (failure.code) {
    case 'truncated':
    case 'framing':
      if (exchange.stream !== null) return null;
      return { code: 'http.body_truncated', evidence, severity: 'down' };
    case 'inflate_failed':
      return { code: 'http.encoding_broken', evidence };
    case 'bomb':
      return { code: 'http.bomb', evidence };
    case 'body_too_large':
      return { code: 'http.body_too_large', evidence };
    case 'headers_too_large':
      return { code: 'http.headers_too_large', evidence: seen(exchange) };
    case 'not_http':
      return { code: 'http.protocol_error', evidence: { ...seen(exchange), ...bodyHead(exchange, 200) } };
    default:
      return null;
  }
};

/** Decoded as announced, and still compressed: encoded twice, or a proxy hid the label. */
const stillEncoded: Rule = (facts) => {
  const exchange = failed(facts);
  if (exchange === undefined || facts.failing?.parse !== 'not_json' || exchange.stream !== null) return null;
  if (exchange.body?.startsWith(GZIP_AS_TEXT) !== true) return null;
  const contentEncoding = exchange.responseHeaders['content-encoding'] ?? null;
  return {
    code: 'http.encoding_broken',
    evidence: { ...seen(exchange), contentEncoding, found: 'gzip', rawBytes: exchange.rawBytes, decodedBytes: exchange.decodedBytes },
  };
};
/** 1f 8b 08 (RFC 1952 §2.3.1) read as UTF-8. */
const GZIP_AS_TEXT = '\u001f\ufffd\u0008';

/** The connection stood and no complete answer came. A tool list that is not answered has a story of its own. */
const silent: Rule = (facts) => {
  const exchange = failed(facts) ?? (facts.primary === 'sse' ? undefined : facts.o.exchanges[0]);
  if (exchange?.failure?.phase !== 'timeout' || exchange.address === null || facts.failing === null) return null;
  if (exchange.stream !== null || facts.failing.method === 'tools/list') return null;
  return { code: 'http.response_timeout', evidence: { ...seen(exchange), ...waited(exchange), asked: facts.failing.method } };
};

const other: Rule = (facts) => {
  const exchange = failedFirst(facts);
  if (exchange?.status == null || exchange.status < 300 || [401, 404].includes(exchange.status)) return null;
  if (facts.failing?.parse === 'ok') return null;
  return { code: 'http.unexpected_status', evidence: { ...seen(exchange), ...bodyHead(exchange) } };
};

export const edgeRules: readonly Rule[] = [
  addressBlocked,
  challenge,
  limited,
  hostRejected,
  originRejected,
  serverError,
  refused,
  page,
  broken,
  stillEncoded,
  silent,
];
export const bodyRules: readonly Rule[] = [wrongType];
export const unexpectedStatusRules: readonly Rule[] = [other];

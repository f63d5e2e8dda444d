import type { CallFacts, Exchange, SessionFacts } from '../observation.ts';
import { callSucceeded } from '../observe/call.ts';
import { callsOf } from './facts.ts';
import { bodyHead, type Facts, type Hit, type Rule, rpcEvidence, seen } from './rule.ts';

function saidIn(facts: Facts, call: CallFacts): string {
  return `${call.error?.message ?? ''} ${facts.exchange(call.exchange)?.body ?? ''}`.slice(0, 2000);
}

/** The call of the initialize era that was refused, also where only the 2026-07-28 half of the server works. */
function refusedCall(facts: Facts): CallFacts | null {
  const { o, primary, working } = facts;
  if (working.size === 0 || primary === 'legacy') return facts.failing;
  if (o.legacy === null || working.has('legacy') || working.has('sse')) return null;
  return callsOf(o, 'legacy').find((call) => !callSucceeded(call, call.method.startsWith('notifications/'))) ?? null;
}
function severityWhere({ working }: Facts): Pick<Hit, 'severity'> {
  return working.size > 0 ? { severity: 'degraded' } : {};
}

const TOO_MANY =
  /(too many|maximum|max(imum)? (number of )?|limit (of|on|reached|exceeded)).{0,40}(session|connection|stream)|(session|stream|connection)s?.{0,30}(limit|exhausted|too many)/i;

const limit: Rule = (facts) => {
  const call = refusedCall(facts);
  if (call?.status == null || call.status < 400 || !TOO_MANY.test(saidIn(facts, call))) return null;
  const exchange = facts.exchange(call.exchange);
  return {
    code: 'session.limit_reached',
    evidence: { ...seen(exchange), asked: call.method, ...rpcEvidence(call), ...bodyHead(exchange) },
    ...severityWhere(facts),
  };
};

/** A call after initialize was refused: because of the session, the version label, or the message itself? */
const refusedLater: Rule = (facts) => {
  const call = refusedCall(facts);
  const { legacy } = facts.o;
  if (legacy === null || call === null || call === legacy.initialize || !callsOf(facts.o, 'legacy').includes(call)) return null;
  const { status } = call;
  if (status === null || status < 400 || status === 401 || status === 403 || status === 429) return null;
  const exchange = facts.exchange(call.exchange);
  const said = saidIn(facts, call);
  const sent = exchange?.requestHeaders['mcp-session-id'] !== undefined;
  const evidence = {
    ...seen(exchange),
    asked: call.method,
    sessionSent: sent,
    ...rpcEvidence(call),
    ...bodyHead(exchange),
    ...affinity(facts),
  };
  const hit = (code: Hit['code']): Hit => ({ code, evidence, ...severityWhere(facts) });
  if (/protocol.?version/i.test(said) && status === 400) {
    return {
      code: 'protocol.header_rejected',
      evidence: { ...evidence, sent: exchange?.requestHeaders['mcp-protocol-version'] ?? null },
      severity: facts.working.size > 0 ? 'degraded' : 'down',
    };
  }
  const aboutSession = /session/i.test(said) || call.error?.code === -32001;
  const received = legacy.session?.present === true;
  if (isOddId(legacy.session) && (!sent || REFUSED_HEADER.has(status)) && !aboutSession) return null;
  if (sent && (status === 404 || (status < 500 && aboutSession))) return hit('session.lost_between_requests');
  if (!received && (aboutSession || (status === 400 && /not initialized|initialize/i.test(said)))) return hit('session.header_missing');
  return call.method === 'notifications/initialized' ? hit('mcp.notification_rejected') : null;
};

/** Outside of what the specification allows, or longer than any header has reason to be. */
function isOddId(id: SessionFacts | null): boolean {
  return id?.present === true && !(id.valid && id.length <= 1024);
}
/** How servers and proxies refuse a header that they cannot take. */
const REFUSED_HEADER: ReadonlySet<number> = new Set([400, 431, 494]);

/** What the session rules already say of the refusals of a legacy half. */
export function sessionExplains(facts: Facts): boolean {
  return limit(facts) !== null || refusedLater(facts) !== null;
}

function affinity({ o }: Facts): Hit['evidence'] {
  const ratio = o.deep?.affinity;
  return ratio == null ? {} : { freshConnections: { sessions: ratio.sessions, calls: ratio.calls, failures: ratio.failures } };
}

const OFTEN = 0.25;
/** With keep-alive everything is fine; on fresh connections the session is not found. */
const affinityLost: Rule = (facts) => {
  const ratio = facts.o.deep?.affinity;
  if (ratio == null || ratio.failures === 0 || !facts.working.has('legacy')) return null;
  const share = ratio.failures / Math.max(1, ratio.calls);
  return {
    code: 'session.lost_between_requests',
    // Clients hold more than one connection (the GET stream beside the POSTs): where many are lost, hardly one gets through.
    severity: share >= OFTEN ? 'down' : 'degraded',
    evidence: {
      sessions: ratio.sessions,
      calls: ratio.calls,
      failures: ratio.failures,
      ratio: Math.round(share * 100) / 100,
      likelyReplicas: share < 1 ? Math.round(1 / (1 - share)) : null,
      statuses: [...ratio.statuses],
    },
  };
};

const notificationSilent: Rule = (facts) => {
  const call = facts.primary === 'legacy' ? facts.o.legacy?.initialized : facts.primary === 'sse' ? facts.o.sse?.initialized : null;
  if (call == null || facts.failing !== call || call.status !== null) return null;
  const exchange = facts.exchange(call.exchange);
  return { code: 'mcp.notification_rejected', evidence: { ...seen(exchange), waitedMs: call.ms } };
};

/** What the server said to the messages that followed. */
function refusalOf(exchange: Exchange | undefined): Hit['evidence'] {
  return exchange?.status == null || exchange.status < 400
    ? {}
    : { next: `${exchange.method} was answered ${exchange.status}`, ...bodyHead(exchange) };
}

const idInvalid: Rule = ({ o, exchange, working }) => {
  const session = o.legacy?.session ?? null;
  if (session === null || !isOddId(session)) return null;
  const next = exchange(o.legacy?.initialized?.exchange);
  const sent = next?.requestHeaders['mcp-session-id'] !== undefined;
  const refused = !sent || (next?.status != null && REFUSED_HEADER.has(next.status));
  return {
    code: 'session.id_invalid',
    evidence: {
      ...seen(exchange(o.legacy?.initialize.exchange)),
      length: session.length,
      validCharacters: session.valid,
      sent,
      ...refusalOf(next),
    },
    // Where nothing works although it was accepted, something else is the reason.
    ...(working.size > 0 ? {} : { severity: refused ? ('down' as const) : ('notice' as const) }),
  };
};

/** 2025-11-25 transports, "Session Management" 3: a session that is over is answered with 404, so that clients begin a new one. */
const unknownSession: Rule = ({ o, exchange }) => {
  const { unknownSession: unknown = null, deletedSession: deleted = null } = o.deep ?? {};
  const wrong = [unknown, deleted].find((variant) => variant?.status != null && ![404, 401, 403, 429].includes(variant.status));
  // A session that is still served after its DELETE has a name of its own.
  if (wrong == null || (wrong === deleted && wrong.ok)) return null;
  return {
    code: 'session.not_404_when_unknown',
    evidence: {
      ...seen(exchange(wrong.exchange)),
      expected: 404,
      unknown: unknown?.status ?? null,
      deleted: deleted?.status ?? null,
      ...(wrong.error === null ? {} : { error: { code: wrong.error.code, message: wrong.error.message.slice(0, 300) } }),
    },
    // Served nevertheless, or refused with the other status that the clause knows for sessions: a remark.
    ...(wrong.ok || wrong.status === 400 ? { severity: 'notice' as const } : {}),
  };
};

const deleteFails: Rule = (facts) => {
  const { o, exchange } = facts;
  const deleted = o.deep?.deletedSession;
  if (deleted?.ok === true) {
    return { code: 'session.delete_fails', evidence: { ...seen(exchange(deleted.exchange)), after: deleted.note, got: 'the tool list' } };
  }
  const close = o.legacy?.close;
  if (close == null) return null;
  const fine = close.status !== null && ((close.status >= 200 && close.status < 300) || close.status === 404 || close.status === 405);
  // Where the messages before were refused alike, closing is no fault of its own.
  const refusedAlike = callsOf(o, 'legacy').some((call) => call.status === close.status);
  if (fine || refusedAlike || refusedLater(facts) !== null) return null;
  return { code: 'session.delete_fails', evidence: seen(exchange(close.exchange)) };
};

export const sessionRules: readonly Rule[] = [
  limit,
  refusedLater,
  affinityLost,
  notificationSilent,
  idInvalid,
  unknownSession,
  deleteFails,
];

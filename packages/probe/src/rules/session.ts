import type { CallFacts } from '../observation.ts';
import { bodyHead, type Facts, type Hit, type Rule, rpcEvidence, seen } from './rule.ts';

function saidIn(facts: Facts, call: CallFacts): string {
  return `${call.error?.message ?? ''} ${facts.exchange(call.exchange)?.body ?? ''}`.slice(0, 2000);
}

const limit: Rule = (facts) => {
  const { failing } = facts;
  if (failing?.status == null || failing.status < 400) return null;
  const said = saidIn(facts, failing);
  if (
    !/(too many|maximum|max(imum)? (number of )?|limit (of|on|reached|exceeded)).{0,40}(session|connection|stream)|(session|stream|connection)s?.{0,30}(limit|exhausted|too many)/i.test(
      said,
    )
  )
    return null;
  return {
    code: 'session.limit_reached',
    evidence: { ...seen(facts.exchange(failing.exchange)), ...rpcEvidence(failing), ...bodyHead(facts.exchange(failing.exchange)) },
  };
};

/** A call after initialize was refused: because of the session, the version label, or the message itself? */
const refusedLater: Rule = (facts) => {
  const { failing, first, o } = facts;
  if (facts.primary !== 'legacy' || failing === null || failing === first || o.legacy === null) return null;
  const { status } = failing;
  if (status === null || status < 400 || status === 401 || status === 403 || status === 429) return null;
  const exchange = facts.exchange(failing.exchange);
  const said = saidIn(facts, failing);
  const session = o.legacy.session;
  const evidence = {
    ...seen(exchange),
    asked: failing.method,
    sessionSent: session?.present === true,
    ...rpcEvidence(failing),
    ...bodyHead(exchange),
    ...affinity(facts),
  };
  if (/protocol.?version/i.test(said) && status === 400) {
    return {
      code: 'protocol.header_rejected',
      evidence: { ...evidence, sent: exchange?.requestHeaders['mcp-protocol-version'] ?? null },
      severity: 'down',
    };
  }
  const aboutSession = /session/i.test(said) || failing.error?.code === -32001;
  if (session?.present === true && (status === 404 || (status === 400 && aboutSession) || (status < 500 && aboutSession)))
    return { code: 'session.lost_between_requests', evidence };
  if (session?.present !== true && (aboutSession || (status === 400 && /not initialized|initialize/i.test(said))))
    return { code: 'session.header_missing', evidence };
  if (failing.method === 'notifications/initialized') return { code: 'mcp.notification_rejected', evidence };
  return null;
};

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

const idInvalid: Rule = ({ o, exchange }) => {
  const session = o.legacy?.session;
  if (session == null || !session.present || (session.valid && session.length <= 1024)) return null;
  return {
    code: 'session.id_invalid',
    evidence: { ...seen(exchange(o.legacy?.initialize.exchange)), length: session.length, validCharacters: session.valid },
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

const deleteFails: Rule = ({ o, exchange }) => {
  const deleted = o.deep?.deletedSession;
  if (deleted?.ok === true) {
    return { code: 'session.delete_fails', evidence: { ...seen(exchange(deleted.exchange)), after: deleted.note, got: 'the tool list' } };
  }
  const close = o.legacy?.close;
  if (close == null) return null;
  const fine = close.status !== null && ((close.status >= 200 && close.status < 300) || close.status === 404 || close.status === 405);
  return fine ? null : { code: 'session.delete_fails', evidence: seen(exchange(close.exchange)) };
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

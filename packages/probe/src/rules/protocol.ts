import type { CallFacts, Variant } from '../observation.ts';
import { callSucceeded } from '../observe/call.ts';
import { LEGACY_VERSIONS, MODERN_VERSION } from '../observe/versions.ts';
import { speaksModern } from './facts.ts';
import { type Hit, type Rule, rpcEvidence, seen } from './rule.ts';
import { sessionExplains } from './session.ts';

const rejected: Rule = ({ o, exchange, primary }) => {
  const call = o.legacy?.initialize;
  if (call == null || primary !== 'legacy' || callSucceeded(call, false) || speaksModern(o)) return null;
  // The error of a revision without initialize: there is nothing to negotiate.
  if (call.error?.code === UNSUPPORTED_VERSION) return null;
  const older = o.deep?.oldVersion;
  const aboutVersion =
    call.error !== null &&
    /version/i.test(call.error.message) &&
    /unsupported|not supported|unknown|invalid|must be|expected|mismatch/i.test(call.error.message);
  if (older?.ok !== true && !aboutVersion) return null;
  return {
    code: 'protocol.version_rejected',
    evidence: {
      ...seen(exchange(call.exchange)),
      requested: o.legacy?.result?.requestedVersion ?? '2025-11-25',
      ...rpcEvidence(call),
      ...(older?.ok === true ? { accepts: older.answered } : {}),
    },
  };
};

/** Found only by asking for a version that does not exist yet. */
const futureRejected: Rule = ({ o, exchange, working }) => {
  const future = o.deep?.futureVersion;
  if (future == null || future.ok || !working.has('legacy') || future.status === null || [401, 403, 429].includes(future.status))
    return null;
  return {
    code: 'protocol.version_rejected',
    evidence: { ...seen(exchange(future.exchange)), requested: future.note, ...refusal(future) },
    severity: 'degraded',
  };
};

function refusal({ error }: Variant): Hit['evidence'] {
  return error === null ? {} : { error: { code: error.code, message: error.message.slice(0, 300) } };
}

const echoed: Rule = ({ o, exchange }) => {
  const repeated = [o.deep?.absurdVersion, o.deep?.futureVersion].find(
    (v) => v?.ok === true && v.answered !== null && v.answered === v.note,
  );
  if (repeated == null) return null;
  return {
    code: 'protocol.version_echoed',
    evidence: { ...seen(exchange(repeated.exchange)), sent: repeated.note, answered: repeated.answered },
  };
};

const unsupported: Rule = ({ o, exchange }) => {
  const hits: Hit[] = [];
  const legacy = o.legacy?.result?.protocolVersion ?? o.sse?.result?.protocolVersion;
  if (legacy != null && !LEGACY_VERSIONS.includes(legacy)) {
    const call = o.legacy?.initialize ?? o.sse?.initialize;
    hits.push({
      code: 'protocol.version_unsupported',
      evidence: { ...seen(exchange(call?.exchange)), answered: legacy, known: [...LEGACY_VERSIONS] },
    });
  }
  const modern = o.modern;
  if (modern === null || hits.length > 0) return hits;
  const offered = modern.result?.supportedVersions ?? supportedIn(modern.discover.error?.data);
  if (modern.protocolVersion === null && speaksModern(o) && offered !== null && !offered.includes(MODERN_VERSION)) {
    const works = o.legacy !== null && callSucceeded(o.legacy.initialize, false);
    hits.push({
      code: 'protocol.version_unsupported',
      evidence: { ...seen(exchange(modern.discover.exchange)), asked: MODERN_VERSION, supported: [...offered] },
      ...(works ? { severity: 'notice' as const } : {}),
    });
  }
  return hits;
};

function supportedIn(data: unknown): string[] | null {
  if (typeof data !== 'object' || data === null || !('supported' in data) || !Array.isArray(data.supported)) return null;
  return data.supported.filter((v: unknown): v is string => typeof v === 'string').slice(0, 20);
}

const resultInvalid: Rule = ({ o, exchange }) => {
  const result = o.legacy?.result ?? o.sse?.result;
  if (result == null || result.problems.length === 0) return null;
  const call = o.legacy?.initialize ?? o.sse?.initialize;
  return {
    code: 'mcp.init_result_invalid',
    evidence: { ...seen(exchange(call?.exchange)), problems: result.problems.map((p) => ({ ...p })) },
  };
};

const headerRejected: Rule = ({ o, exchange, working }) => {
  const without = o.deep?.noVersionHeader;
  if (without == null || without.ok || !working.has('legacy') || without.status !== 400) return null;
  return {
    code: 'protocol.header_rejected',
    evidence: {
      ...seen(exchange(without.exchange)),
      sent: 'no MCP-Protocol-Version header (clients of 2025-03-26 send none)',
      ...refusal(without),
    },
    severity: 'notice',
  };
};

const eras: Rule = (facts) => {
  const { o, working, exchange } = facts;
  if (o.modern !== null && o.legacy !== null && working.has('modern') && refuses(o.legacy.initialize) && !sessionExplains(facts)) {
    return {
      code: 'protocol.initialize_missing',
      evidence: { ...seen(exchange(o.legacy.initialize.exchange)), ...rpcEvidence(o.legacy.initialize) },
      severity: 'notice',
    };
  }
  if (o.modern === null && o.legacy !== null && o.legacy.initialize.error?.code === UNSUPPORTED_VERSION) {
    return {
      code: 'protocol.initialize_missing',
      evidence: { ...seen(exchange(o.legacy.initialize.exchange)), ...rpcEvidence(o.legacy.initialize) },
      severity: 'down',
    };
  }
  return null;
};

/** Refused, as opposed to broken. */
function refuses(initialize: CallFacts): boolean {
  const broken =
    initialize.status === null || initialize.status === 429 || initialize.status >= 500 || initialize.error?.code === INTERNAL_ERROR;
  return !broken && !callSucceeded(initialize, false);
}
const INTERNAL_ERROR = -32603;
const UNSUPPORTED_VERSION = -32022;

const legacyOnly: Rule = ({ o, working, exchange }) => {
  if (!working.has('legacy') || o.modern === null || speaksModern(o) || working.has('modern')) return null;
  const { discover } = o.modern;
  if (discover.status === null || discover.status >= 500) return null;
  return {
    code: 'protocol.legacy_only',
    evidence: { ...seen(exchange(discover.exchange)), negotiated: o.legacy?.result?.protocolVersion ?? null, ...rpcEvidence(discover) },
  };
};

const sseOnly: Rule = ({ o, working, exchange }) => {
  if (!working.has('sse') || o.target.transport === 'sse' || o.legacy === null || o.sse === null) return null;
  return {
    code: 'transport.sse_only',
    evidence: { post: seen(exchange(o.legacy.initialize.exchange)), get: seen(exchange(o.sse.exchange)) },
  };
};

/** The owner said `era: modern` and the server does not have it. */
const modernAbsent: Rule = ({ o, exchange }) => {
  if (o.target.era !== 'modern' || o.modern === null || speaksModern(o) || callSucceeded(o.modern.discover, false)) return null;
  const { discover } = o.modern;
  if (discover.parse !== 'ok' || discover.status === null || discover.status === 401) return null;
  return {
    code: 'protocol.legacy_only',
    evidence: { ...seen(exchange(discover.exchange)), ...rpcEvidence(discover), expected: MODERN_VERSION },
    severity: 'down',
  };
};

export const protocolRules: readonly Rule[] = [
  modernAbsent,
  rejected,
  unsupported,
  resultInvalid,
  futureRejected,
  echoed,
  headerRejected,
  eras,
  legacyOnly,
  sseOnly,
];

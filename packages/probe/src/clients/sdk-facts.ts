import type { CallFacts, Observation } from '../observation.ts';
import { LEGACY_VERSIONS } from '../observe/versions.ts';
import { callsOf, listOf } from '../rules/facts.ts';
import type { Wire } from '../rules/rule.ts';
import { listRefusals } from './list-refusals.ts';

const READABLE = new Set(['application/json', 'text/event-stream']);

/** What of the answers on a wire that works for us a TypeScript SDK throws at, as a cause; null when it reads them all (measured). */
export function sdkRefusal(sdk: 'ts-v1' | 'ts-v2', wire: Wire, observation: Observation): string | null {
  const calls = callsOf(observation, wire).filter(({ method }) => !method.startsWith('notifications/'));
  if (wire !== 'sse' && calls.some(wronglyLabelled)) return 'content_type.response_wrong';
  if (calls.some(strangeEnvelope)) return 'jsonrpc.extra_members';
  const version = wire === 'legacy' ? observation.legacy?.result?.protocolVersion : observation.sse?.result?.protocolVersion;
  if (wire !== 'modern' && version != null && !LEGACY_VERSIONS.includes(version)) return 'protocol.version_unsupported';
  if (sdk === 'ts-v2' && wire === 'legacy' && notificationNeverEnds(observation)) return 'http.response_timeout';
  const list = listOf(observation, wire);
  if (list === null) return null;
  if (listRefusals(sdk, wire, list).length > 0) return 'tools.schema_invalid';
  return list.problems.some(({ problem }) => problem === 'cursor_null' || problem === 'cursor_not_string') ? 'tools.cursor_null' : null;
}

/** v2 reads the answer to a notification to its end before it goes on. */
function notificationNeverEnds({ legacy, exchanges }: Observation): boolean {
  const n = legacy?.initialized?.exchange;
  return exchanges.some((exchange) => exchange.n === n && exchange.failure?.phase === 'timeout');
}

/** An answer under a label that the SDKs do not read. */
export function wronglyLabelled(call: CallFacts): boolean {
  return !READABLE.has(call.mediaType ?? '');
}

/** A message that the SDKs' strict schemas do not know. */
export function strangeEnvelope(call: CallFacts): boolean {
  return (call.extraMembers ?? []).length > 0 || call.resultNotObject === true;
}

/**
 * Where server/discover leads a client that asks it first and has no 2026-07-28 to go on with (client 2.4.0): on to initialize, or nowhere.
 * An HTTP refusal leads on, unless it is about access, and so does a redirect that it does not follow; a success must be a JSON-RPC message.
 */
export function discoverLeadsOn({ modern }: Observation): boolean {
  if (modern === null) return true;
  const { discover } = modern;
  const { status } = discover;
  if (status === null || status >= 500) return false;
  if (status >= 300) return status !== 401 && status !== 403;
  return !wronglyLabelled(discover) && (discover.parse === 'ok' || discover.parse === 'batch') && sound(discover);
}

/** What spoils the answer to server/discover spoils those of initialize and tools/list alike: one fault, not two. */
export function spoiltAlike(observation: Observation): boolean {
  const discover = observation.modern?.discover;
  if (discover === undefined || discover.parse === 'none') return false;
  const legacy = callsOf(observation, 'legacy').filter(({ method }) => !method.startsWith('notifications/'));
  return [strangeEnvelope, wronglyLabelled].some((spoilt) => spoilt(discover) && legacy.some(spoilt));
}

function sound(call: CallFacts): boolean {
  if (strangeEnvelope(call) || call.nullMember !== null) return false;
  if (call.outcome === 'error') return call.error?.code != null;
  return call.outcome === 'result' && (call.id === 'same' || call.id === 'stringified');
}

import type { ClientVerdict } from '@rollcall/contracts';
import type { TypeScriptSdk } from './clients/list-refusals.ts';
import { CLIENT_PROFILES, type ClientProfile } from './clients/profiles.ts';
import { discoverLeadsOn, sdkRefusal, spoiltAlike } from './clients/sdk-facts.ts';
import type { ListFacts, Observation, SimulatedClientFacts } from './observation.ts';
import { factsOf, listOf, serverOf } from './rules/facts.ts';
import type { Wire } from './rules/rule.ts';
import type { Diagnosis } from './types.ts';

type Judgement = Pick<ClientVerdict, 'verdict' | 'because'>;

const works: Judgement = { verdict: 'works', because: null };
const fails = (because: string): Judgement => ({ verdict: 'fails', because });
const unknown = (because: string | null = null): Judgement => ({ verdict: 'unknown', because });

/** Faults that the TypeScript SDKs are known to fail on (measured); what other clients make of them is not known. */
const KNOWN_FOR_SDK_ONLY: ReadonlySet<string> = new Set([
  'url.credentials_in_url',
  'mcp.notification_rejected',
  'jsonrpc.result_and_error',
  'jsonrpc.extra_members',
  'content_type.response_wrong',
  'tools.schema_invalid',
  'tools.cursor_null',
  'sse.endpoint_cross_origin',
  'protocol.version_unsupported',
]);
/** Causes that `sdkRefusal` decides for the TypeScript SDKs one way or the other. */
const MEASURED: ReadonlySet<string> = new Set([
  'tools.schema_invalid',
  'tools.cursor_null',
  'content_type.response_wrong',
  'jsonrpc.extra_members',
  'protocol.version_unsupported',
]);
/** Of these it is known what the TypeScript SDKs do, and of no other client. */
const NOT_MEASURED_ELSEWHERE = [
  'tools.schema_invalid',
  'tools.cursor_null',
  'content_type.response_wrong',
  'jsonrpc.extra_members',
  'jsonrpc.batch_reply',
] as const;
/** Bounds of ours: how far a client goes is not known. */
const OUR_BOUNDS: ReadonlySet<string> = new Set(['jsonrpc.too_deep', 'sse.event_too_large']);
/** Faults of the modern half; a client that speaks it refuses the list. */
const MODERN_LIST_FAULTS = ['modern.result_type_missing', 'modern.cache_hints_missing'] as const;

interface Case {
  readonly working: ReadonlySet<Wire>;
  readonly cause: string | null;
  readonly codes: ReadonlySet<string>;
  readonly observation: Observation;
  readonly diagnosis: Diagnosis;
  /** What an SDK throws at on a wire: the same for every profile built on it. */
  readonly refusal: (sdk: TypeScriptSdk, wire: Wire) => string | null;
}

function isTypeScript(profile: ClientProfile): profile is ClientProfile & { readonly sdk: 'ts-v1' | 'ts-v2' } {
  return profile.sdk === 'ts-v1' || profile.sdk === 'ts-v2';
}

/** What the network, the address and redirects do to this client before any protocol is spoken. */
function onTheWay(profile: ClientProfile, { codes }: Case): Judgement | null {
  // Who runs inside the same network gets there.
  if (codes.has('dns.private_address')) return profile.hosted ? fails('dns.private_address') : unknown('dns.private_address');
  if (codes.has('url.blocked_port') && isTypeScript(profile)) return fails('url.blocked_port');
  if (codes.has('ipv6.unreachable') && profile.addresses === 'no-fallback') return fails('ipv6.unreachable');
  if (codes.has('ipv6.only') && profile.addresses === 'ipv4-only') return fails('ipv6.only');
  if (codes.has('http.plaintext') && profile.refusesPlainHttp === 'yes') return fails('http.plaintext');
  // http to https on the same host is another origin for fetch, though not for who follows the SDKs' same-origin policy.
  if (codes.has('redirect.auth_stripped') && profile.redirects === 'fetch') return fails('redirect.auth_stripped');
  if (!codes.has('redirect.cross_origin_refused')) return null;
  if (profile.redirects === 'same-origin') return fails('redirect.cross_origin_refused');
  return profile.redirects === 'unknown' ? unknown('redirect.cross_origin_refused') : null;
}

/** Which half of the server this client ends up with, or why with none. */
function chooseWire(profile: ClientProfile, given: Case): Wire | Judgement {
  const { working, codes, cause, observation } = given;
  const legacy = working.has('legacy');
  const incomplete = profile.sdk === 'ts-v2' && codes.has('modern.capabilities_missing');
  const modern = working.has('modern') && !incomplete;
  if (profile.era === 'modern') {
    if (modern) return 'modern';
    if (observation.modern === null) return unknown();
    if (incomplete) return fails('modern.capabilities_missing');
    return fails(legacy || working.has('sse') ? 'protocol.legacy_only' : (cause ?? 'protocol.legacy_only'));
  }
  if (profile.era === 'auto') {
    if (modern) return 'modern';
    const stopped = stoppedByModern(profile, given, incomplete);
    if (stopped !== null) return stopped;
  }
  if (legacy) return profile.era === 'unknown' && codes.has('modern.fallback_poisoned') ? unknown('modern.fallback_poisoned') : 'legacy';
  if (working.has('sse'))
    return profile.sse === 'yes' ? 'sse' : profile.sse === 'no' ? fails('transport.sse_only') : unknown('transport.sse_only');
  // The owner has the probe ask in one era only: what the other would have said is not known.
  if (working.has('modern') && observation.legacy === null) return unknown();
  if (working.has('modern'))
    return profile.era === 'unknown' ? unknown('protocol.initialize_missing') : fails('protocol.initialize_missing');
  return fails(cause ?? 'prober.internal');
}

/** A client that asks for 2026-07-28 first and never gets to the question of before. */
function stoppedByModern(profile: ClientProfile, { codes, observation }: Case, incomplete: boolean): Judgement | null {
  // It was told that the server speaks it, and believes that.
  if (observation.modern !== null && observation.modern.protocolVersion !== null && !incomplete)
    return fails(codes.has('modern.header_stripped') ? 'modern.header_stripped' : 'tools.list_failed');
  const poisoned = isTypeScript(profile)
    ? !discoverLeadsOn(observation) && !spoiltAlike(observation)
    : codes.has('modern.fallback_poisoned');
  return poisoned ? fails('modern.fallback_poisoned') : null;
}

/** What the client makes of the answers and of the tool list it gets over that half. */
function withTheList(profile: ClientProfile, wire: Wire, { codes, cause, observation, refusal }: Case): Judgement {
  const known = isTypeScript(profile);
  const refused = known ? refusal(profile.sdk, wire) : null;
  if (refused !== null) return fails(refused);
  if (!known) for (const code of NOT_MEASURED_ELSEWHERE) if (codes.has(code)) return unknown(code);
  if (wire === 'modern') {
    for (const code of MODERN_LIST_FAULTS) if (codes.has(code)) return profile.sdk === 'ts-v2' ? fails(code) : unknown(code);
  }
  if (profile.sdk === 'ts-v2') {
    const pages = withThePages(listOf(observation, wire));
    if (pages !== null) return pages;
  }
  const undeclared = serverOf(observation, wire)?.capabilities['tools'] === undefined;
  if (codes.has('tools.capability_missing') && undeclared && profile.sdk === 'ts-v2') return fails('tools.capability_missing');
  if (codes.has('tools.empty') && profile.refusesEmptyList === 'yes') return fails('tools.empty');
  // Down although a half works: the cause hits some clients, and we do not know that it spares this one, unless it was measured.
  return cause === null || (known && MEASURED.has(cause)) ? works : unknown(cause);
}

/** Client 2 reads every page: it stops at a cursor that it had before and fails after 64 pages, where we stop, too. */
function withThePages(list: ListFacts | null): Judgement | null {
  switch (list?.endedBy) {
    case 'page_limit':
      return fails('tools.page_limit');
    case 'tool_limit':
    case 'size_limit':
      return unknown('tools.page_limit');
    case 'page_repeat':
      return unknown('tools.cursor_loop');
    default:
      return null;
  }
}

/** The owner has the probe ask in one era only, and this client begins in the other. */
function wasNotAsked({ era }: ClientProfile, code: string, { modern, legacy }: Observation): boolean {
  if (code === 'protocol.legacy_only') return legacy === null && era !== 'modern';
  return code === 'protocol.initialize_missing' && modern === null && era !== 'legacy';
}

function judgeOne(profile: ClientProfile, given: Case): Judgement {
  const { diagnosis, cause, working, observation } = given;
  if (diagnosis.verdict === 'unknown' || diagnosis.verdict === 'gated') return unknown(cause);
  const early = onTheWay(profile, given);
  if (early) return early;
  if (working.size === 0) {
    const code = diagnosis.cause?.code ?? 'prober.internal';
    // Signing in is between the server and each client; what failed for us need not fail for it.
    if (diagnosis.cause?.layer === 'auth') return unknown(code);
    if (OUR_BOUNDS.has(code) || wasNotAsked(profile, code, observation)) return unknown(code);
    return KNOWN_FOR_SDK_ONLY.has(code) && !isTypeScript(profile) ? unknown(code) : fails(code);
  }
  const wire = chooseWire(profile, given);
  return typeof wire === 'string' ? withTheList(profile, wire, given) : wire;
}

/** The client itself was run: what it did holds, whatever was expected of it. A client that sees none of the tools does not work. */
function measured(did: SimulatedClientFacts, predicted: Judgement, { diagnosis, observation }: Case): Judgement {
  const listed = observation.legacy?.list?.count ?? observation.modern?.list?.count ?? observation.sse?.list?.count ?? 0;
  if (did.outcome === 'works' && !(listed > 0 && did.toolCount === 0)) return works;
  const because = predicted.because ?? diagnosis.cause?.code ?? null;
  return { verdict: 'fails', because };
}

function onceEach(refusal: Case['refusal']): Case['refusal'] {
  const known = new Map<string, string | null>();
  return (sdk, wire) => {
    const key = `${sdk} ${wire}`;
    const said = known.get(key);
    if (said !== undefined) return said;
    const fresh = refusal(sdk, wire);
    known.set(key, fresh);
    return fresh;
  };
}

/**
 * Which of the known clients can work with the endpoint: pure over the stored facts and the profiles, so that history can be
 * judged again when a client changes. Who is not known to fail and not known to work is `unknown`.
 */
export function judge(observation: Observation, diagnosis: Diagnosis): ClientVerdict[] {
  const codes = new Set([...(diagnosis.cause ? [diagnosis.cause.code] : []), ...diagnosis.findings.map(({ code }) => code)]);
  const { working } = factsOf(observation);
  const down = diagnosis.verdict === 'down' || diagnosis.verdict === 'unknown' || diagnosis.verdict === 'gated';
  const given: Case = {
    working,
    cause: down ? (diagnosis.cause?.code ?? null) : null,
    codes,
    observation,
    diagnosis,
    refusal: onceEach((sdk, wire) => sdkRefusal(sdk, wire, observation)),
  };
  return CLIENT_PROFILES.map((profile) => {
    const predicted = judgeOne(profile, given);
    const measurable = diagnosis.verdict !== 'gated' && diagnosis.verdict !== 'unknown';
    const did = measurable ? observation.simulations?.find(({ client }) => client === profile.id) : undefined;
    return { id: profile.id, name: profile.name, ...(did === undefined ? predicted : measured(did, predicted, given)) };
  });
}

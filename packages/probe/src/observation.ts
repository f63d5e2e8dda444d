import type { Expect, Step, Timings } from '@rollcall/contracts';
import type { Era, EraSetting, Transport, TransportSetting } from '@rollcall/core';
import type { AssertionFact } from './assert-result.ts';
import type { SeverityOverride } from './override.ts';

/** Facts of one probe, nothing else: JSON, bounded, redacted. A stored observation can be diagnosed and judged by newer rules. */
export const OBSERVATION_SCHEMA = 'rollcall.observation/1';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface Observation {
  readonly schema: typeof OBSERVATION_SCHEMA;
  /** As registered, with userinfo and secret-looking query values redacted. */
  readonly url: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly region: string;
  readonly target: TargetFacts;
  /** `deadline`: the whole-probe deadline cut it short. `refused`: the URL itself was not probed (`urlProblem`). `internal`: a fault of ours. */
  readonly ended: 'done' | 'deadline' | 'aborted' | 'refused' | 'internal';
  readonly urlProblem: 'malformed' | 'scheme' | 'websocket' | 'credentials' | 'blocked_address' | null;
  readonly internalError: string | null;
  /** The endpoint's own host. Null when the probe ended before. */
  readonly dns: DnsFacts | null;
  /** The first TLS handshake with the endpoint's own origin; null for http:// or when none was reached. */
  readonly tls: TlsFacts | null;
  readonly exchanges: readonly Exchange[];
  readonly steps: readonly Step[];
  /** What was asked on each wire; null = that wire was not tried. */
  readonly modern: ModernFacts | null;
  readonly legacy: LegacyFacts | null;
  readonly sse: SseFacts | null;
  /** The owner's tools/call; absent when none was asked for, or no list came through. */
  readonly toolCall?: ToolCallFacts | null;
  readonly credential: CredentialFacts | null;
  /** Walked without credentials after a 401/403, and always when deep. */
  readonly auth: AuthChainFacts | null;
  readonly deep: DeepFacts | null;
  /** What real SDK clients did, run after a deep probe; null when none was. Absent in observations of before. */
  readonly simulations?: readonly SimulatedClientFacts[] | null | undefined;
}

/** One real SDK client, run against the endpoint. */
export interface SimulatedClientFacts {
  /** Id of its client profile. */
  readonly client: string;
  readonly outcome: 'works' | 'fails' | 'hangs';
  /** What the SDK said, redacted. */
  readonly error: string | null;
  /** Null: it never got the list. */
  readonly toolCount: number | null;
  readonly ms: number;
}

export interface TargetFacts {
  readonly transport: TransportSetting;
  readonly era: EraSetting;
  readonly deep: boolean;
  readonly timeoutMs: number;
  readonly authType: 'none' | 'bearer' | 'oauth';
  /** Names of the owner's own headers. */
  readonly headerNames: readonly string[];
  readonly hint: { readonly transport: Transport; readonly era: Era; readonly protocolVersion: string | null } | null;
  readonly expect: Expect;
  readonly baseline: { readonly toolCount: number } | null;
  /** The owner's, absent when there are none. */
  readonly overrides?: readonly SeverityOverride[];
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** The host is an IP literal rather than a name. */
  readonly literal: boolean;
  readonly allowPrivate: boolean;
}

export interface DnsAddress {
  readonly address: string;
  readonly family: 4 | 6;
  readonly public: boolean;
}
export interface DnsFacts {
  readonly host: string;
  readonly addresses: readonly DnsAddress[];
  /** `ENOTFOUND` (rcode 3), `ENODATA` (no A/AAAA), `ESERVFAIL`, `EAI_AGAIN`, `ETIMEOUT` … */
  readonly error: string | null;
  readonly ms: number;
}

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
  readonly san: readonly string[];
}
export interface TlsFacts {
  readonly servername: string | null;
  readonly protocol: string | null;
  readonly alpn: string | null;
  readonly authorizationError: string | null;
  readonly leaf: CertificateFacts | null;
  readonly chain: readonly CertificateFacts[];
  /** Only after UNABLE_TO_VERIFY_LEAF_SIGNATURE: does the issuer named by the leaf's AIA complete the chain to a known root? */
  readonly issuerFetch: 'completes' | 'untrusted' | 'unreachable' | 'not_offered' | null;
}

export type FailurePhase = 'policy' | 'dns' | 'tcp' | 'tls' | 'http' | 'timeout';
/** Why an exchange has no (complete) answer. `headers`: the answer had begun. */
export interface ExchangeFailure {
  readonly phase: FailurePhase;
  /** `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `connect_timeout`, `headers_timeout`, `body_timeout`, `deadline`, `truncated`, `inflate_failed`, `ratio` … */
  readonly code: string;
  readonly afterHeaders: boolean;
  readonly address: string | null;
}

export type Purpose =
  | 'discover'
  | 'initialize'
  | 'initialized'
  | 'tools/list'
  | 'tools/call'
  | 'sse'
  | 'close'
  | 'redirect'
  | 'token'
  | 'metadata'
  | 'deep';

export interface SseEventFact {
  readonly ms: number;
  readonly event: string;
  readonly id: string | null;
  readonly bytes: number;
}
/** An event stream as it arrived. `ms` counts from the request. */
export interface StreamFacts {
  readonly events: readonly SseEventFact[];
  readonly eventCount: number;
  readonly comments: number;
  readonly chunks: number;
  readonly firstByteMs: number | null;
  readonly lastByteMs: number | null;
  readonly endedMs: number | null;
  /** `us`: we had what we wanted. `end`: orderly end by the server. `reset`: broken off. `timeout`: our own timer. `limit`: a bound of ours. */
  readonly endedBy: 'us' | 'end' | 'reset' | 'timeout' | 'limit';
  /** Framing faults seen: `bom`, `unknown_field`, `no_blank_line`, `event_too_large`, `data_not_json`, `event_name`. */
  readonly faults: readonly string[];
}

export interface Exchange {
  readonly n: number;
  readonly purpose: Purpose;
  /** Label within the purpose, e.g. `affinity`, `cors`, `prm-path`. */
  readonly note: string | null;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | null;
  readonly status: number | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** First 4 KiB, decoded, redacted. Null when there was none or it is not text. */
  readonly body: string | null;
  readonly bodySha256: string | null;
  readonly rawBytes: number;
  readonly decodedBytes: number;
  readonly bodyTruncated: boolean;
  readonly address: string | null;
  readonly family: 4 | 6 | null;
  readonly reused: boolean;
  readonly timings: Timings;
  readonly startedMs: number;
  readonly failure: ExchangeFailure | null;
  readonly stream: StreamFacts | null;
}

/** One redirect answer and what it does to a POST. Hops we did not follow end the list. */
export interface RedirectHop {
  readonly exchange: number;
  readonly status: number;
  readonly from: string;
  readonly to: string | null;
  readonly sameOrigin: boolean;
  /** http → https, same host, default ports: SDKs with the same-origin policy follow it. */
  readonly upgrade: boolean;
  readonly downgrade: boolean;
  readonly methodKept: boolean;
  readonly followed: boolean;
  /** Why not: `method_lost`, `loop`, `limit`, `blocked_address`, `no_location`, `scheme`. */
  readonly stopped: string | null;
  /** Same-origin hop that only adds or removes a trailing slash. */
  readonly slashOnly: boolean;
}

export interface RpcError {
  readonly code: number | null;
  readonly message: string;
  readonly data: Json;
}
/** What a JSON-RPC request got. */
export interface CallFacts {
  readonly method: string;
  /** The exchange that ended it (after redirects). */
  readonly exchange: number;
  readonly redirects: readonly RedirectHop[];
  readonly status: number | null;
  readonly mediaType: string | null;
  /** Where the answer came: body, stream of the POST, or the legacy GET stream. `none`: no JSON-RPC message of any kind. */
  readonly channel: 'json' | 'sse' | 'stream' | 'none';
  readonly parse: 'ok' | 'none' | 'empty' | 'not_json' | 'not_jsonrpc' | 'batch' | 'too_deep';
  readonly id: 'same' | 'stringified' | 'other' | 'null' | 'absent' | null;
  readonly outcome: 'result' | 'error' | 'both' | 'neither' | null;
  /** `error: null` beside a result, or `result: null` beside an error. */
  readonly nullMember: 'error' | 'result' | null;
  /** Members of an answer that JSON-RPC does not know (2.0 §5); absent when there are none. Strict schemas refuse the message. */
  readonly extraMembers?: readonly string[];
  /** The result is no object, as MCP wants it (2025-11-25 schema, Result); absent when it is one. */
  readonly resultNotObject?: true;
  readonly error: RpcError | null;
  /** JSON-RPC messages without our id that came first (notifications, requests of the server). */
  readonly otherMessages: number;
  readonly ms: number;
}

export interface ServerFacts {
  readonly name: string;
  readonly version: string;
  readonly capabilities: JsonObject;
  readonly instructionsSha256: string | null;
  /** The first 16 KiB; absent when there are none. */
  readonly instructions?: string;
}

/** `pointer` is an RFC 6901 pointer into the tool or result; `value` a bounded rendering of what stands there. */
export interface Problem {
  readonly problem: string;
  readonly pointer: string;
  readonly value: string;
}
export interface ToolFacts {
  readonly name: string;
  readonly hash: string;
  readonly problems: readonly Problem[];
}
export interface ListFacts {
  readonly calls: readonly CallFacts[];
  readonly pages: number;
  readonly endedBy: 'complete' | 'cursor_loop' | 'page_repeat' | 'page_limit' | 'tool_limit' | 'size_limit' | 'failed' | 'deadline';
  readonly count: number;
  /** In the server's order. */
  readonly names: readonly string[];
  /** `sha256:` over the JCS of the tools sorted by it; null when the list was not complete. */
  readonly hash: string | null;
  readonly bytes: number;
  /** Faults of the result itself: `tools_not_array`, `cursor_null`, `cursor_empty`, `cursor_not_string`, `result_type_missing`, `ttl_missing`, `cache_scope_missing`, `result_not_object`, `meta_not_object`. */
  readonly problems: readonly Problem[];
  readonly tools: readonly ToolFacts[];
  /** Whole tool objects for drift; the recorder drops them when the hash is known. Null when larger than 2 MiB. */
  readonly definitions: readonly Json[] | null;
}

/** What the tool that the owner wants called came to. */
export interface ToolCallFacts {
  readonly tool: string;
  readonly wire: 'modern' | 'legacy' | 'sse';
  /** Null: the list has no such tool, so it was not called. */
  readonly call: CallFacts | null;
  /** Of the result, when one came. */
  readonly isError: boolean;
  readonly resultType: string | null;
  /** The beginning of its first text. */
  readonly text: string | null;
  /** In the order of the owner's; empty when no result came. */
  readonly assertions: readonly AssertionFact[];
}

export interface ModernFacts {
  readonly discover: CallFacts;
  readonly result: { readonly supportedVersions: readonly string[]; readonly problems: readonly Problem[] } | null;
  readonly server: ServerFacts | null;
  readonly protocolVersion: string | null;
  /** A modern response carried Mcp-Session-Id. */
  readonly sessionMinted: boolean;
  readonly list: ListFacts | null;
}
export interface SessionFacts {
  readonly present: boolean;
  readonly length: number;
  /** Every character in 0x21–0x7E. */
  readonly valid: boolean;
}
export interface InitializeFacts {
  readonly requestedVersion: string;
  readonly protocolVersion: string | null;
  readonly problems: readonly Problem[];
}
export interface LegacyFacts {
  readonly initialize: CallFacts;
  readonly result: InitializeFacts | null;
  readonly server: ServerFacts | null;
  readonly session: SessionFacts | null;
  readonly initialized: CallFacts | null;
  readonly list: ListFacts | null;
  /** tools/list was answered "no session" although we sent the id: the same call once more on the same connection. */
  readonly close: { readonly exchange: number; readonly status: number | null } | null;
}
export interface SseFacts {
  /** The GET. */
  readonly exchange: number;
  readonly redirects: readonly RedirectHop[];
  readonly status: number | null;
  readonly mediaType: string | null;
  readonly endpoint: {
    readonly raw: string;
    readonly url: string | null;
    readonly sameOrigin: boolean;
    readonly valid: boolean;
    readonly blocked: boolean;
    readonly ms: number;
  } | null;
  readonly initialize: CallFacts | null;
  readonly result: InitializeFacts | null;
  readonly server: ServerFacts | null;
  readonly initialized: CallFacts | null;
  readonly list: ListFacts | null;
  readonly stream: StreamFacts | null;
}

export interface CredentialFacts {
  readonly type: 'bearer' | 'oauth';
  /** How the OAuth token was got. `rejected`: the endpoint answered 401 to it. */
  readonly outcome: 'sent' | 'rejected' | 'refreshed' | 'no_metadata' | 'token_refused' | 'token_unreachable';
  readonly tokenEndpoint: string | null;
  readonly error: string | null;
  readonly exchange: number | null;
}

export interface MetadataDocument {
  readonly url: string;
  readonly exchange: number;
  readonly status: number | null;
  readonly json: boolean;
  readonly document: JsonObject | null;
}
export interface AuthChainFacts {
  readonly status: number | null;
  readonly wwwAuthenticate: string | null;
  readonly challenge: {
    readonly scheme: string;
    readonly resourceMetadata: string | null;
    readonly scope: string | null;
    readonly error: string | null;
  } | null;
  readonly resourceMetadata: readonly MetadataDocument[];
  /** The first usable protected-resource document. */
  readonly resource: {
    readonly url: string;
    readonly resource: string | null;
    readonly matches: boolean;
    readonly authorizationServers: readonly string[];
    readonly valid: boolean;
  } | null;
  readonly serverMetadata: readonly MetadataDocument[];
  readonly authorizationServer: {
    readonly identifier: string;
    readonly issuer: string | null;
    readonly tokenEndpoint: string | null;
    readonly registrationEndpoint: boolean;
    readonly clientIdMetadata: boolean;
    readonly pkceMethods: readonly string[] | null;
    readonly grantTypes: readonly string[] | null;
  } | null;
  /** The host answered the metadata address with a bot check. */
  readonly challenged: boolean;
}

export interface FamilyLeg {
  readonly exchange: number | null;
  readonly ok: boolean;
  readonly error: string | null;
  readonly status: number | null;
  readonly certificateSha256: string | null;
  readonly serverName: string | null;
  readonly ms: number;
  /** Where it failed, when no status line came. */
  readonly phase: FailurePhase | null;
}
export interface Variant {
  readonly exchange: number;
  readonly status: number | null;
  readonly ok: boolean;
  readonly error: RpcError | null;
  readonly note: string | null;
}
/** Deep checks; null = not applicable or not run. Every one on its own fresh connection. */
export interface DeepFacts {
  readonly ipv4: FamilyLeg | null;
  readonly ipv6: FamilyLeg | null;
  /** This vantage can reach IPv6 at all. */
  readonly ipv6Vantage: boolean;
  readonly affinity: {
    readonly sessions: number;
    readonly calls: number;
    readonly failures: number;
    readonly statuses: readonly (number | null)[];
  } | null;
  readonly unknownSession: Variant | null;
  readonly getStream: (Variant & { readonly mediaType: string | null; readonly stream: StreamFacts | null }) | null;
  readonly deletedSession: Variant | null;
  readonly foreignOrigin: Variant | null;
  readonly cors: {
    readonly exchange: number;
    readonly status: number | null;
    readonly allowOrigin: string | null;
    readonly allowHeaders: string | null;
    readonly exposeHeaders: string | null;
    readonly missingHeaders: readonly string[];
  } | null;
  readonly acceptJsonOnly: Variant | null;
  readonly acceptSseOnly: Variant | null;
  readonly charset: Variant | null;
  readonly futureVersion: (Variant & { readonly answered: string | null }) | null;
  readonly oldVersion: (Variant & { readonly answered: string | null }) | null;
  readonly absurdVersion: (Variant & { readonly answered: string | null }) | null;
  readonly noVersionHeader: Variant | null;
  readonly modernMismatch: Variant | null;
  readonly modernFutureVersion: Variant | null;
  readonly modernUnknownMethod: Variant | null;
  /** `gone`, `come`: some of the names that only one of the lists has. `from`: the first place where the names differ. */
  readonly secondList: {
    readonly hash: string | null;
    readonly sameOrder: boolean;
    readonly sameSet: boolean;
    readonly gone: readonly string[];
    readonly come: readonly string[];
    readonly from: { readonly n: number; readonly first: string | null; readonly second: string | null } | null;
  } | null;
  /** The POST redirected under each client policy: does the chain end at an MCP answer? */
  readonly redirectPolicies: {
    readonly fetch: 'works' | 'fails';
    readonly sameOrigin: 'works' | 'fails';
    readonly follow: 'works' | 'fails';
    readonly authStripped: boolean;
  } | null;
  readonly idle: {
    readonly exchange: number;
    /** `get`: the GET stream of Streamable HTTP. `sse`: the stream of HTTP+SSE. `listen`: subscriptions/listen of 2026-07-28. */
    readonly kind: 'get' | 'sse' | 'listen';
    readonly closedAfterMs: number | null;
    readonly watchedMs: number;
    /** From the last byte to the close. */
    readonly silentMs: number | null;
    readonly comments: number;
    /** The server said goodbye: an event id to resume from, or the result of subscriptions/listen. */
    readonly graceful: boolean;
    readonly endedBy: StreamFacts['endedBy'];
  } | null;
  readonly identity: {
    readonly exchange: number;
    readonly firstByteMs: number | null;
    /** Null: nothing came while we waited. */
    readonly compressedFirstByteMs: number | null;
    readonly compressedExchange: number;
    readonly compressedWaitedMs: number;
  } | null;
  readonly siblings: readonly { readonly path: string; readonly exchange: number; readonly answers: boolean }[];
  /** Checks that time cut short, or that a fault of ours ended. */
  readonly unfinished: readonly string[];
}

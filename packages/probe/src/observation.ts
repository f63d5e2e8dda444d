import type { Expect, Step } from '@rollcall/contracts';
import type { Era, EraSetting, Transport, TransportSetting } from '@rollcall/core';
import type { AssertionFact } from './assert-result.ts';
import type { AuthChainFacts, CredentialFacts } from './auth-facts.ts';
import type { DeepFacts } from './deep-facts.ts';
import type { CallFacts, Exchange, Json, JsonObject, RedirectHop, StreamFacts } from './exchange-facts.ts';
import type { SeverityOverride } from './override.ts';

export type * from './auth-facts.ts';
export type * from './deep-facts.ts';
export type * from './exchange-facts.ts';

/** Facts of one probe, nothing else: JSON, bounded, redacted. A stored observation can be diagnosed and judged by newer rules. */
export const OBSERVATION_SCHEMA = 'rollcall.observation/1';

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
  /** The DELETE that ended the session; null where there was none to end. */
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

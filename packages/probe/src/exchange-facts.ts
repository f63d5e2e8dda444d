import type { Timings } from '@rollcall/contracts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

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

import type { FailurePhase, RpcError, StreamFacts } from './exchange-facts.ts';

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

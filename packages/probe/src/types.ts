import type { Cause, ClientVerdict, Expect, Report, Step } from '@rollcall/contracts';
import type { Era, EraSetting, ProbeVerdict, Transport, TransportSetting } from '@rollcall/core';
import type { AddressPolicy, Resolve } from '@rollcall/net';
import type { BoundIssuer } from './auth-facts.ts';
import type { Observation } from './observation.ts';
import type { SeverityOverride } from './override.ts';

/** How we sign in to the monitored server. Values are secrets: they never reach an observation. */
export type TargetAuth =
  | { readonly type: 'none' }
  | { readonly type: 'bearer'; readonly token: string }
  | { readonly type: 'oauth'; readonly clientId: string; readonly clientSecret: string; readonly scope?: string | undefined };

export interface ProbeTarget {
  readonly url: string;
  readonly transport: TransportSetting;
  readonly era: EraSetting;
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: TargetAuth;
  /** The authorization server that a client secret is for; it is sent to no other. Absent: to the one that the endpoint names. */
  readonly boundIssuer?: BoundIssuer | undefined;
  /** Deadline of the whole probe. */
  readonly timeoutMs: number;
  readonly deep: boolean;
  readonly region: string;
  /** What the last probe found: tried first, alone; when it stops fitting the probe detects again. */
  readonly hint: { readonly transport: Transport; readonly era: Era; readonly protocolVersion: string | null } | null;
  readonly expect: Expect;
  readonly baseline: { readonly toolCount: number } | null;
  /** What the owner makes of causes and findings; absent: nothing. */
  readonly overrides?: readonly SeverityOverride[] | undefined;
}

/** Spans of our own timers in ms; the defaults are the product's. */
export interface Deadlines {
  readonly dnsMs: number;
  readonly tcpMs: number;
  readonly tlsMs: number;
  /** From the request to the status line. */
  readonly firstByteMs: number;
  /** From the status line to the answer, and from a legacy POST to its message on the stream. */
  readonly answerMs: number;
  /** HTTP+SSE: from the GET to the `endpoint` event. */
  readonly endpointEventMs: number;
  /** Deep: how long a stream is watched for being cut. */
  readonly idleMs: number;
}

export interface ProbeDeps {
  readonly policy: AddressPolicy;
  readonly onStep?: ((step: Step) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clientInfo?: { readonly name: string; readonly version: string } | undefined;
  readonly deadlines?: Partial<Deadlines> | undefined;
  /** Instead of the system's resolver (tests, several vantage points). The address policy still applies to what it answers. */
  readonly resolve?: Resolve | undefined;
  /** Certificates trusted besides the built-in roots, PEM. */
  readonly extraCa?: readonly string[] | undefined;
  /** Runs the real SDK clients after a deep probe (`@rollcall/probe/simulate`); absent: nobody is run. Never rejects for the target's fault. */
  readonly simulate?: Simulate | undefined;
  /** OAuth access tokens kept between probes. */
  readonly tokens?: TokenCache | undefined;
}

export type Simulate = (
  target: Pick<ProbeTarget, 'url' | 'transport' | 'headers' | 'auth'>,
  deps: Pick<ProbeDeps, 'policy' | 'resolve' | 'extraCa' | 'signal' | 'clientInfo'>,
  options: { readonly timeoutMs: number; readonly accessToken?: string | undefined },
) => Promise<
  readonly {
    readonly client: string;
    readonly outcome: 'works' | 'fails' | 'hangs';
    readonly error: string | null;
    readonly tools: readonly string[] | null;
    readonly ms: number;
  }[]
>;

export interface TokenCache {
  get(key: string): { readonly token: string; readonly expiresAt: number } | undefined;
  set(key: string, value: { readonly token: string; readonly expiresAt: number }): void;
  delete(key: string): void;
}

export interface Diagnosis {
  readonly verdict: ProbeVerdict;
  readonly cause: Cause | null;
  readonly findings: Cause[];
  /** Codes of findings that would be `down` if they were the cause; absent when there are none. */
  readonly demoted?: readonly string[];
}

export interface CheckResult {
  readonly observation: Observation;
  readonly diagnosis: Diagnosis;
  readonly clients: ClientVerdict[];
  readonly report: Report;
}

import type { ProbeTarget } from '../types.ts';

/** The clients that are run, not only judged; ids of `CLIENT_PROFILES`. */
export const SIMULATED_CLIENTS = ['ts-sdk-v1.31', 'ts-sdk-v1', 'ts-client-v2', 'ts-client-v2-auto', 'ts-client-v2-modern'] as const;
export type SimulatedClientId = (typeof SIMULATED_CLIENTS)[number];

export type SimulationTarget = Pick<ProbeTarget, 'url' | 'transport' | 'headers' | 'auth'>;

export interface SimulationOptions {
  /** Deadline of each client, by our own clock: an SDK's connect() may wait for ever. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Which clients; default all of them. They run one after another: one session at a time is enough for a server. */
  readonly clients?: readonly SimulatedClientId[] | undefined;
  /** An access token got elsewhere, for a target whose credential is OAuth. */
  readonly accessToken?: string | undefined;
}

export interface SimulatedRequest {
  readonly method: string;
  /** Redacted. */
  readonly url: string;
  /** Null: no answer. */
  readonly status: number | null;
}

export interface SimulationResult {
  readonly client: SimulatedClientId;
  /** `hangs`: our deadline ended it. */
  readonly outcome: 'works' | 'fails' | 'hangs';
  /** What the SDK said, redacted and at most 500 characters; null when it works. */
  readonly error: string | null;
  readonly tools: readonly string[] | null;
  readonly ms: number;
  readonly requests: readonly SimulatedRequest[];
}

import type { Event } from '@rollcall/contracts';
import type { ChannelType } from '@rollcall/core';
import type { AddressPolicy } from '@rollcall/net';
import type { z } from 'zod';
import type { Mailer } from './channels/email/mailer.ts';

/** What a channel may use of the outside world. Wired once per process; see `createMailer`. */
export interface SendDeps {
  /** Which addresses may be dialled; the same policy as for probes (contract, "Webhooks"). */
  readonly policy: AddressPolicy;
  readonly mailer: Mailer;
  /** Without a trailing slash; relative links of a message start with it. */
  readonly publicUrl: string;
  readonly signal?: AbortSignal;
}

export interface SendInput<C> {
  /** The idempotency key of every attempt: webhook-id, Message-ID. */
  readonly noticeId: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly event: Event;
  readonly config: C;
  readonly now: Date;
}

/** One attempt's record. `request` and `response` are redacted and bounded: they are shown in the delivery log. */
export interface SendOutcome {
  readonly ok: boolean;
  /** Whether another attempt may help. */
  readonly retry: boolean;
  /** The receiver's own wish (Retry-After); the next attempt is not earlier. */
  readonly retryAfterMs?: number;
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown>;
  /** One plain sentence; null when delivered. */
  readonly error: string | null;
  readonly durationMs: number;
}

/** Everything that is particular to one type of channel. `send` never throws for the receiver's fault. */
export interface ChannelKind<C> {
  readonly type: ChannelType;
  /** Strict: an unknown member is an error. */
  readonly configSchema: z.ZodType<C>;
  /** The configuration as it may be shown: every secret is `[redacted]`. */
  redact(config: C): Record<string, unknown>;
  /** Fills in what is generated when it was not given (the signing secret of a webhook). */
  complete(config: C): C;
  /** What `complete` generates and the owner must copy now, because it is never shown again. */
  secretToShow?(config: C): string | undefined;
  /** The addresses it would dial, each with the member that names it; checked against the address policy when a channel is saved. */
  targets(config: C): readonly { readonly member: string; readonly url: string }[];
  send(input: SendInput<C>, deps: SendDeps): Promise<SendOutcome>;
}

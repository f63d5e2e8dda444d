import { eventSchema } from '@rollcall/contracts';
import type { ChannelType } from '@rollcall/core';
import { SealError, type Sealer } from '@rollcall/crypto';
import { channelKind, type SendDeps, type SendOutcome } from '@rollcall/notify';
import { openRecipient, withLinks } from './recipient.ts';

/** The whole attempt, whatever the channel: well below the lease (claim-notices.ts). */
const ATTEMPT_TIMEOUT_MS = 40_000;

export interface Attempt {
  readonly noticeId: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** The notice's payload: an Event as far as it passes the contract's schema, which also gives the body its order. */
  readonly payload: unknown;
  readonly channel: { readonly id: string; readonly type: ChannelType; readonly sealedConfig: string };
  readonly now: Date;
}

/** Sends once. Never throws: whatever goes wrong becomes an outcome, because it must be recorded and retried. */
export async function attemptNotice(
  sealer: Sealer,
  deps: SendDeps,
  attempt: Attempt,
  onFault: (error: unknown) => void,
): Promise<SendOutcome> {
  const startedAt = performance.now();
  const failed = (error: string, retry = true): SendOutcome => ({
    ok: false,
    retry,
    request: {},
    response: {},
    error,
    durationMs: Math.round(performance.now() - startedAt),
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => resolve(failed(`no result within ${ATTEMPT_TIMEOUT_MS / 1000} s`)), ATTEMPT_TIMEOUT_MS);
  });
  try {
    const { config, tokens } = openRecipient(sealer, attempt.channel.id, attempt.channel.sealedConfig);
    const event = eventSchema.safeParse(attempt.payload);
    if (!event.success) {
      onFault(event.error);
      return failed('the notice is damaged and cannot be sent', false);
    }
    const { noticeId, now } = attempt;
    const sending = channelKind(attempt.channel.type).send(
      { noticeId, attempt: attempt.attempt, event: withLinks(event.data, tokens), config, now },
      deps,
    );
    // Raced, so a late rejection must have a listener.
    sending.catch(() => undefined);
    return await Promise.race([sending, timeout]);
  } catch (error) {
    onFault(error);
    if (error instanceof SealError) return failed('the configuration of the channel cannot be decrypted with the present ROLLCALL_SECRET');
    return failed('the channel failed inside Rollcall; the log of the alerter says why');
  } finally {
    clearTimeout(timer);
  }
}

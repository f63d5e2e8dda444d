import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import type { SendDeps, SendOutcome } from '@rollcall/notify';
import {
  attemptNotice,
  type ClaimedNotice,
  claimNotices,
  expireNotices,
  formGroups,
  recordDelivery,
  writeFollowUps,
} from '@rollcall/services';
import type { Logger } from 'pino';

const POLL_MS = 500;
const EXPIRE_EVERY_MS = 60_000;
/** Reminders and escalations are a matter of minutes. */
const FOLLOW_UP_EVERY_MS = 5_000;
/** Sends in flight in this process, over all channels. They wait far more than they work. */
const CONCURRENCY = 100;
/** Sends in flight a channel, over all alerters. */
const PER_CHANNEL = 4;
const RECORD_TRIES = 4;

export interface AlerterOptions {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly notify: SendDeps;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  /** The wall clock; an argument for tests of time. */
  readonly now?: () => Date;
  readonly pollMs?: number;
  readonly concurrency?: number;
  readonly perChannel?: number;
  /** For metrics: called after each recorded attempt. */
  readonly onDelivery?: (delivery: { readonly channelType: string; readonly ok: boolean; readonly durationMs: number }) => void;
}

export interface Alerter {
  start(): void;
  /** Looks for due notices now instead of at the next poll; for a recorder in the same process. */
  wake(): void;
  /** Claims nothing more, lets what is in flight end and be recorded. After `drainMs` it waits no longer: those leases run out and are sent again. */
  stop(drainMs?: number): Promise<void>;
}

/**
 * The alerter role: claims due notices, sends each through its channel, records the attempt. Any number may run;
 * killed at any moment it loses nothing, because a notice stays due until its delivery is recorded.
 */
export function createAlerter(options: AlerterOptions): Alerter {
  const { db, sealer, log } = options;
  const now = options.now ?? (() => new Date());
  const pollMs = options.pollMs ?? POLL_MS;
  const concurrency = options.concurrency ?? CONCURRENCY;
  const perChannel = options.perChannel ?? PER_CHANNEL;
  const aborter = new AbortController();
  const notify: SendDeps = { ...options.notify, signal: aborter.signal };
  const inFlight = new Set<Promise<void>>();
  const bell = createBell();
  let stopping = false;
  let loop: Promise<void> | null = null;
  let expiredAt = 0;
  let followedUpAt = 0;

  async function deliver(notice: ClaimedNotice): Promise<void> {
    const startedAt = now();
    const { id: noticeId, channel, payload } = notice;
    const fields = { noticeId, channelId: channel.id, channelType: channel.type, attempt: notice.attempts + 1 };
    const attempt = { noticeId, attempt: fields.attempt, payload, channel, now: startedAt };
    const outcome = await attemptNotice(sealer, notify, attempt, (error) => log.error({ ...fields, err: error }, 'notice.fault'));
    // Cut off by our own stop: nothing is known about it, and the lease brings it back.
    if (aborter.signal.aborted && !outcome.ok) return;
    await record(noticeId, startedAt, outcome, fields);
  }

  /** A send that is not recorded is sent again, so a passing fault of the database is worth some patience. */
  async function record(noticeId: string, startedAt: Date, outcome: SendOutcome, fields: { channelType: string }): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const recorded = await recordDelivery(db, { noticeId, startedAt, outcome, now: now() });
        const { ok, error, durationMs } = outcome;
        log[ok ? 'info' : 'warn']({ ...fields, ok, error, durationMs, nextAttemptAt: recorded?.nextAttemptAt ?? null }, 'notice.attempted');
        if (recorded?.noticeStatus === 'dead') log.error({ ...fields, noticeId }, 'notice.dead');
        options.onDelivery?.({ channelType: fields.channelType, ok, durationMs });
        return;
      } catch (error) {
        if (attempt === RECORD_TRIES) {
          log.error({ ...fields, noticeId, err: error }, 'notice.unrecorded');
          return;
        }
        await pause(250 * 2 ** attempt);
      }
    }
  }

  /** Answers whether there may be more at once. */
  async function round(): Promise<boolean> {
    const at = now();
    if (at.getTime() - expiredAt >= EXPIRE_EVERY_MS) {
      expiredAt = at.getTime();
      const expired = await expireNotices(db, at);
      if (expired > 0) log.warn({ count: expired }, 'notices.expired');
    }
    const free = concurrency - inFlight.size;
    if (free === 0) return false;
    if (at.getTime() - followedUpAt >= FOLLOW_UP_EVERY_MS) {
      followedUpAt = at.getTime();
      // What is new goes out whatever happens to what is told again.
      await writeFollowUps(db, { now: at, publicUrl: options.notify.publicUrl }).catch((error: unknown) =>
        log.error({ err: error }, 'notices.follow_up_failed'),
      );
    }
    await formGroups(db, at, (error) => log.error({ err: error }, 'notices.group_failed'));
    const claimed = await claimNotices(db, { now: at, limit: free, perChannel });
    for (const notice of claimed) {
      const sending: Promise<void> = deliver(notice).finally(() => {
        inFlight.delete(sending);
        bell.ring();
      });
      inFlight.add(sending);
    }
    return claimed.length > 0;
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const more = await round().catch((error: unknown) => {
        log.error({ err: error }, 'alerter.round_failed');
        return false;
      });
      if (!more && !stopping) await bell.wait(pollMs);
    }
  }

  return {
    start() {
      loop ??= run();
    },
    wake: () => bell.ring(),
    async stop(drainMs = 15_000) {
      stopping = true;
      bell.ring();
      await loop;
      await Promise.race([Promise.allSettled([...inFlight]), pause(drainMs)]);
      aborter.abort();
      await Promise.race([Promise.allSettled([...inFlight]), pause(1_000)]);
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** Waits for a ring or for a time; a ring while nobody waits is kept for the next wait. */
function createBell() {
  let rung = false;
  let answer: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      answer?.();
    },
    async wait(ms: number): Promise<void> {
      if (!rung) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          answer = resolve;
          timer = setTimeout(resolve, ms);
        });
        clearTimeout(timer);
        answer = null;
      }
      rung = false;
    },
  };
}

import type { LiveEventType } from '@rollcall/contracts';
import type { ChangeReader, Fact } from '@rollcall/services';
import type { FastifyReply } from 'fastify';
import { PendingEvents } from './pending-events.ts';

export interface LiveStreamTiming {
  /** The first change is told at once, what follows together, so much later. */
  readonly gatherMs: number;
  /** The same for probes that changed nothing. */
  readonly gatherProbedMs: number;
  /** A comment so often, for proxies that cut idle streams. */
  readonly heartbeatMs: number;
  /** A reader who takes nothing for so long is dropped. */
  readonly stalledMs: number;
}

export const LIVE_STREAM_TIMING: LiveStreamTiming = { gatherMs: 250, gatherProbedMs: 5000, heartbeatMs: 15_000, stalledMs: 60_000 };

/** How a browser waits before it comes back (WHATWG HTML §9.2.6), spread so that a restart does not bring all at once. */
const retryMs = () => 1000 + Math.floor(Math.random() * 4000);

const isProbed = (type: LiveEventType) => type === 'endpoint.probed';
const isUrgent = (type: LiveEventType) => !isProbed(type);

/** Gathers what belongs together: the first at once, then no more often than every so many ms. */
class Gathering {
  #openAt = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #everyMs: number;
  readonly #flush: () => void;
  constructor(everyMs: number, flush: () => void) {
    this.#everyMs = everyMs;
    this.#flush = flush;
  }
  wake(): void {
    if (this.#timer) return;
    const now = Date.now();
    // What a transaction changed comes in one turn of the loop: said together even when it is the first.
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#openAt = Date.now() + this.#everyMs;
        this.#flush();
      },
      Math.max(0, this.#openAt - now),
    );
  }
  stop(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * One reader of `GET /events` (text/event-stream, WHATWG HTML §9.2). A reader who reads slower than things change gets less, not
 * later: nothing is written while the socket is full, and what waits meanwhile is bounded (PendingEvents).
 */
export class LiveStream implements ChangeReader {
  readonly #raw: FastifyReply['raw'];
  readonly #pending = new PendingEvents();
  readonly #timing: LiveStreamTiming;
  readonly #urgent: Gathering;
  readonly #probed: Gathering;
  readonly #heartbeat: NodeJS.Timeout;
  #fullSince: number | null = null;
  #ended = false;
  #onEnd: (() => void) | null;

  /** `onEnd` is called once, whoever ends it. */
  constructor(reply: FastifyReply, onEnd: () => void, timing: LiveStreamTiming = LIVE_STREAM_TIMING) {
    this.#timing = timing;
    this.#raw = reply.raw;
    this.#urgent = new Gathering(timing.gatherMs, () => this.#say(isUrgent));
    this.#probed = new Gathering(timing.gatherProbedMs, () => this.#say(isProbed));
    this.#onEnd = onEnd;
    this.#raw.once('close', () => this.#finish());
    this.#raw.on('drain', () => {
      this.#fullSince = null;
      this.#urgent.wake();
      this.#probed.wake();
    });
    reply.hijack();
    this.#raw.writeHead(200, {
      ...(Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)) as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-content-type-options': 'nosniff',
      // nginx would hold the events back until its buffer is full.
      'x-accel-buffering': 'no',
    });
    this.#write(`retry: ${retryMs()}\n\n`);
    this.#heartbeat = setInterval(() => this.#beat(), timing.heartbeatMs);
  }

  onFact({ type, id }: Fact): void {
    this.#pending.add(type, id);
    (isProbed(type) ? this.#probed : this.#urgent).wake();
  }

  onReset(): void {
    this.#pending.add('reset', null);
    this.#urgent.wake();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { socket } = this.#raw;
    // Kept alive for another request, it would hold back a server that closes.
    this.#raw.end(() => socket?.end());
    // Whoever does not take the rest does not hold the process.
    setTimeout(() => socket?.destroy(), 1000).unref();
  }

  #finish(): void {
    this.#ended = true;
    this.#urgent.stop();
    this.#probed.stop();
    clearInterval(this.#heartbeat);
    this.#onEnd?.();
    this.#onEnd = null;
  }

  #beat(): void {
    // Gone before we listened for it.
    if (this.#raw.destroyed) this.#finish();
    else if (this.#fullSince !== null && Date.now() - this.#fullSince > this.#timing.stalledMs) this.#raw.destroy();
    else if (this.#fullSince === null) this.#write(': still here\n\n');
  }

  #say(wanted: (type: LiveEventType) => boolean): void {
    if (this.#fullSince !== null) return;
    const events = this.#pending.take(wanted);
    if (events.length > 0) this.#write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  }

  #write(text: string): void {
    if (this.#ended || this.#raw.destroyed) return;
    if (!this.#raw.write(text)) this.#fullSince ??= Date.now();
  }
}

import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { SseEventFact, StreamFacts } from '../observation.ts';

const MAX_EVENT_BYTES = 1024 * 1024;
const MAX_EVENTS = 1000;
const KEPT_EVENTS = 50;

/** Parses an event stream (WHATWG HTML §9.2) as it arrives and keeps when what came. */
export class SseReader {
  #onEvent: (event: EventSourceMessage) => void;
  #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #events: SseEventFact[] = [];
  #faults = new Set<string>();
  #eventCount = 0;
  #comments = 0;
  #chunks = 0;
  #firstByteMs: number | null = null;
  #lastByteMs: number | null = null;
  #now = 0;
  #sinceEvent = 0;
  #started = false;
  /** How the line begins that has not ended yet. */
  #lineHead = '';
  #over = false;
  /** A bound of ours was passed: read no further. */
  overLimit: 'event_too_large' | 'too_many_events' | null = null;

  #parser = createParser({
    onEvent: (event) => {
      if (this.#over) {
        this.#faults.add('no_blank_line');
        return;
      }
      this.#eventCount += 1;
      this.#sinceEvent = 0;
      if (this.#events.length < KEPT_EVENTS) {
        this.#events.push({
          ms: round(this.#now),
          event: (event.event ?? 'message').slice(0, 64),
          id: event.id === undefined ? null : event.id.slice(0, 64),
          bytes: Buffer.byteLength(event.data),
        });
      }
      // Clients read events called `message` and no others; what else a server tells under other names is its own affair.
      if (event.event !== undefined && event.event !== 'message' && event.data.includes('"jsonrpc"')) this.#faults.add('event_name');
      this.#onEvent(event);
      if (this.#eventCount > MAX_EVENTS) this.overLimit ??= 'too_many_events';
    },
    onComment: () => {
      this.#comments += 1;
    },
    onError: () => {
      this.#faults.add('unknown_field');
    },
  });

  constructor(onEvent: (event: EventSourceMessage) => void) {
    this.#onEvent = onEvent;
  }

  feed(chunk: Buffer, ms: number): void {
    this.#now = ms;
    this.#chunks += 1;
    this.#firstByteMs ??= ms;
    this.#lastByteMs = ms;
    let text = this.#decoder.decode(chunk, { stream: true });
    if (!this.#started && text !== '') {
      this.#started = true;
      if (text.startsWith('\uFEFF')) {
        this.#faults.add('bom');
        text = text.slice(1);
      }
    }
    const from = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    this.#lineHead = ((from === 0 ? this.#lineHead : '') + text.slice(from, from + 16)).slice(0, 16);
    this.#sinceEvent += chunk.length;
    this.#parser.feed(text);
    if (this.#sinceEvent > MAX_EVENT_BYTES) {
      this.#faults.add('event_too_large');
      this.overLimit ??= 'event_too_large';
    }
  }

  fault(name: string): void {
    this.#faults.add(name);
  }

  /** An event that the end of the stream left without its blank line is never dispatched (§9.2.6): clients wait for it in vain. */
  #end(): void {
    if (this.#over) return;
    this.#over = true;
    if (/^(data|event|id):/.test(this.#lineHead)) this.#faults.add('no_blank_line');
    else this.#parser.feed('\n\n');
  }

  facts(endedBy: StreamFacts['endedBy'], endedMs: number | null): StreamFacts {
    if (endedBy === 'end') this.#end();
    return {
      events: this.#events,
      eventCount: this.#eventCount,
      comments: this.#comments,
      chunks: this.#chunks,
      firstByteMs: this.#firstByteMs === null ? null : round(this.#firstByteMs),
      lastByteMs: this.#lastByteMs === null ? null : round(this.#lastByteMs),
      endedMs: endedMs === null ? null : round(endedMs),
      endedBy,
      faults: [...this.#faults],
    };
  }
}

export function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

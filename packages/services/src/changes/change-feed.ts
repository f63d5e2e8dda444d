import { randomUUID } from 'node:crypto';
import { type Db, type Listener, startListener } from '@rollcall/db';
import { type Fact, unpackFacts } from './facts.ts';
import { organizationMarks } from './organization-marks.ts';
import { CHANGES_CHANNEL, CHANGES_LOCK } from './tell-changes.ts';

export interface ChangeReader {
  onFact(fact: Fact): void;
  /** Anything may have changed: what was heard so far has gaps. Said first of all, once changes are heard. */
  onReset(): void;
}

export interface ChangeFeed {
  /** Hears what changes in one organization until the answer is called. */
  subscribe(organizationId: string, reader: ChangeReader): () => void;
  close(): Promise<void>;
}

export interface ChangeFeedTiming {
  /** How often it is tried whether a NOTIFY arrives. */
  readonly canaryMs: number;
  /** How long one may take; behind a pooler that pools transactions none ever arrives. */
  readonly canaryWaitMs: number;
  /** How often is asked whether anything changed, where none arrives. */
  readonly pollMs: number;
  /** How long the connection is kept after the last reader left. */
  readonly idleMs: number;
}

const TIMING: ChangeFeedTiming = { canaryMs: 30_000, canaryWaitMs: 5000, pollMs: 10_000, idleMs: 60_000 };
const CANARY = 'canary ';

export interface ChangeFeedDeps {
  readonly db: Db;
  readonly databaseUrl: string;
  readonly onFault?: (event: 'events.lost' | 'events.unheard', error: unknown) => void;
  readonly timing?: Partial<ChangeFeedTiming>;
}

/**
 * What changes, heard over one connection of the process and handed to the readers of the organization. The connection is opened for
 * the first reader and closed a minute after the last. Every (re)connection is a reset for all. Where NOTIFY does not arrive (a pooler
 * that pools transactions), a cheap question every few seconds stands in: whatever changed is then a reset.
 */
export function createChangeFeed({ db, databaseUrl, onFault = () => undefined, timing: given }: ChangeFeedDeps): ChangeFeed {
  const timing = { ...TIMING, ...given };
  const readers = new Map<string, Set<ChangeReader>>();
  let listener: Listener | null = null;
  /** `heard`: NOTIFY arrives. `polled`: it does not, and changes are asked for. */
  let state: 'down' | 'heard' | 'polled' = 'down';
  let canary: { readonly word: string; readonly timer: NodeJS.Timeout } | null = null;
  let nextCanary: NodeJS.Timeout | undefined;
  let nextPoll: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let marks = new Map<string, string>();

  const everyone = () => [...readers.values()].flatMap((set) => [...set]);

  function onMessage(payload: string): void {
    if (payload.startsWith(CANARY)) {
      if (payload === canary?.word) canaryCame();
      return;
    }
    for (const fact of unpackFacts(payload)) for (const reader of readers.get(fact.organizationId) ?? []) reader.onFact(fact);
  }

  function enter(next: typeof state): void {
    state = next;
    if (next === 'down') return;
    for (const reader of everyone()) reader.onReset();
    if (next === 'polled') void poll();
  }

  /** Sent by another connection than the one that listens: that is what a pooler would lose. */
  function sendCanary(): void {
    const word = `${CANARY}${randomUUID()}`;
    canary = { word, timer: setTimeout(canaryMissed, timing.canaryWaitMs) };
    // A database that does not answer is noticed by the wait.
    db.$executeRaw`select pg_notify(${CHANGES_CHANNEL}, ${word})`.catch(() => undefined);
  }

  function canaryCame(): void {
    stopCanary();
    clearTimeout(nextPoll);
    if (state !== 'heard') enter('heard');
    nextCanary = setTimeout(sendCanary, timing.canaryMs);
  }

  function canaryMissed(): void {
    stopCanary();
    if (state === 'heard') {
      listener?.reconnect();
      return;
    }
    if (state === 'down') {
      onFault('events.unheard', new Error('LISTEN/NOTIFY does not arrive, as behind a pooler that pools transactions; changes are polled'));
      enter('polled');
    }
    nextCanary = setTimeout(sendCanary, timing.canaryMs);
  }

  function stopCanary(): void {
    clearTimeout(canary?.timer);
    clearTimeout(nextCanary);
    canary = null;
  }

  async function poll(): Promise<void> {
    const before = marks;
    try {
      marks = await organizationMarks(db, [...readers.keys()]);
      for (const [organizationId, mark] of marks)
        if (before.has(organizationId) && before.get(organizationId) !== mark)
          for (const reader of readers.get(organizationId) ?? []) reader.onReset();
    } catch {
      marks = before;
    }
    if (state === 'polled') nextPoll = setTimeout(() => void poll(), timing.pollMs);
  }

  function open(): void {
    clearTimeout(idle);
    listener ??= startListener(databaseUrl, {
      channel: CHANGES_CHANNEL,
      lockKey: CHANGES_LOCK,
      onMessage,
      onUp: sendCanary,
      onDown(error) {
        stopCanary();
        clearTimeout(nextPoll);
        state = 'down';
        onFault('events.lost', error);
      },
    });
  }

  async function close(): Promise<void> {
    stopCanary();
    clearTimeout(nextPoll);
    clearTimeout(idle);
    state = 'down';
    marks.clear();
    const last = listener;
    listener = null;
    await last?.close();
  }

  return {
    subscribe(organizationId, reader) {
      const set = readers.get(organizationId) ?? new Set();
      readers.set(organizationId, set.add(reader));
      open();
      if (state !== 'down') queueMicrotask(() => set.has(reader) && reader.onReset());
      return () => {
        set.delete(reader);
        if (set.size === 0) {
          readers.delete(organizationId);
          marks.delete(organizationId);
        }
        if (readers.size > 0) return;
        clearTimeout(idle);
        idle = setTimeout(() => void close(), timing.idleMs);
      };
    },
    close,
  };
}

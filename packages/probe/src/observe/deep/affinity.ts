import { callSucceeded } from '../call.ts';
import type { Context } from '../context.ts';
import { closeSession, type LegacySession, notifyInitialized, openSession } from '../wire-legacy.ts';
import { keepList, legacyList } from './ask-list.ts';
import { type DeepRun, noteLimit } from './deep-run.ts';

const MAX_SESSIONS = 6;
/** Of a server that cannot close them. */
const MAX_LASTING_SESSIONS = 2;
const LISTS_PER_SESSION = 3;
/** So many requests without one failure: two replicas would have shown themselves with a chance of 2⁻¹² of missing them. */
const ENOUGH_FINE = 12;
/** So many of both kinds: the ratio is clear enough. */
const ENOUGH_MIXED = 4;

/** Whether a session is known on every connection: keep-alive hides replicas that do not share them (2025-11-25 transports, "Session Management"). */
export async function checkAffinity(context: Context, run: DeepRun, url: URL, closable: boolean): Promise<void> {
  const maxSessions = closable ? MAX_SESSIONS : MAX_LASTING_SESSIONS;
  const statuses: (number | null)[] = [];
  let sessions = 0;
  let failures = 0;
  /** True when it is known enough. */
  const note = (status: number | null, lost: boolean): boolean => {
    statuses.push(status);
    if (lost) failures += 1;
    const fine = statuses.length - failures;
    run.facts.affinity = { sessions, calls: statuses.length, failures, statuses: [...statuses] };
    noteLimit(run, status);
    return run.limited || (failures === 0 ? fine >= ENOUGH_FINE : failures >= ENOUGH_MIXED * 2 || Math.min(fine, failures) >= ENOUGH_MIXED);
  };
  while (sessions < maxSessions && !context.signal.aborted && !run.limited) {
    const { session, initialize } = await openSession(context, url, { deep: 'affinity', fresh: true });
    noteLimit(run, initialize.facts.status);
    try {
      if (context.signal.aborted || !callSucceeded(initialize.facts, false) || session.sessionId === null) return;
      sessions += 1;
      if (await askOnFreshConnections(context, run, session, note)) return;
    } finally {
      await closeSession(context, session, true);
    }
  }
}

async function askOnFreshConnections(
  context: Context,
  run: DeepRun,
  session: LegacySession,
  note: (status: number | null, lost: boolean) => boolean,
): Promise<boolean> {
  const list = legacyList(session);
  for (let n = 0; n <= LISTS_PER_SESSION; n += 1) {
    const result = n === 0 ? await notifyInitialized(context, session, 'affinity') : await list(context, { note: 'affinity' });
    if (context.signal.aborted) return true;
    const { facts } = result;
    if (n > 0) keepList(run, result);
    if (note(facts.status, isLost(facts.status))) return true;
  }
  return false;
}

/** How servers say that they do not know a live session. Anything else is a fault of its own. */
function isLost(status: number | null): boolean {
  return status === 404 || status === 400;
}

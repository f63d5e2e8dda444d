import type { LegacyFacts } from '../../observation.ts';
import { callSucceeded } from '../call.ts';
import type { Context } from '../context.ts';
import { closeSession, openSession } from '../wire-legacy.ts';
import { variant } from './ask-list.ts';
import type { DeepRun } from './deep-run.ts';

/** A revision to come: the server must answer with one of its own (2025-11-25 lifecycle, "Version Negotiation"). */
const FUTURE = '2099-01-01';
const OLD = '2024-11-05';
/** Nobody speaks it: whoever agrees to it does not look. */
const ABSURD = '1999-01-01';

/** Of a server that works: does it negotiate? Of one that refuses us: would it have taken an older version? */
export type VersionQuestion = 'oldVersion' | 'futureVersion' | 'absurdVersion';
const VERSIONS = { oldVersion: OLD, futureVersion: FUTURE, absurdVersion: ABSURD } as const;

/** initialize with other versions. Every session opened is closed. */
export async function checkVersions(context: Context, run: DeepRun, url: URL, questions: readonly VersionQuestion[]): Promise<void> {
  for (const name of questions) {
    const version = VERSIONS[name];
    if (run.limited || context.signal.aborted) return;
    const { initialize, session, facts } = await openSession(context, url, { version, deep: name, fresh: true });
    await closeSession(context, session, true);
    const seen = variant(run, context, initialize, version);
    run.facts[name] = seen === null ? null : { ...seen, answered: facts.result?.protocolVersion ?? null };
  }
}

/** initialize was refused in a way that another version may mend. */
export function mayBeTheVersion({ initialize }: LegacyFacts): boolean {
  return !callSucceeded(initialize, false) && initialize.parse === 'ok' && initialize.outcome === 'error' && initialize.status !== 401;
}

import type { Tx } from '@rollcall/db';
import { type Fact, packFacts } from './facts.ts';

/** The channel of NOTIFY, and the advisory lock that is held, shared, by every process that hears it ("rollcall events"). */
export const CHANGES_CHANNEL = 'rollcall_changes';
export const CHANGES_LOCK = 0x7263_6576;

/**
 * Tells every api process what this transaction changes, when it commits and only then. One statement; nothing is sent while no
 * process listens, which the lock tells: it is ours until the commit, so that a listener who comes meanwhile waits for us and then
 * reads what we wrote.
 */
export async function tellChanges(tx: Tx, facts: Iterable<Fact>): Promise<void> {
  const payloads = packFacts(facts);
  if (payloads.length === 0) return;
  await tx.$executeRaw`
    with alone as materialized (select pg_try_advisory_xact_lock(${CHANGES_LOCK}::bigint) as yes)
    select pg_notify(${CHANGES_CHANNEL}, payload) from alone, unnest(${payloads}::text[]) as payload where not alone.yes`;
}

import type { Db } from '@rollcall/db';
import { dropRollups, eraseProbes, maintainPartitions, packPartitions, pruneSnapshots, rollUp, watchSilence } from '@rollcall/services';
import type { Logger } from 'pino';
import { type Loop, startLoop } from './loop.ts';
import { startStatusPages } from './status-pages.ts';

const SILENCE_EVERY_MS = 5000;
const PARTITIONS_EVERY_MS = 3600_000;
/** Late results wait that long for their place in the rollups; until then they are read from raw rows. */
const ROLLUPS_EVERY_MS = 60_000;
/** Raw rows of endpoints that are gone are gone this long after them. */
const ERASURE_EVERY_MS = 60_000;
const IDEMPOTENCY_KEPT_MS = 24 * 3600_000;

export interface JanitorOptions {
  readonly db: Db;
  readonly log: Logger;
  readonly publicUrl: string;
  readonly now?: () => Date;
}

/** The janitor role: storage upkeep and the watch for silence. Any number may run. */
export function startJanitor({ db, log, publicUrl, now = () => new Date() }: JanitorOptions): Loop[] {
  // Nobody is blamed for the time in which the installation itself was off.
  const watchingSince = now();
  const silence = startLoop({ name: 'silence', everyMs: SILENCE_EVERY_MS, log }, async () => {
    const silent = await watchSilence(db, { now: now(), watchingSince, publicUrl });
    if (silent > 0) log.warn({ endpoints: silent }, 'endpoint.no_data');
    return false;
  });
  const storage = startLoop({ name: 'storage', everyMs: PARTITIONS_EVERY_MS, log }, async () => {
    const { create, drop } = await maintainPartitions(db, now());
    if (create.length + drop.length > 0) log.info({ created: create.map(({ name }) => name), dropped: drop }, 'storage.partitions');
    const dropped = await dropRollups(db, now());
    if (dropped > 0) log.info({ rows: dropped }, 'storage.rollups_dropped');
    const packed = await packPartitions(db, now());
    if (packed.length > 0) log.info({ partitions: packed }, 'storage.packed');
    const pruned = await pruneSnapshots(db, now());
    if (pruned > 0) log.info({ rows: pruned }, 'storage.snapshots_pruned');
    await db.idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date(now().getTime() - IDEMPOTENCY_KEPT_MS) } } });
    return false;
  });
  const erasure = startLoop({ name: 'erasure', everyMs: ERASURE_EVERY_MS, log }, async () => {
    const endpoints = await eraseProbes(db);
    if (endpoints > 0) log.info({ endpoints }, 'storage.erased');
    return endpoints > 0;
  });
  const rollups = startLoop({ name: 'rollups', everyMs: ROLLUPS_EVERY_MS, log }, () => rollUp(db, now()));
  return [startStatusPages({ db, log, publicUrl, now }), silence, storage, erasure, rollups];
}

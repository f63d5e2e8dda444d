import type { Db, Tx } from '@rollcall/db';

const PREFIX = 'prober.offline/';
/** A prober that says nothing more about itself for this long is not believed any more. */
const BELIEVED_MS = 120_000;

/** A prober says that it is cut off, or that it is back. Repeated while it lasts. */
export async function reportReach(db: Db, region: string, offline: boolean, now: Date): Promise<void> {
  const key = `${PREFIX}${region}`;
  if (!offline) {
    await db.installation.deleteMany({ where: { key } });
    return;
  }
  await db.installation.upsert({ where: { key }, create: { key, value: { since: now.toISOString() } }, update: { updatedAt: now } });
}

/** The regions whose prober is cut off now. */
export async function offlineRegions(db: Db | Tx, now: Date): Promise<string[]> {
  const rows = await db.installation.findMany({
    where: { key: { startsWith: PREFIX }, updatedAt: { gt: new Date(now.getTime() - BELIEVED_MS) } },
    select: { key: true },
  });
  return rows.map(({ key }) => key.slice(PREFIX.length)).sort();
}

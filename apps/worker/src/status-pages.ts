import type { Db } from '@rollcall/db';
import { announceIncidents, forgetExpiredChecks, forgetUnconfirmed } from '@rollcall/services';
import type { Logger } from 'pino';
import { type Loop, startLoop } from './loop.ts';

const ANNOUNCE_EVERY_MS = 5000;
const FORGET_EVERY_MS = 3_600_000;

/** Part of the janitor role: tells subscribers of status pages what has appeared there. Any number may run. */
export function startStatusPages(options: { db: Db; log: Logger; publicUrl: string; now: () => Date }): Loop {
  const { db, log, publicUrl, now } = options;
  let forgotAt = 0;
  return startLoop({ name: 'status-pages', everyMs: ANNOUNCE_EVERY_MS, log }, async () => {
    const told = await announceIncidents(db, { now: now(), publicUrl });
    if (told > 0) log.info({ messages: told }, 'status_pages.announced');
    if (now().getTime() - forgotAt < FORGET_EVERY_MS) return false;
    forgotAt = now().getTime();
    const forgotten = await forgetUnconfirmed(db, now());
    const expired = await forgetExpiredChecks(db, now());
    if (expired > 0) log.info({ reports: expired }, 'public_checks.forgotten');
    if (forgotten > 0) log.info({ subscribers: forgotten }, 'status_pages.unconfirmed_forgotten');
    return false;
  });
}

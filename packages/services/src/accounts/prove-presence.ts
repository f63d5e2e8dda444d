import { AppError } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import { verifyPassword } from './password.ts';
import type { Person } from './sessions.ts';

/** Somebody without a password proves by a sign-in this long ago, at most, that it is them. */
const FRESH_MS = 3_600_000;

/** The stored hash, or null when the account signs in by other services alone. better-auth's account of provider "credential" holds it. */
export async function passwordOf(db: Db, userId: string): Promise<string | null> {
  const row = await db.account.findFirst({ where: { userId, providerId: 'credential' }, select: { password: true } });
  return row?.password ?? null;
}

/**
 * A session alone, which may have been left open or stolen, is not enough for what cannot be undone.
 * @throws AppError invalid_request, forbidden.
 */
export async function provePresence(
  db: Db,
  person: Pick<Person, 'id' | 'sessionId'>,
  password: string | undefined,
  now: Date,
): Promise<void> {
  const hash = await passwordOf(db, person.id);
  if (hash === null) {
    const session = await db.session.findFirst({ where: { id: person.sessionId, userId: person.id }, select: { createdAt: true } });
    if (session && now.getTime() - session.createdAt.getTime() <= FRESH_MS) return;
    throw new AppError('forbidden', 'This session is older than an hour: sign in again, then confirm.');
  }
  if (password === undefined)
    throw new AppError('invalid_request', 'Give your password.', { culprits: [{ pointer: '/password', message: 'is needed' }] });
  if (await verifyPassword(hash, password)) return;
  throw new AppError('forbidden', 'The password is wrong.', { culprits: [{ pointer: '/password', message: 'is not your password' }] });
}

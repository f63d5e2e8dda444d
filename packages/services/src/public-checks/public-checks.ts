import { randomBytes } from 'node:crypto';
import type { Report } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import type { Db, Prisma } from '@rollcall/db';
import type { AddressPolicy } from '@rollcall/net';
import { requireTarget } from '../endpoints/require-target.ts';
import { pgJson } from '../probes/pg-json.ts';

/** So long a link to a report is good. */
export const PUBLIC_CHECK_KEPT_MS = 30 * 86_400_000;
/** A stranger's check reaches public addresses alone, whatever the installation may probe for its own. */
export const PUBLIC_CHECK_POLICY: AddressPolicy = { allowPrivate: false };

export interface StoredCheck {
  readonly id: string;
  readonly expiresAt: Date;
}

/**
 * What a stranger may have checked. No query: the report is read by whoever has its link, and keys stand in queries.
 * @throws AppError invalid_request naming /url.
 */
export async function requirePublicCheck(url: string): Promise<void> {
  await requireTarget(url, PUBLIC_CHECK_POLICY);
  const { search, hash } = new URL(url);
  if (search === '' && hash === '') return;
  const message = 'must not have a query or a fragment: whoever has the link to the report reads it';
  throw new AppError('invalid_request', 'Leave out what follows the ? or #.', { culprits: [{ pointer: '/url', message }] });
}

/** The report without the exchanges: the steps, the cause and its evidence say what happened, and are redacted already. */
export async function storePublicCheck(db: Db, report: Report, now: Date): Promise<StoredCheck> {
  const stored = { id: randomBytes(16).toString('base64url'), expiresAt: new Date(now.getTime() + PUBLIC_CHECK_KEPT_MS) };
  const shown: Report = { ...report, exchanges: [] };
  await db.publicCheck.create({ data: { ...stored, report: JSON.parse(pgJson(shown)) as Prisma.InputJsonObject, createdAt: now } });
  return stored;
}

/** @throws AppError not_found, also when it has expired. */
export async function readPublicCheck(db: Db, id: string, now: Date): Promise<{ report: Report; expiresAt: string }> {
  const row = await db.publicCheck.findFirst({ where: { id, expiresAt: { gt: now } } });
  if (row === null) throw new AppError('not_found', 'There is no such report, or no longer.');
  return { report: row.report as unknown as Report, expiresAt: row.expiresAt.toISOString() };
}

/** Answers how many. */
export async function forgetExpiredChecks(db: Db, now: Date): Promise<number> {
  const { count } = await db.publicCheck.deleteMany({ where: { expiresAt: { lte: now } } });
  return count;
}

import { AppError } from '@rollcall/core';
import { type IdPrefix, isId } from '@rollcall/crypto';

/** Cuts one row beyond the page into the cursor of the next. Ids sort by time, so the last id is the cursor. */
export function toPage<R extends { id: string }, T>(
  rows: readonly R[],
  limit: number,
  map: (row: R) => T,
): { data: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  return { data: page.map(map), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** @throws AppError invalid_request naming /cursor. */
export function requireCursor(prefix: IdPrefix, cursor: string | undefined): string | undefined {
  if (cursor === undefined || isId(prefix, cursor)) return cursor;
  throw new AppError('invalid_request', 'The cursor is not one that this list gave.', {
    culprits: [{ pointer: 'cursor', message: 'is not a cursor of this list' }],
  });
}

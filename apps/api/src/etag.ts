import type { Db } from '@rollcall/db';
import { matching, readEtag, type Versioned } from '@rollcall/services';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Puts the ETag of what is read now on the answer. */
export async function setEtag(db: Db, request: FastifyRequest, reply: FastifyReply, kind: Versioned, id: string): Promise<void> {
  const etag = await readEtag(db, request.actor, kind, id);
  if (etag !== null) void reply.header('etag', etag);
}

/** The database for a change of it: with If-Match, only of that version. @throws AppError invalid_request. */
export function matchingDb(db: Db, request: FastifyRequest, kind: Versioned, id: string): Db {
  return matching(db, request.actor, kind, id, request.headers['if-match']);
}

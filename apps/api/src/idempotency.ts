import { createHash } from 'node:crypto';
import { AppError } from '@rollcall/core';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A claim older than this belongs to a process that died before it could answer: the next call may try again. */
const CLAIM_MS = 150_000;
const MAX_KEPT_BYTES = 1024 * 1024;
const DAY_MS = 86_400_000;

interface Claim {
  /** Whose key it is: an organization, a person, or the holder of a link. */
  readonly organizationId: string;
  readonly key: string;
}

/** Who asks, and for whom the key is one: two callers may use the same. Null: nobody can be told from anybody. */
function callerOf(request: FastifyRequest): { owner: string; caller: readonly string[] } | null {
  const { actor, person } = request;
  if (actor) return { owner: actor.organizationId, caller: [actor.kind, actor.id] };
  if (person) return { owner: person.id, caller: ['person', person.id] };
  // The secret of a link is the credential of whoever holds it.
  const token = (request.body as { token?: unknown } | null | undefined)?.token;
  if (typeof token !== 'string') return null;
  const holder = `link_${createHash('sha256').update(token).digest('hex')}`;
  return { owner: holder, caller: [holder] };
}

declare module 'fastify' {
  interface FastifyRequest {
    idempotencyClaim: Claim | null;
  }
}

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new AppError('invalid_request', 'Idempotency-Key must be 1 to 200 visible ASCII characters.', {
    culprits: [{ pointer: 'Idempotency-Key', message: 'must be 1 to 200 visible ASCII characters' }],
  });
}

function context({ organizationId, key }: Claim): string {
  return `idempotency/${organizationId}/${key}`;
}

/**
 * Idempotency-Key on POST, and where a route asks for it: the first call claims the key, later ones with the same request
 * get its answer again, with another request or from another caller 422, and 409 while the first is still at work.
 * Answers are kept for 24 h and sealed: the answer that makes an API key holds the key. Refusals are not kept: they wrote
 * nothing and may be mended.
 */
export function registerIdempotency(app: FastifyInstance, deps: { db: Db; sealer: Sealer; now: () => Date }): void {
  app.decorateRequest('idempotencyClaim', null);
  app.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'POST' && request.routeOptions.config.idempotent !== true) return;
    const key = keyOf(request);
    const asked = key === null ? null : callerOf(request);
    if (key === null || asked === null) return;
    const claim = { organizationId: asked.owner, key };
    // Keyed: the body may hold a password, which a plain hash would let somebody try.
    const requestHash = deps.sealer.fingerprint(JSON.stringify([...asked.caller, request.method, request.url, request.body ?? null]));
    if (await take(deps, claim, requestHash)) {
      request.idempotencyClaim = claim;
      return;
    }
    return replay(deps, claim, requestHash, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const claim = request.idempotencyClaim;
    if (!claim) return payload;
    request.idempotencyClaim = null;
    const text = payload ?? '';
    const keep = reply.statusCode < 400 && typeof text === 'string' && text.length <= MAX_KEPT_BYTES;
    const where = { organizationId_key: claim };
    if (!keep) await deps.db.idempotencyKey.deleteMany({ where: claim });
    else {
      const body = { sealed: deps.sealer.seal(text, context(claim)), type: String(reply.getHeader('content-type') ?? '') };
      await deps.db.idempotencyKey.update({ where, data: { status: reply.statusCode, body } });
    }
    return payload;
  });
  // An answer that bypassed onSend (an event stream) is not kept.
  app.addHook('onResponse', async (request) => {
    const claim = request.idempotencyClaim;
    if (claim) await deps.db.idempotencyKey.deleteMany({ where: claim });
  });
}

async function take(deps: { db: Db; now: () => Date }, claim: Claim, requestHash: string): Promise<boolean> {
  const now = deps.now();
  const stale = new Date(now.getTime() - CLAIM_MS);
  const expired = new Date(now.getTime() - DAY_MS);
  const taken = await deps.db.$executeRaw`
    insert into idempotency_key (organization_id, key, request_hash, created_at)
    values (${claim.organizationId}, ${claim.key}, ${requestHash}, ${now})
    on conflict (organization_id, key) do update
      set request_hash = excluded.request_hash, created_at = excluded.created_at, status = null, body = null
      where (idempotency_key.status is null and idempotency_key.request_hash = excluded.request_hash and idempotency_key.created_at < ${stale})
        or idempotency_key.created_at < ${expired}`;
  return taken > 0;
}

async function replay(deps: { db: Db; sealer: Sealer }, claim: Claim, requestHash: string, reply: FastifyReply): Promise<FastifyReply> {
  const row = await deps.db.idempotencyKey.findUnique({ where: { organizationId_key: claim } });
  if (row && row.requestHash !== requestHash) {
    throw new AppError('unprocessable', 'This Idempotency-Key was used with another request.', {
      culprits: [{ pointer: 'Idempotency-Key', message: 'was used with another request' }],
    });
  }
  if (!row || row.status === null) {
    throw new AppError('conflict', 'A request with this Idempotency-Key is still at work.', { retryAfterSeconds: 1 });
  }
  const kept = row.body as { sealed: string; type: string };
  void reply.code(row.status).header('idempotency-replayed', 'true');
  if (row.status === 204) return reply.send(null);
  // Sent as it was: past the serializer, which would encode it a second time.
  return reply
    .type(kept.type || 'application/json; charset=utf-8')
    .serializer((text: unknown) => text as string)
    .send(deps.sealer.open(kept.sealed, context(claim)));
}

import { AppError } from '@rollcall/core';
import { type Actor, requireScope } from '@rollcall/services';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Api } from '../app.ts';
import { identify } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { LIVE_STREAM_TIMING, LiveStream, type LiveStreamTiming } from '../events/live-stream.ts';
import { callerOf } from '../rate-limit.ts';
import { problems } from './schemas.ts';

/** Streams that one key or one person may have open, and one organization altogether. */
export const MAX_STREAMS_PER_CALLER = 20;
export const MAX_STREAMS_PER_ORGANIZATION = 500;
/** How often a stream asks whether its reader may still read; at once when the organization's members or keys change. */
const RECHECK_MS = 15_000;
/** So often in a row that may fail because the database does not answer. */
const MAX_UNANSWERED = 4;

export interface EventsTiming extends LiveStreamTiming {
  readonly recheckMs: number;
}

interface Open {
  readonly stream: LiveStream;
  readonly caller: string;
  readonly organizationId: string;
}

const query = z.strictObject({});

/** What changes in the organization, as it changes: each event names what, and who wants to know asks for it. */
export function eventRoutes(api: Api, deps: ApiDeps, given: Partial<EventsTiming> = deps.eventsTiming ?? {}): void {
  const timing = { ...LIVE_STREAM_TIMING, recheckMs: RECHECK_MS, ...given };
  const open = new Set<Open>();
  // Before the server waits for its connections: a stream would never end by itself.
  api.addHook('preClose', async () => {
    for (const { stream } of open) stream.end();
  });
  api.get(
    '/events',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['events'],
        summary: 'What changes, as it changes: a stream of server-sent events',
        description:
          'Each message is `{"type", "id"}`: what changed, never the data. `reset` comes first and whenever changes may have been missed: read anew what you show. `id` null: several of the type.',
        querystring: query,
        produces: ['text/event-stream'],
        response: { 200: z.string(), ...problems },
      },
    },
    async (request, reply) => {
      const { actor } = request;
      requireScope(actor, 'read');
      requireRoom(open, actor, callerOf(request));
      const stream = new LiveStream(
        reply,
        () => {
          open.delete(entry);
          clearInterval(recheck);
          unsubscribe();
        },
        timing,
      );
      const entry: Open = { stream, caller: callerOf(request), organizationId: actor.organizationId };
      open.add(entry);
      const check = watchRights(request, deps, stream);
      const recheck = setInterval(check, timing.recheckMs);
      const unsubscribe = deps.changes.subscribe(actor.organizationId, {
        onFact(fact) {
          if (fact.type === 'member' || fact.type === 'api_key' || fact.type === 'organization') check();
          stream.onFact(fact);
        },
        onReset: () => stream.onReset(),
      });
      return reply;
    },
  );
}

function requireRoom(open: ReadonlySet<Open>, actor: Actor, caller: string): void {
  let own = 0;
  let all = 0;
  for (const one of open) {
    if (one.organizationId !== actor.organizationId) continue;
    all += 1;
    if (one.caller === caller) own += 1;
  }
  if (own >= MAX_STREAMS_PER_CALLER)
    throw new AppError('rate_limited', `You have ${MAX_STREAMS_PER_CALLER} event streams open; close one first.`, {
      retryAfterSeconds: 30,
    });
  if (all >= MAX_STREAMS_PER_ORGANIZATION)
    throw new AppError('rate_limited', `The organization has ${MAX_STREAMS_PER_ORGANIZATION} event streams open.`, {
      retryAfterSeconds: 30,
    });
}

/** Ends the stream when its key is revoked, its session over, or its reader no member of this organization any more. */
function watchRights(request: FastifyRequest, deps: ApiDeps, stream: LiveStream): () => void {
  const { organizationId } = request.actor;
  let asking = false;
  let unanswered = 0;
  return () => {
    if (asking) return;
    asking = true;
    identify(request, deps)
      .then((actor) => {
        unanswered = 0;
        requireScope(actor, 'read');
        if (actor.organizationId !== organizationId) stream.end();
      })
      .catch((error: unknown) => {
        unanswered += 1;
        if (error instanceof AppError || unanswered >= MAX_UNANSWERED) stream.end();
      })
      .finally(() => {
        asking = false;
      });
  };
}

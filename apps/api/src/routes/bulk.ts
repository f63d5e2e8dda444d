import {
  type BulkAnswer,
  bulkAnswerSchema,
  bulkCreateSchema,
  bulkDeleteSchema,
  bulkProbeSchema,
  bulkUpdateSchema,
  createEndpointSchema,
  updateEndpointSchema,
} from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import {
  type BulkItem,
  type BulkOutcome,
  bulkCreateEndpoints,
  bulkDeleteEndpoints,
  bulkProbeEndpoints,
  bulkUpdateEndpoints,
  type EndpointChange,
} from '@rollcall/services';
import { z } from 'zod';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { toInvalidRequest, toProblem } from '../problem.ts';
import { checkLimit } from '../rate-limit.ts';
import { problems } from './schemas.ts';

const tags = ['endpoints'];
/** A thousand endpoints with their headers. */
const MAX_BULK_BYTES = 4 * 1024 * 1024;
/** The answer must stay small enough to be kept for an Idempotency-Key. */
const MAX_ITEM_CULPRITS = 3;

const updateItem = z.looseObject({ id: z.string().min(1).max(200), ifMatch: z.string().min(1).max(1000).optional() });

function readItem<T>(schema: z.ZodType<T>, item: unknown): BulkItem<T> {
  const parsed = schema.safeParse(item);
  return parsed.success ? parsed.data : toInvalidRequest(parsed.error, 'body');
}

function readChange(item: unknown): BulkItem<EndpointChange> {
  const named = readItem(updateItem, item);
  if (named instanceof AppError) return named;
  const { id, ifMatch, ...rest } = named;
  const change = readItem(updateEndpointSchema, rest);
  return change instanceof AppError ? change : { id, change, ...(ifMatch === undefined ? {} : { ifMatch }) };
}

function answer(outcomes: readonly BulkOutcome[]): BulkAnswer {
  const counts: BulkAnswer['counts'] = { created: 0, exists: 0, updated: 0, deleted: 0, queued: 0, failed: 0 };
  const results = outcomes.map(({ status, id, error }, index) => {
    counts[status] += 1;
    if (error === null) return { index, status, id };
    const { errors, instance, ...problem } = toProblem(error, '');
    void instance;
    return { index, status, id, error: { ...problem, ...(errors === undefined ? {} : { errors: errors.slice(0, MAX_ITEM_CULPRITS) }) } };
  });
  return { counts, results };
}

/** Up to 1,000 endpoints a call; each item succeeds or fails by itself, and the call answers 200 with what became of each. */
export function bulkRoutes(api: Api, deps: ApiDeps): void {
  const { now } = deps;
  const settings = { db: deps.db, sealer: deps.sealer, policy: deps.policy, region: deps.config.region };
  const response = { 200: bulkAnswerSchema, ...problems };
  const config = { idempotent: true, ...checkLimit };

  api.post(
    '/endpoints/bulk',
    { bodyLimit: MAX_BULK_BYTES, config, schema: { tags, summary: 'Register many endpoints', body: bulkCreateSchema, response } },
    async (request) => {
      const items = request.body.endpoints.map((item) => readItem(createEndpointSchema, item));
      return answer(await bulkCreateEndpoints(settings, request.actor, items, request.body.ifExists, now()));
    },
  );
  api.patch(
    '/endpoints/bulk',
    { bodyLimit: MAX_BULK_BYTES, config, schema: { tags, summary: 'Change many endpoints', body: bulkUpdateSchema, response } },
    async (request) => answer(await bulkUpdateEndpoints(settings, request.actor, request.body.endpoints.map(readChange), now())),
  );
  api.delete(
    '/endpoints/bulk',
    { config, schema: { tags, summary: 'Delete many endpoints and their history', body: bulkDeleteSchema, response } },
    async (request) => answer(await bulkDeleteEndpoints(settings, request.actor, request.body.ids, now())),
  );
  api.post(
    '/endpoints/bulk/probe',
    { config, schema: { tags, summary: 'Have many endpoints probed now', body: bulkProbeSchema, response } },
    async (request) => answer(await bulkProbeEndpoints(settings, request.actor, request.body.ids, now())),
  );
}

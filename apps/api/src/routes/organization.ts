import {
  apiKeySchema,
  createApiKeySchema,
  createdApiKeySchema,
  listQuerySchema,
  meSchema,
  overviewSchema,
  pageOf,
} from '@rollcall/contracts';
import { createApiKey, getMe, getOverview, listApiKeys, listAuditLog, requireCursor, revokeApiKey } from '@rollcall/services';
import { z } from 'zod';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { idParams, nothing, problems } from './schemas.ts';

const tags = ['organization'];
const auditSchema = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});

export function organizationRoutes(api: Api, { db, now, config }: ApiDeps): void {
  api.get(
    '/me',
    { schema: { tags, summary: 'Who asks, and on what installation', response: { 200: meSchema, ...problems } } },
    async (request) => getMe(db, request.actor, { smtpConfigured: config.smtpUrl !== null, publicUrl: config.publicUrl }),
  );
  api.get(
    '/overview',
    { schema: { tags, summary: 'What the first screen shows', response: { 200: overviewSchema, ...problems } } },
    async (request) => getOverview(db, request.actor, config.publicUrl, now()),
  );
  api.get(
    '/audit-log',
    {
      schema: {
        tags,
        summary: 'Who did what, newest first',
        querystring: listQuerySchema,
        response: { 200: pageOf(auditSchema), ...problems },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      return listAuditLog(db, request.actor, { limit, cursor: requireCursor('al', cursor) });
    },
  );
  api.get(
    '/api-keys',
    { schema: { tags, summary: 'List API keys', querystring: listQuerySchema, response: { 200: pageOf(apiKeySchema), ...problems } } },
    async (request) => listApiKeys(db, request.actor, request.query),
  );
  api.post(
    '/api-keys',
    {
      schema: {
        tags,
        summary: 'Make an API key; this answer alone shows it',
        body: createApiKeySchema,
        response: { 201: createdApiKeySchema, ...problems },
      },
    },
    async (request, reply) => reply.code(201).send(await createApiKey(db, request.actor, request.body, now())),
  );
  api.delete(
    '/api-keys/:id',
    { schema: { tags, summary: 'Revoke an API key', params: idParams, response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await revokeApiKey(db, request.actor, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
}

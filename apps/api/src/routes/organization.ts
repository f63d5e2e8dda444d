import {
  apiKeySchema,
  auditEntrySchema,
  createApiKeySchema,
  createdApiKeySchema,
  deleteOrganizationSchema,
  listAuditQuerySchema,
  listQuerySchema,
  meSchema,
  organizationExportSchema,
  overviewSchema,
  pageOf,
  rotateApiKeySchema,
} from '@rollcall/contracts';
import {
  createApiKey,
  deleteOrganization,
  exportOrganization,
  getMe,
  getOverview,
  listApiKeys,
  listAuditLog,
  organizationMetrics,
  requireCursor,
  revokeApiKey,
  rotateApiKey,
} from '@rollcall/services';
import { z } from 'zod';
import type { Api } from '../app.ts';
import { personOf } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { checkLimit, guessLimit } from '../rate-limit.ts';
import { sendDocument } from '../send-document.ts';
import { idParams, nothing, problems } from './schemas.ts';

const tags = ['organization'];
const metricsQuerySchema = z.strictObject({ tag: z.string().min(1).max(64).optional() });

export function organizationRoutes(api: Api, deps: ApiDeps): void {
  const { db, now, config } = deps;
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
    '/metrics',
    {
      config: checkLimit,
      schema: {
        tags,
        summary: "The organization's endpoints for Prometheus (text format)",
        querystring: metricsQuerySchema,
        produces: ['text/plain'],
        response: { 200: z.string(), ...problems },
      },
    },
    async (request, reply) =>
      reply
        .type('text/plain; version=0.0.4; charset=utf-8')
        .serializer((text: unknown) => text as string)
        .send(await organizationMetrics(db, request.actor, request.query, now())),
  );
  api.get(
    '/audit-log',
    {
      schema: {
        tags,
        summary: 'Who did what, newest first',
        querystring: listAuditQuerySchema,
        response: { 200: pageOf(auditEntrySchema), ...problems },
      },
    },
    async (request) => {
      const { cursor, ...query } = request.query;
      return listAuditLog(db, request.actor, { ...query, cursor: requireCursor('al', cursor) });
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
  api.post(
    '/api-keys/:id/rotate',
    {
      schema: {
        tags,
        summary: 'Replace an API key; the former works on for the overlap',
        params: idParams,
        body: rotateApiKeySchema,
        response: { 201: createdApiKeySchema, ...problems },
      },
    },
    async (request, reply) => reply.code(201).send(await rotateApiKey(db, request.actor, request.params.id, request.body, now())),
  );
  api.delete(
    '/api-keys/:id',
    { schema: { tags, summary: 'Revoke an API key', params: idParams, response: { 204: nothing, ...problems } } },
    async (request, reply) => {
      await revokeApiKey(db, request.actor, request.params.id, now());
      return reply.code(204).send(null);
    },
  );
  wholeOrganizationRoutes(api, deps);
}

function wholeOrganizationRoutes(api: Api, deps: ApiDeps): void {
  const { db, now, config } = deps;
  api.get(
    '/organization/export',
    {
      config: guessLimit,
      schema: {
        tags,
        summary: 'Everything the organization has, without secrets, as one document',
        response: { 200: organizationExportSchema, ...problems },
      },
    },
    async (request, reply) => {
      const pieces = await exportOrganization({ db, publicUrl: config.publicUrl }, request.actor, now());
      return sendDocument(reply, pieces, `rollcall-organization-${now().toISOString().slice(0, 10)}.json`);
    },
  );
  api.delete(
    '/organization',
    {
      config: guessLimit,
      schema: {
        tags,
        security: [{ session: [] }],
        summary: 'Delete the organization with everything it has; for a signed-in owner',
        body: deleteOrganizationSchema,
        response: { 204: nothing, ...problems },
      },
    },
    async (request, reply) => {
      await deleteOrganization(db, request.actor, await personOf(request, deps), request.body, now());
      return reply.code(204).send(null);
    },
  );
}

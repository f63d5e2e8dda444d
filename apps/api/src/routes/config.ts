import { applyConfigSchema, configFileJsonSchema, configFileSchema, configResultSchema } from '@rollcall/contracts';
import { applyConfig, configEtag, exportConfig, requireScope } from '@rollcall/services';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Api } from '../app.ts';
import type { ApiDeps } from '../deps.ts';
import { checkLimit } from '../rate-limit.ts';
import { ifMatchHeaders, problems } from './schemas.ts';

const tags = ['configuration'];
const MAX_CONFIG_BYTES = 4 * 1024 * 1024;
const exportQuery = z.strictObject({ name: configFileSchema.shape.name.unwrap().optional() });

export function configRoutes(api: Api, deps: ApiDeps): void {
  const { db, now } = deps;
  const settings = { db, sealer: deps.sealer, policy: deps.policy, region: deps.config.region };

  api.put(
    '/config',
    {
      bodyLimit: MAX_CONFIG_BYTES,
      config: checkLimit,
      schema: {
        tags,
        summary: 'Make what a declarative file says, all of it or nothing, and answer with what was done to each item',
        headers: ifMatchHeaders,
        body: applyConfigSchema,
        response: { 200: configResultSchema, ...problems },
      },
    },
    async (request) => applyConfig(settings, request.actor, { ...request.body, ifMatch: request.headers['if-match'] }, now()),
  );
  api.get(
    '/config',
    {
      schema: {
        tags,
        summary: 'What there is, as a declarative file; secrets are placeholders. With name only what came from the file of that name',
        querystring: exportQuery,
        response: { 200: z.record(z.string(), z.unknown()), ...problems },
      },
    },
    async (request, reply) => {
      requireScope(request.actor, 'read');
      // Read before the document: older is safe, newer is not.
      const etag = await configEtag(db, request.actor.organizationId, request.query.name);
      const document = await exportConfig(settings, request.actor, request.query.name);
      void reply.header('etag', etag);
      return { ...document };
    },
  );
}

/** For editors, which sign in nowhere: it says nothing of anybody. */
export function registerConfigSchema(app: FastifyInstance): void {
  const schema = configFileJsonSchema();
  app.get(
    '/api/v1/config/schema.json',
    {
      schema: {
        tags,
        summary: 'JSON Schema of the declarative file',
        security: [],
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(schema),
  );
}

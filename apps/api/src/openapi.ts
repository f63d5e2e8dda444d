import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { problemSchema } from '@rollcall/contracts';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';

const components = {
  securitySchemes: {
    apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: rc_…' },
    regionKey: { type: 'http', scheme: 'bearer', description: 'The key of a remote prober: rcr_…' },
    session: { type: 'apiKey', in: 'cookie', name: 'rollcall.session_token', description: 'The cookie of a signed-in person.' },
  },
} as const;

interface Operation {
  parameters?: unknown[];
  responses?: Record<string, unknown>;
}
type Document = Record<string, unknown> & {
  paths?: Record<string, Record<string, Operation>>;
  components?: Record<string, object>;
};

/** What is the same for many operations is said once: refusals, and the key that makes a repeated POST harmless. */
function shareCommon(document: Document): Document {
  // What the proxy passes on to the web role is no call of the API.
  const own = Object.entries(document.paths ?? {}).filter(([path]) => path.startsWith('/api/'));
  const paths = own.map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, shareOperation(path, method, operation)])),
  ]);
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: {
      ...document.components,
      schemas: { ...document.components?.['schemas'], Problem: z.toJSONSchema(problemSchema, { io: 'input', target: 'draft-2020-12' }) },
      responses: {
        Problem: {
          description: 'Refused or failed (RFC 9457): `code` is stable, `errors` names what is wrong',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      parameters: {
        IdempotencyKey: {
          name: 'idempotency-key',
          in: 'header',
          required: false,
          description: 'Kept for a day: a repeated request with this key gets the first answer again and does nothing',
          schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
        },
      },
    },
  };
}

function shareOperation(path: string, method: string, operation: Operation): Operation {
  const responses = Object.entries(operation.responses ?? {}).map(([status, response]) => [
    status,
    status >= '400' ? { $ref: '#/components/responses/Problem' } : response,
  ]);
  // What probers say may be repeated as it is.
  const key = method === 'post' && !path.startsWith('/api/v1/prober/') ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : [];
  const parameters = [...(operation.parameters ?? []), ...key];
  return { ...operation, ...(parameters.length > 0 ? { parameters } : {}), responses: Object.fromEntries(responses) };
}

/** OpenAPI 3.1 made from the very schemas that check requests and answers, and a page to read it on. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rollcall',
        version: '1',
        description:
          'Uptime monitoring for MCP servers. Errors are RFC 9457 problem details with a stable `code`; times are RFC 3339 UTC; lists answer `{data, nextCursor}`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      // Either of the two; what belongs to a person takes the session alone and says so.
      security: [{ apiKey: [] }, { session: [] }],
      components,
    },
    transform: jsonSchemaTransform,
    transformObject: (made) => ('openapiObject' in made ? (shareCommon(made.openapiObject as Document) as never) : made.swaggerObject),
    hideUntagged: false,
  });
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(app.swagger()),
  );
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true, uiConfig: { docExpansion: 'list', deepLinking: true } });
}

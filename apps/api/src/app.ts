import { AppError } from '@rollcall/core';
import { type Actor, createPublicPages } from '@rollcall/services';
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { rememberRoutes } from './allowed-methods.ts';
import { identify, registerAuthRoutes } from './auth.ts';
import { readJsonStrictly, requireKnownBody } from './body.ts';
import type { ApiDeps } from './deps.ts';
import { registerHealth } from './health.ts';
import { registerIdempotency } from './idempotency.ts';
import { registerMcp } from './mcp/routes.ts';
import { registerOidc } from './oidc.ts';
import { registerOpenApi } from './openapi.ts';
import { requirePlainText } from './plain-text.ts';
import { handleClientError, handleError, handleNotFound, toInvalidRequest } from './problem.ts';
import { registerProblemPages } from './problem-pages.ts';
import { registerProxy } from './proxy.ts';
import { registerRateLimits } from './rate-limit.ts';
import { accountRoutes, invitationRoutes } from './routes/account.ts';
import { bulkRoutes } from './routes/bulk.ts';
import { channelRoutes } from './routes/channels.ts';
import { checkRoutes } from './routes/checks.ts';
import { configRoutes, registerConfigSchema } from './routes/config.ts';
import { endpointRoutes } from './routes/endpoints.ts';
import { eventRoutes } from './routes/events.ts';
import { importRoutes } from './routes/import.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { memberRoutes } from './routes/members.ts';
import { organizationRoutes } from './routes/organization.ts';
import { organizationSettingsRoutes, signInOptionsRoute } from './routes/organization-settings.ts';
import { registerProber } from './routes/prober.ts';
import { statusPageRoutes } from './routes/status-pages.ts';
import { registerPublicCheck } from './status/public-check.ts';
import { registerStatusRoutes } from './status/routes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every route of /api/v1 before its handler. */
    actor: Actor;
  }
  interface FastifyContextConfig {
    /** Idempotency-Key is honoured, also where the method is not POST. */
    idempotent?: boolean;
  }
}

export type Api = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  import('fastify').FastifyBaseLogger,
  ZodTypeProvider
>;

const MAX_BODY_BYTES = 1024 * 1024;

/** The whole api as an app that only needs to listen (main.ts) or to be injected into (tests). */
export async function buildApp(deps: ApiDeps, logger: FastifyServerOptions['logger'] = false): Promise<FastifyInstance> {
  const app = fastify({
    ...(logger === undefined ? {} : { logger }),
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: 200 },
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 180_000,
    // A monitor's own front door: one hop of proxy in front of us may name the visitor, nobody else.
    trustProxy: 'loopback',
    return503OnClosing: true,
    clientErrorHandler: handleClientError,
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
  });
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(handleNotFound);
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (data) => {
    const parsed = schema.safeParse(data ?? (httpPart === 'body' ? undefined : {}));
    return parsed.success ? { value: parsed.data } : { error: toInvalidRequest(parsed.error, httpPart) };
  });
  app.setSerializerCompiler(serializerCompiler);
  readJsonStrictly(app);
  app.decorateRequest('actor');
  app.decorateRequest('person');
  app.decorateRequest('regionActor', null);
  app.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer').header('x-frame-options', 'DENY');
    // Data, never a page; the documentation brings a policy of its own.
    if (!reply.hasHeader('content-security-policy'))
      void reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    if (deps.config.publicUrl.startsWith('https:')) void reply.header('strict-transport-security', 'max-age=31536000');
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });

  const allowedMethods = rememberRoutes(app);
  registerHealth(app, deps);
  registerAuthRoutes(app, deps.auth, deps.config.publicUrl);
  registerProblemPages(app);
  registerOidc(app, deps.oidc ?? null);
  await registerOpenApi(app);
  registerConfigSchema(app);
  const pages = createPublicPages({ db: deps.db, publicUrl: deps.config.publicUrl, now: deps.now });
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<ZodTypeProvider>() as unknown as Api;
      api.addHook('onRequest', async (request) => {
        request.actor = await identify(request, deps);
      });
      api.addHook('preValidation', async (request) => {
        requirePlainText(request.body, request.query, request.params);
        requireKnownBody(request);
      });
      await registerRateLimits(api, deps.limits);
      registerIdempotency(api, deps);
      // Whoever changes something looks at the page next.
      api.addHook('onSend', async (request, reply) => {
        if (request.method !== 'GET' && reply.statusCode < 400 && request.actor) pages.forget(request.actor.organizationId);
      });
      endpointRoutes(api, deps);
      bulkRoutes(api, deps);
      importRoutes(api, deps);
      configRoutes(api, deps);
      incidentRoutes(api, deps);
      channelRoutes(api, deps);
      maintenanceRoutes(api, deps);
      statusPageRoutes(api, deps);
      checkRoutes(api, deps);
      memberRoutes(api, deps);
      organizationRoutes(api, deps);
      organizationSettingsRoutes(api, deps);
      eventRoutes(api, deps);
    },
    { prefix: '/api/v1' },
  );
  await app.register(async (scope) => registerPersonal(scope, deps, pages.forget), { prefix: '/api/v1' });
  await app.register(async (scope) => registerProber(scope, deps), { prefix: '/api/v1/prober' });
  for (const url of ['/api', '/api/*']) {
    app.all(url, { schema: { hide: true } }, async (request, reply) => {
      const allowed = allowedMethods(request.url.split('?', 1)[0] ?? '');
      if (allowed.length === 0 || allowed.includes(request.method)) throw new AppError('not_found', 'There is nothing at this address.');
      void reply.header('allow', allowed.join(', '));
      throw new AppError('method_not_allowed', `This address takes ${allowed.join(', ')}.`);
    });
  }
  await registerMcp(app, { ...deps, pages });
  await registerPublicCheck(app, deps);
  await registerStatusRoutes(app, { ...deps, pages });
  await registerProxy(app, deps);
  return app;
}

/** Routes of a person or of whoever holds a link: no organization is asked for. */
async function registerPersonal(scope: FastifyInstance, deps: ApiDeps, forgetPages: (organizationId: string) => void): Promise<void> {
  const api = scope.withTypeProvider<ZodTypeProvider>() as unknown as Api;
  api.addHook('preValidation', async (request) => {
    requirePlainText(request.body, request.query, request.params);
    requireKnownBody(request);
  });
  await registerRateLimits(api);
  registerIdempotency(api, deps);
  invitationRoutes(api, deps);
  signInOptionsRoute(api, deps);
  await api.register(async (own) => accountRoutes(own.withTypeProvider<ZodTypeProvider>() as unknown as Api, deps, forgetPages));
}

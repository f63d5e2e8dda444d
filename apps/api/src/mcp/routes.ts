import { Readable } from 'node:stream';
import { AppError } from '@rollcall/core';
import { createTokenCache } from '@rollcall/probe';
import type { PublicPages } from '@rollcall/services';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { originOf } from '../auth.ts';
import type { ApiDeps } from '../deps.ts';
import { CHECKS_PER_MINUTE, callerOf, registerRateLimits } from '../rate-limit.ts';
import { addressUsed, foreignAddress } from './addresses.ts';
import { type Caller, createRollcallMcp } from './server.ts';
import { identifyCaller, issueToken, resourceMetadata, serverMetadata, TokenRefusal, wellKnown } from './sign-in.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_FORM_BYTES = 32 * 1024;
const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH'];
const hidden = { schema: { hide: true } };

/** For a browser client on one of our own origins. */
const PREFLIGHT = {
  'access-control-allow-methods': 'POST, GET, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, accept, mcp-protocol-version, mcp-session-id, mcp-method, mcp-name, last-event-id',
  'access-control-max-age': '600',
};

/** @throws AppError forbidden, for a page of another site and for a name that is not ours. */
async function requireOwnAddress({ headers }: FastifyRequest, reply: FastifyReply, publicUrl: string): Promise<void> {
  const { host, origin } = headers;
  const refusal = foreignAddress({ host, origin }, publicUrl);
  if (refusal !== null) throw new AppError('forbidden', refusal);
  if (origin === undefined) return;
  void reply
    .header('access-control-allow-origin', origin)
    .header('access-control-expose-headers', 'www-authenticate, retry-after')
    .header('vary', 'origin');
}

/** Rollcall's own MCP server with what clients need to sign in to it. Stateless: any process answers any request. */
/** What the MCP server needs of the app: as the routes of the API, its writes are seen at once on status pages. */
type McpDeps = ApiDeps & { readonly pages: Pick<PublicPages, 'forget'> };

export async function registerMcp(app: FastifyInstance, deps: McpDeps): Promise<void> {
  await app.register(async (scope) => {
    // The SDK reads the bytes itself and answers what is no JSON in the words of JSON-RPC.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.addHook('onSend', async (_request, reply) => {
      void reply.header('x-content-type-options', 'nosniff');
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    });
    await registerRateLimits(scope);
    metadataRoutes(scope, deps);
    await scope.register(async (guarded) => {
      guarded.addHook('onRequest', (request, reply) => requireOwnAddress(request, reply, deps.config.publicUrl));
      tokenRoutes(guarded, deps);
      endpointRoutes(guarded, deps);
    });
  });
}

function endpointRoutes(scope: FastifyInstance, deps: McpDeps): void {
  const { publicUrl } = deps.config;
  const tokens = createTokenCache();
  const checks = scope.createRateLimit({ max: CHECKS_PER_MINUTE, timeWindow: 60_000, keyGenerator: callerOf });
  const mcp = createRollcallMcp((error) => scope.log.debug({ err: error }, 'mcp.refused'));
  scope.addHook('preClose', () => mcp.close());

  const identify = async (request: FastifyRequest, reply: FastifyReply) => {
    const { authorization, host } = request.headers;
    const base = addressUsed(host, publicUrl);
    const metadata = `${new URL(base).origin}${wellKnown('oauth-protected-resource', base, '/mcp')}`;
    const invalid = authorization === undefined ? '' : 'error="invalid_token", ';
    void reply.header('www-authenticate', `Bearer ${invalid}resource_metadata="${metadata}"`);
    request.actor = { ...(await identifyCaller(authorization, deps)), ...originOf(request) };
    reply.removeHeader('www-authenticate');
  };
  const countCheck = async (request: FastifyRequest) => {
    const limit = await checks(request);
    if (limit.isAllowed || !limit.isExceeded) return;
    const message = `More than ${CHECKS_PER_MINUTE} checks a minute; try again later.`;
    throw new AppError('rate_limited', message, { retryAfterSeconds: Math.max(1, limit.ttlInSeconds) });
  };

  scope.options('/mcp', hidden, async (_request, reply) => reply.code(204).headers(PREFLIGHT).send());
  scope.route({
    method: METHODS,
    url: '/mcp',
    bodyLimit: MAX_BODY_BYTES,
    ...hidden,
    onRequest: identify,
    async handler(request, reply) {
      const caller: Caller = {
        actor: request.actor,
        deps,
        tokens,
        countCheck: () => countCheck(request),
        onWritten: () => deps.pages.forget(request.actor.organizationId),
        onFault: (error) => request.log.error({ err: error }, 'mcp.tool_failed'),
      };
      const aborter = new AbortController();
      reply.raw.once('close', () => aborter.abort());
      const asked = toWebRequest(request, publicUrl, aborter.signal);
      return sendResponse(reply, await mcp.answer(asked, jsonOf(request.body), caller));
    },
  });
}

function jsonOf(body: unknown): unknown {
  try {
    return body instanceof Buffer ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** The credential stays here: nothing behind this needs it. */
function toWebRequest(request: FastifyRequest, publicUrl: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'authorization' || name === 'cookie' || value === undefined) continue;
    for (const one of [value].flat()) headers.append(name, one);
  }
  const body = request.method !== 'GET' && request.body instanceof Buffer ? { body: new Uint8Array(request.body) } : {};
  return new Request(new URL('/mcp', publicUrl), { method: request.method, headers, signal, ...body });
}

async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  void reply.code(response.status);
  for (const [name, value] of response.headers) void reply.header(name, value);
  if (response.body === null) return reply.send();
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return reply.send(Buffer.from(await response.arrayBuffer()));
  // nginx would hold the events back until the end.
  void reply.header('x-accel-buffering', 'no').header('cache-control', 'no-store, no-transform');
  return reply.send(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]));
}

/** Public documents, for pages of any origin. */
function metadataRoutes(scope: FastifyInstance, { config: { publicUrl } }: ApiDeps): void {
  const documents: readonly [string, (base: string) => object][] = [
    [wellKnown('oauth-protected-resource', publicUrl, '/mcp'), resourceMetadata],
    ['/.well-known/oauth-protected-resource', resourceMetadata],
    [wellKnown('oauth-authorization-server', publicUrl), serverMetadata],
  ];
  for (const [url, document] of documents) {
    scope.get(url, hidden, async (request, reply) =>
      reply
        .headers({ 'access-control-allow-origin': '*', 'cache-control': 'max-age=300', vary: 'host' })
        .send(document(addressUsed(request.headers.host, publicUrl))),
    );
  }
}

function tokenRoutes(scope: FastifyInstance, deps: ApiDeps): void {
  const { publicUrl } = deps.config;
  scope.post('/mcp/oauth/token', { ...hidden, bodyLimit: MAX_FORM_BYTES }, async ({ headers, body }, reply) => {
    try {
      if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? ''))
        throw new TokenRefusal('invalid_request', 'The body must be application/x-www-form-urlencoded.');
      const form = new URLSearchParams(body instanceof Buffer ? body.toString('utf8') : '');
      const resources = [...new Set([addressUsed(headers.host, publicUrl), addressUsed(undefined, publicUrl)])].map(
        (base) => `${base}/mcp`,
      );
      return await issueToken({ authorization: headers.authorization, form, resources }, deps);
    } catch (error) {
      if (!(error instanceof TokenRefusal)) throw error;
      if (error.status === 401) void reply.header('www-authenticate', 'Basic realm="Rollcall"');
      return reply.code(error.status).send({ error: error.code, error_description: error.message });
    }
  });
  scope.get('/mcp/oauth/authorize', hidden, async () => {
    throw new AppError(
      'invalid_request',
      'Nobody signs in to the MCP server of Rollcall by browser. Send an API key (Authorization: Bearer rc_…), or fetch a token by client credentials.',
    );
  });
}

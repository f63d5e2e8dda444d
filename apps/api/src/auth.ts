import { hkdfSync } from 'node:crypto';
import type { Config } from '@rollcall/config';
import { AppError } from '@rollcall/core';
import { type IdPrefix, newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { type Actor, authenticateApiKey, authenticateMember, hashPassword, verifyPassword } from '@rollcall/services';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { fromNodeHeaders } from 'better-auth/node';
import { organization } from 'better-auth/plugins';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiDeps } from './deps.ts';

/** better-auth's models by the prefix of their ids: lists page by id, and an id tells what it names. */
const ID_PREFIX: Readonly<Record<string, IdPrefix>> = {
  user: 'usr',
  session: 'ses',
  account: 'acc',
  verification: 'ver',
  organization: 'org',
  member: 'mem',
  invitation: 'inv',
};

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Accounts and sessions by better-auth on our tables; passwords by our own scrypt. */
export function createAuth(db: Db, config: Pick<Config, 'publicUrl' | 'signup'>, secretBase64: string) {
  const secret = Buffer.from(hkdfSync('sha256', Buffer.from(secretBase64, 'base64'), '', 'rollcall sessions v1', 32)).toString('base64');
  return betterAuth({
    appName: 'Rollcall',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: prismaAdapter(db, { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: config.signup !== 'open',
      minPasswordLength: 8,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    // A page of this very host may sign in whatever name it is reached by; any other origin may not.
    trustedOrigins: (request) => {
      const host = request?.headers.get('host');
      return [config.publicUrl, ...(host ? [`http://${host}`, `https://${host}`] : [])];
    },
    session: { expiresIn: 30 * 24 * 3600, updateAge: 24 * 3600 },
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { '/sign-in/email': { window: 60, max: 20 } } },
    advanced: {
      cookiePrefix: 'rollcall',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      database: { generateId: ({ model }) => newId(ID_PREFIX[model] ?? 'usr') },
    },
    plugins: [organization()],
  });
}
export type Auth = ReturnType<typeof createAuth>;

/**
 * A page elsewhere must not act with the visitor's cookie: browsers say where an unsafe request comes from. Ours are
 * the host that was asked and the public address, by which a proxy in front may be reached while it names us otherwise.
 */
function requireSameOrigin(request: FastifyRequest, publicUrl: string): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none')
    throw new AppError('forbidden', 'This request comes from another site.');
  const origin = request.headers.origin;
  if (origin === undefined) return;
  const host = URL.canParse(origin) ? new URL(origin).host : null;
  if (host === null || (host !== request.headers.host && origin !== new URL(publicUrl).origin))
    throw new AppError('forbidden', 'This request comes from another site.');
}

/** Who asks. @throws AppError unauthenticated. */
export async function identify(request: FastifyRequest, deps: Pick<ApiDeps, 'config' | 'db' | 'auth' | 'now'>): Promise<Actor> {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) {
    const key = /^Bearer (rc_[\w-]{8,256})$/i.exec(authorization)?.[1];
    const actor = key === undefined ? null : await authenticateApiKey(deps.db, key, deps.now());
    if (actor) return { ...actor, address: request.ip };
    throw new AppError('unauthenticated', 'The API key is unknown, revoked or expired.');
  }
  if (request.headers.cookie !== undefined) {
    const session = await deps.auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
    if (session) {
      requireSameOrigin(request, deps.config.publicUrl);
      const active = (session.session as { activeOrganizationId?: string | null }).activeOrganizationId ?? null;
      const actor = await authenticateMember(deps.db, session.user, active);
      if (actor) return { ...actor, address: request.ip };
      throw new AppError('forbidden', 'You are a member of no organization.');
    }
  }
  throw new AppError('unauthenticated', 'Give an API key (Authorization: Bearer rc_…) or sign in.');
}

/** better-auth's own routes under /api/auth. */
export function registerAuthRoutes(app: FastifyInstance, auth: Auth, publicUrl: string): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    schema: { hide: true },
    async handler(request, reply) {
      const headers = fromNodeHeaders(request.headers);
      headers.delete('content-length');
      headers.set('x-forwarded-for', request.ip);
      const hasBody = request.method === 'POST' && request.body !== undefined && request.body !== null;
      const url = new URL(request.url, publicUrl);
      const answer = await auth.handler(
        new Request(url, { method: request.method, headers, ...(hasBody ? { body: JSON.stringify(request.body) } : {}) }),
      );
      void reply.code(answer.status);
      for (const [name, value] of answer.headers) if (name !== 'set-cookie') void reply.header(name, value);
      const cookies = answer.headers.getSetCookie();
      if (cookies.length > 0) void reply.header('set-cookie', cookies);
      return reply.send(answer.body === null ? null : Buffer.from(await answer.arrayBuffer()));
    },
  });
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { hkdfSync } from 'node:crypto';
import type { Config } from '@rollcall/config';
import { AppError } from '@rollcall/core';
import { type IdPrefix, newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { accountMail, type Mailer } from '@rollcall/notify';
import {
  type AccountRequest,
  type Actor,
  auditedDb,
  authenticateApiKey,
  authenticateMember,
  ensureOwnOrganization,
  hashPassword,
  type Person,
  requireSignUp,
  verifyPassword,
} from '@rollcall/services';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import { fromNodeHeaders } from 'better-auth/node';
import { genericOAuth, organization, twoFactor } from 'better-auth/plugins';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiDeps } from './deps.ts';
import type { Oidc } from './oidc.ts';

/** better-auth's models by the prefix of their ids: lists page by id, and an id tells what it names. */
const ID_PREFIX: Readonly<Record<string, IdPrefix>> = {
  user: 'usr',
  session: 'ses',
  account: 'acc',
  verification: 'ver',
  organization: 'org',
  member: 'mem',
  invitation: 'inv',
  twoFactor: 'tfa',
};

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What better-auth may do to organizations; everything else about them is at /api/v1, by role and in the audit log. */
const ORGANIZATION_ROUTES = new Set(['create', 'list', 'set-active']);

const NOT_ASKED = 'If you did not ask for this, ignore this message: nothing happens without the link.';

/** Mails about accounts. A mail that cannot be sent must not tell a stranger that the address is known. */
function createAccountMails(mailer: Mailer, publicUrl: string, onFault: (error: unknown) => void) {
  const send = (to: string, subject: string, text: string, link: { label: string; url: string }) => {
    const mail = accountMail({ to, from: mailer.from, subject, text: [text], link, note: NOT_ASKED, now: new Date() });
    // Not awaited: the time of the answer would tell whether there was something to send.
    void mailer.send(mail).catch(onFault);
  };
  return {
    verify: (email: string, url: string) =>
      send(email, 'Confirm your address', 'Somebody signed up to Rollcall with this address. Confirm that it was you.', {
        label: 'Confirm the address',
        url,
      }),
    reset: (email: string, token: string) =>
      send(email, 'Set a new password', 'Somebody asked to set a new password for your account. The link works for one hour.', {
        label: 'Set a new password',
        url: `${publicUrl}/reset-password?token=${encodeURIComponent(token)}`,
      }),
  };
}

export interface AuthOptions {
  readonly mailer: Mailer;
  readonly onFault?: (error: unknown) => void;
  readonly signIn?: Pick<Config['signIn'], 'github' | 'google'>;
  readonly oidc?: Oidc | null;
}

/** What better-auth signs cookies and encrypts second factors with: of ROLLCALL_SECRET, and not the key of the sealed values. */
export function sessionSecret(secretBase64: string): string {
  return Buffer.from(hkdfSync('sha256', Buffer.from(secretBase64, 'base64'), '', 'rollcall sessions v1', 32)).toString('base64');
}

/** Accounts and sessions by better-auth on our tables; passwords by our own scrypt. */
export function createAuth(db: Db, config: Pick<Config, 'publicUrl' | 'signup'>, secretBase64: string, options: AuthOptions) {
  const mails = createAccountMails(options.mailer, config.publicUrl, options.onFault ?? (() => undefined));
  // Without a mail server nobody could follow a link; the operator then knows who signs up.
  const verifies = options.mailer.kind === 'smtp';
  const secret = sessionSecret(secretBase64);
  const requests = new AsyncLocalStorage<AccountRequest>();
  const audited = auditedDb(
    db,
    () => requests.getStore() ?? null,
    () => new Date(),
  );
  const auth = betterAuth({
    appName: 'Rollcall',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: prismaAdapter(audited, { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: config.signup !== 'open',
      requireEmailVerification: verifies,
      sendResetPassword: async ({ user, token }) => mails.reset(user.email, token),
      revokeSessionsOnPasswordReset: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    emailVerification: {
      sendOnSignUp: verifies,
      sendOnSignIn: verifies,
      autoSignInAfterVerification: true,
      sendVerificationEmail: async ({ user, url }) => mails.verify(user.email, url),
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user) => {
            const refusal = await requireSignUp(db, config.signup, user, new Date());
            if (refusal !== null) throw new APIError('FORBIDDEN', { code: 'SIGNUP_REFUSED', message: refusal });
          },
          after: async (user) => {
            if (config.signup === 'open') await ensureOwnOrganization(db, user, new Date());
          },
        },
      },
      session: {
        create: {
          // Also mends a sign-up that was cut off between the account and its organization.
          before: async (session) => {
            if (config.signup !== 'open') return;
            const user = await db.user.findUnique({ where: { id: session.userId }, select: { id: true, name: true, email: true } });
            if (user) await ensureOwnOrganization(db, user, new Date());
          },
        },
      },
    },
    // A page of this very host may sign in whatever name it is reached by; any other origin may not.
    trustedOrigins: (request) => {
      const host = request?.headers.get('host');
      return [config.publicUrl, ...(host ? [`http://${host}`, `https://${host}`] : [])];
    },
    session: { expiresIn: 30 * 24 * 3600, updateAge: 24 * 3600 },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/sign-in/social': { window: 60, max: 20 },
        '/two-factor/*': { window: 60, max: 20 },
        '/request-password-reset': { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'rollcall',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      database: { generateId: ({ model }) => newId(ID_PREFIX[model] ?? 'usr') },
    },
    socialProviders: {
      ...(options.signIn?.github ? { github: options.signIn.github } : {}),
      ...(options.signIn?.google ? { google: options.signIn.google } : {}),
    },
    // An account is joined to what another service says only where that service vouches for the address.
    account: { accountLinking: { enabled: true, trustedProviders: [] }, encryptOAuthTokens: true },
    plugins: [
      ...(options.oidc ? [genericOAuth({ config: [options.oidc.provider] })] : []),
      twoFactor({ issuer: 'Rollcall' }),
      organization(),
    ],
  });
  return {
    api: auth.api,
    /** Answers a request to better-auth's own routes; what it changes is written down as asked for from there. */
    handle: (request: Request, from: AccountRequest) => requests.run(from, () => auth.handler(request)),
  };
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

/** Where a request comes from, for the audit log. */
export function originOf(request: FastifyRequest): { address: string; userAgent: string | null } {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? null };
}

/** Who asks. @throws AppError unauthenticated. */
export async function identify(request: FastifyRequest, deps: Pick<ApiDeps, 'config' | 'db' | 'auth' | 'now'>): Promise<Actor> {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) {
    const key = /^Bearer (rc_[\w-]{8,256})$/i.exec(authorization)?.[1];
    const actor = key === undefined ? null : await authenticateApiKey(deps.db, key, deps.now());
    if (actor) return { ...actor, ...originOf(request) };
    throw new AppError('unauthenticated', 'The API key is unknown, revoked or expired.');
  }
  if (request.headers.cookie !== undefined) {
    const session = await deps.auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
    if (session) {
      requireSameOrigin(request, deps.config.publicUrl);
      const active = (session.session as { activeOrganizationId?: string | null }).activeOrganizationId ?? null;
      const actor = await authenticateMember(deps.db, session.user, active);
      if (actor) return { ...actor, ...originOf(request) };
      throw new AppError('forbidden', 'You are a member of no organization.');
    }
  }
  throw new AppError('unauthenticated', 'Give an API key (Authorization: Bearer rc_…) or sign in.');
}

/** The person behind the session, whatever organization they act for. @throws AppError unauthenticated, forbidden. */
export async function identifyPerson(request: FastifyRequest, deps: Pick<ApiDeps, 'config' | 'auth'>): Promise<Person> {
  const person = await personOf(request, deps);
  if (person) return person;
  if (request.headers.authorization !== undefined)
    throw new AppError('forbidden', 'This belongs to a person: sign in; an API key belongs to an organization.');
  throw new AppError('unauthenticated', 'Sign in first.');
}

/** As `identifyPerson`; null when nobody is signed in. @throws AppError forbidden. */
export async function personOf(request: FastifyRequest, deps: Pick<ApiDeps, 'config' | 'auth'>): Promise<Person | null> {
  if (request.headers.authorization !== undefined || request.headers.cookie === undefined) return null;
  const session = await deps.auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
  if (!session) return null;
  requireSameOrigin(request, deps.config.publicUrl);
  return { id: session.user.id, email: session.user.email, sessionId: session.session.id, ...originOf(request) };
}

/** better-auth's own routes under /api/auth. */
export function registerAuthRoutes(app: FastifyInstance, auth: Auth, publicUrl: string): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    schema: { hide: true },
    async handler(request, reply) {
      const inOrganization = /^\/api\/auth\/organization\/([^?]*)/.exec(request.url)?.[1];
      if (inOrganization !== undefined && !ORGANIZATION_ROUTES.has(inOrganization))
        throw new AppError('forbidden', 'Members and invitations are at /api/v1/members.');
      const headers = fromNodeHeaders(request.headers);
      headers.delete('content-length');
      headers.set('x-forwarded-for', request.ip);
      const hasBody = request.method === 'POST' && request.body !== undefined && request.body !== null;
      const url = new URL(request.url, publicUrl);
      const answer = await auth.handle(
        new Request(url, { method: request.method, headers, ...(hasBody ? { body: JSON.stringify(request.body) } : {}) }),
        { ...originOf(request), path: url.pathname.slice('/api/auth'.length) },
      );
      void reply.code(answer.status);
      for (const [name, value] of answer.headers) if (name !== 'set-cookie') void reply.header(name, value);
      const cookies = answer.headers.getSetCookie();
      if (cookies.length > 0) void reply.header('set-cookie', cookies);
      return reply.send(answer.body === null ? null : Buffer.from(await answer.arrayBuffer()));
    },
  });
}

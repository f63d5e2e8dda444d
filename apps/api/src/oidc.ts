import type { Config } from '@rollcall/config';
import { AppError } from '@rollcall/core';
import { type AddressPolicy, guardedRequest } from '@rollcall/net';
import type { genericOAuth } from 'better-auth/plugins';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;
/** What the provider says of itself is asked again after this. */
const DISCOVERY_MS = 3_600_000;
const AUTHORIZE_PATH = '/api/oidc/authorize';

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url(),
});
type Discovery = z.infer<typeof discoverySchema>;
const tokenSchema = z.object({ access_token: z.string().min(1), token_type: z.string().optional() });
const userSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.email(),
  email_verified: z.union([z.boolean(), z.enum(['true', 'false'])]).default(false),
  name: z.string().max(200).optional(),
});

type Settings = NonNullable<Config['signIn']['oidc']>;
type OidcProvider = Parameters<typeof genericOAuth>[0]['config'][number];

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/**
 * Sign-in by an OpenID provider (authorization code with PKCE, OpenID Connect Core 1.0 §3.1). Every request to it goes
 * through the guarded dialer. Who somebody is comes from the userinfo endpoint over that connection, so no ID token is
 * read. Discovery happens when somebody signs in: a provider that is away never keeps us from starting.
 */
export function createOidc(settings: Settings, publicUrl: string, policy: AddressPolicy, now: () => Date) {
  let known: { discovery: Discovery; at: number } | null = null;

  const ask = async <T>(schema: z.ZodType<T>, url: string, init: { headers?: Record<string, string>; form?: URLSearchParams } = {}) => {
    const response = await guardedRequest({
      url,
      method: init.form === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(init.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...init.headers,
      },
      body: init.form?.toString(),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      policy,
    });
    if (response.status !== 200) throw new Error(`the OpenID provider answered ${response.status}`);
    return schema.parse(JSON.parse(response.body.toString('utf8')));
  };
  const discover = async (): Promise<Discovery> => {
    const at = now().getTime();
    if (known && at - known.at < DISCOVERY_MS) return known.discovery;
    const discovery = await ask(discoverySchema, `${withoutSlash(settings.issuer)}/.well-known/openid-configuration`);
    if (withoutSlash(discovery.issuer) !== withoutSlash(settings.issuer)) throw new Error('the OpenID provider names another issuer');
    known = { discovery, at };
    return discovery;
  };
  const provider: OidcProvider = {
    providerId: 'oidc',
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    authorizationUrl: `${publicUrl}${AUTHORIZE_PATH}`,
    // Never asked: getToken asks the discovered one.
    tokenUrl: `${withoutSlash(settings.issuer)}/token`,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    accountSubject: ({ profile }) => String(profile['sub']),
    getToken: async ({ code, codeVerifier, redirectURI }) => {
      const form = new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectURI,
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }),
      });
      const tokens = await ask(tokenSchema, (await discover()).token_endpoint, { form });
      return { accessToken: tokens.access_token, tokenType: 'Bearer' };
    },
    getUserInfo: async (tokens) => {
      const { userinfo_endpoint: url } = await discover();
      const user = await ask(userSchema, url, { headers: { authorization: `Bearer ${tokens.accessToken}` } });
      const email = user.email.toLowerCase();
      return { ...user, id: user.sub, email, emailVerified: String(user.email_verified) === 'true', name: user.name ?? email };
    },
  };
  return { provider, authorizationEndpoint: async () => (await discover()).authorization_endpoint };
}
export type Oidc = ReturnType<typeof createOidc>;

/** Where the browser is sent first; only then the provider is asked where people sign in. */
export function registerOidc(app: FastifyInstance, oidc: Oidc | null): void {
  if (oidc === null) return;
  app.get(AUTHORIZE_PATH, { schema: { hide: true } }, async (request, reply) => {
    const endpoint = await oidc.authorizationEndpoint().catch((cause: unknown) => {
      request.log.warn({ err: cause }, 'oidc.unavailable');
      throw new AppError('unavailable', 'The OpenID provider cannot be reached right now.', { cause, retryAfterSeconds: 30 });
    });
    const url = new URL(endpoint);
    for (const [name, value] of new URL(request.url, 'http://localhost').searchParams) url.searchParams.set(name, value);
    return reply.redirect(url.toString(), 302);
  });
}

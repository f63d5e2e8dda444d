import { API_KEY_SCOPES, type ApiKeyScope, AppError } from '@rollcall/core';
import { apiKeyPrefix, SealError, type Sealer } from '@rollcall/crypto';
import { type Actor, authenticateApiKey, authenticateApiKeyId, scopesOf } from '@rollcall/services';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';

/** A token lives as long as its key, and no longer than this. */
const TOKEN_SECONDS = 3600;
const TOKEN_PREFIX = 'rcat_';
/** Authenticated with the token: nothing else that was sealed opens as one. */
const TOKEN_CONTEXT = 'mcp access token';
/** What the tools need; "admin" holds both and adds nothing here. */
const MCP_SCOPES = ['read', 'write'] as const satisfies readonly ApiKeyScope[];

const tokenSchema = z.strictObject({ key: z.string(), scopes: z.array(z.enum(API_KEY_SCOPES)), expiresAt: z.number() });

/** An OAuth error (RFC 6749 §5.2, RFC 8707 §2). */
export class TokenRefusal extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, description: string, status = 400) {
    super(description);
    this.code = code;
    this.status = status;
  }
}

type SignInDeps = Pick<ApiDeps, 'db' | 'sealer' | 'now'>;

/** Who calls: by an API key, or by a token that was given for one. @throws AppError unauthenticated */
export async function identifyCaller(authorization: string | undefined, deps: SignInDeps): Promise<Actor> {
  if (authorization === undefined) throw new AppError('unauthenticated', 'Give an API key (Authorization: Bearer rc_…).');
  const credential = /^Bearer (rc_[\w-]{8,256}|rcat_[\w.-]{8,2048})$/i.exec(authorization)?.[1] ?? '';
  const actor = credential.startsWith(TOKEN_PREFIX)
    ? await openToken(credential, deps)
    : credential === ''
      ? null
      : await authenticateApiKey(deps.db, credential, deps.now());
  if (actor) return actor;
  throw new AppError('unauthenticated', 'The API key or token is unknown, revoked or expired.');
}

async function openToken(token: string, { db, sealer, now }: SignInDeps): Promise<Actor | null> {
  const content = unseal(sealer, token.slice(TOKEN_PREFIX.length));
  if (content === null || content.expiresAt <= now().getTime()) return null;
  const actor = await authenticateApiKeyId(db, content.key, now());
  const scopes = scopesOf(content.scopes);
  return actor && { ...actor, scopes: new Set([...actor.scopes].filter((scope) => scopes.has(scope))) };
}

function unseal(sealer: Sealer, sealed: string): z.infer<typeof tokenSchema> | null {
  try {
    return tokenSchema.parse(JSON.parse(sealer.open(sealed, TOKEN_CONTEXT)));
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

interface TokenRequest {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
  /** The addresses of this server; `resource` must be one of them. */
  readonly resources: readonly string[];
}

/**
 * Client credentials (RFC 6749 §4.4) for clients that know OAuth and no fixed header: the client's id is the visible
 * beginning of an API key, its secret the key. The token opens `/mcp` alone and dies with its key.
 * @throws TokenRefusal
 */
export async function issueToken(request: TokenRequest, deps: SignInDeps) {
  const { form, resources } = request;
  for (const name of new Set(form.keys()))
    if (name !== 'resource' && form.getAll(name).length > 1) throw new TokenRefusal('invalid_request', `${name} is given twice.`);
  if (form.get('grant_type') !== 'client_credentials')
    throw new TokenRefusal(
      form.has('grant_type') ? 'unsupported_grant_type' : 'invalid_request',
      'Only the grant type client_credentials is supported.',
    );
  const { id, secret } = clientOf(request);
  const actor =
    /^rc_[\w-]{8,256}$/.test(secret) && id === apiKeyPrefix(secret) ? await authenticateApiKey(deps.db, secret, deps.now()) : null;
  if (actor === null)
    throw new TokenRefusal(
      'invalid_client',
      'The client id must be the first nine characters of an API key, the secret the key itself.',
      401,
    );
  if (form.getAll('resource').some((resource) => !resources.includes(resource)))
    throw new TokenRefusal('invalid_target', `Tokens are given for ${resources.join(' or ')} only.`);
  const asked = form.get('scope')?.split(' ').filter(Boolean) ?? [];
  const allowed = MCP_SCOPES.filter((scope) => actor.scopes.has(scope));
  // Clients ask for all that the metadata names; a token may be given for less, and says so (RFC 6749 §3.3).
  const scopes = asked.length === 0 ? allowed : allowed.filter((scope) => asked.includes(scope));
  if (scopes.length === 0) throw new TokenRefusal('invalid_scope', `This key may ask for: ${allowed.join(' ')}.`);
  const content = { key: actor.id, scopes, expiresAt: deps.now().getTime() + TOKEN_SECONDS * 1000 };
  return {
    access_token: `${TOKEN_PREFIX}${deps.sealer.seal(JSON.stringify(content), TOKEN_CONTEXT)}`,
    token_type: 'Bearer',
    expires_in: TOKEN_SECONDS,
    scope: scopes.join(' '),
  };
}

/** Both halves of Basic are form-urlencoded (RFC 6749 §2.3.1). */
function clientOf({ authorization, form }: TokenRequest): { id: string; secret: string } {
  if (authorization === undefined) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const given = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  const [id = '', secret = ''] = Buffer.from(given ?? '', 'base64')
    .toString('utf8')
    .split(/:(.*)/s);
  const decode = (text: string) => new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? '';
  return { id: decode(id), secret: decode(secret) };
}

/** RFC 9728: what `/mcp` is and who gives tokens for it. */
export function resourceMetadata(base: string) {
  return {
    resource: `${base}/mcp`,
    authorization_servers: [base],
    bearer_methods_supported: ['header'],
    scopes_supported: MCP_SCOPES,
    resource_name: 'Rollcall',
  };
}

/**
 * RFC 8414. Machines alone sign in here: nobody registers and no browser is sent anywhere. The authorization endpoint says
 * so to whoever comes; it is named because the official TypeScript SDK refuses metadata without one.
 */
export function serverMetadata(base: string) {
  return {
    issuer: base,
    authorization_endpoint: `${base}/mcp/oauth/authorize`,
    token_endpoint: `${base}/mcp/oauth/token`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    scopes_supported: MCP_SCOPES,
  };
}

/** Where the metadata of a path lies: the well-known part comes before the path (RFC 9728 §3.1, RFC 8414 §3.1). */
export function wellKnown(name: 'oauth-protected-resource' | 'oauth-authorization-server', base: string, suffix = ''): string {
  return `/.well-known/${name}${new URL(base).pathname.replace(/\/+$/, '')}${suffix}`;
}

import type { BoundIssuer } from '../auth-facts.ts';
import { challengeSign } from '../bot-check.ts';
import type { AuthChainFacts, CredentialFacts, JsonObject } from '../observation.ts';
import type { TargetAuth } from '../types.ts';
import { type Answer, ask } from './ask.ts';
import { addStep, type Context } from './context.ts';
import { userAgent } from './headers.ts';
import { isObject, parseJson } from './json.ts';
import { coversResource, webAddress, withoutQuery } from './well-known.ts';

export type OAuthAuth = Extract<TargetAuth, { type: 'oauth' }>;
export type TokenFailure = CredentialFacts & { readonly outcome: 'no_metadata' | 'issuer_changed' | 'token_refused' | 'token_unreachable' };
export type Token = {
  readonly token: string;
  readonly expiresInS: number | null;
  readonly tokenEndpoint: string;
  readonly issuer: string;
  readonly exchange: number;
};

const ANSWER_MS = 10_000;
const MAX_ERROR = 300;
const MAX_TOKEN = 16 * 1024;
/** RFC 6750 §2.1 b64token: what may follow `Bearer ` in a header. */
const B64_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/** A token by client credentials (RFC 6749 §4.4) from the authorization server that the chain names. Never follows a redirect. */
export async function requestToken(context: Context, auth: OAuthAuth, chain: AuthChainFacts | null): Promise<Token | TokenFailure> {
  const where = tokenEndpoint(context, chain);
  if ('outcome' in where) return where;
  const from = performance.now();
  const form = new URLSearchParams({ grant_type: 'client_credentials', resource: resourceOf(context, chain) });
  const scope = auth.scope ?? chain?.challenge?.scope ?? null;
  if (scope !== null && scope !== '') form.set('scope', scope);
  const identity = identify(auth, chain, form);
  const answer = await ask(context, {
    purpose: 'token',
    note: identity.method,
    method: 'POST',
    url: where.url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      'user-agent': userAgent(context),
      'accept-encoding': 'gzip, deflate, br',
      ...identity.headers,
    },
    body: form.toString(),
    firstByteMs: ANSWER_MS,
    bodyMs: ANSWER_MS,
  });
  const kept = new URLSearchParams(form);
  if (kept.has('client_secret')) kept.set('client_secret', '[redacted]');
  answer.draft.requestBody = kept.toString();
  const outcome = readToken(context, answer, where);
  addStep(context, 'token', performance.now() - from, 'token' in outcome);
  return outcome;
}

interface Where {
  readonly url: URL;
  readonly issuer: string;
}

/** Where to send the secret, if anywhere: only what the documents vouch for, and only to whom it was made for. */
function tokenEndpoint(context: Context, chain: AuthChainFacts | null): Where | TokenFailure {
  const none = (error: string): TokenFailure => ({ type: 'oauth', outcome: 'no_metadata', tokenEndpoint: null, error, exchange: null });
  if (chain === null) return { ...none('no time was left to find the token endpoint'), outcome: 'token_unreachable' };
  const server = chain.authorizationServer;
  if (server === null) return none('no authorization server metadata');
  // RFC 9728 §3.3: a document about another resource must not be used. Like the SDK we let one pass that speaks for the whole origin.
  const resource = chain.resource?.resource ?? null;
  if (chain.resource !== null && !chain.resource.matches && (resource === null || !coversResource(resource, context.url)))
    return none('the metadata is about another resource');
  // RFC 8414 §3.3: so must not a document in which the issuer goes by another name.
  if (server.issuer === null || webAddress(server.issuer)?.href !== webAddress(server.identifier)?.href)
    return none('the issuer goes by another name');
  const url = webAddress(server.tokenEndpoint);
  if (url === null) return none('the metadata names no token endpoint');
  if (url.protocol !== 'https:' && !context.policy.allowPrivate) return none('the token endpoint is not https');
  const bound = context.target.boundIssuer;
  if (bound !== undefined && !isBoundTo(bound, server.issuer, url))
    return {
      ...none('the endpoint names another authorization server'),
      outcome: 'issuer_changed',
      tokenEndpoint: url.href,
      issuer: server.issuer,
      bound,
    };
  return { url, issuer: server.issuer };
}

function isBoundTo({ issuer, tokenOrigin }: BoundIssuer, found: string, tokenEndpoint: URL): boolean {
  const sameIssuer = found === issuer || webAddress(found)?.href === webAddress(issuer)?.href;
  return sameIssuer && (tokenOrigin === null || tokenEndpoint.origin === tokenOrigin);
}

/** RFC 8707 §2: the address of the endpoint as its own metadata spells it, without a query that may hold a key. */
function resourceOf(context: Context, chain: AuthChainFacts | null): string {
  const named = chain?.resource?.resource;
  if (named != null) return named;
  return withoutQuery(context.url).href.replace(/^([a-z]+:\/\/[^/]+)\/$/, '$1');
}

/** client_secret_basic unless the server takes nothing but client_secret_post (RFC 8414 §2: basic is the default). */
function identify(
  { clientId, clientSecret }: OAuthAuth,
  chain: AuthChainFacts | null,
  form: URLSearchParams,
): { method: 'basic' | 'post'; headers: Record<string, string> } {
  const methods = documentOf(chain)?.['token_endpoint_auth_methods_supported'];
  const listed = Array.isArray(methods) ? methods : [];
  if (listed.includes('client_secret_post') && !listed.includes('client_secret_basic')) {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
    return { method: 'post', headers: {} };
  }
  return { method: 'basic', headers: { authorization: `Basic ${basicCredentials(clientId, clientSecret)}` } };
}

function documentOf(chain: AuthChainFacts | null): JsonObject | null {
  return chain?.authorizationServer == null ? null : (chain.serverMetadata.at(-1)?.document ?? null);
}

/** RFC 6749 §2.3.1: both halves are form-urlencoded before they are joined. */
function basicCredentials(clientId: string, clientSecret: string): string {
  return Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64');
}

/** What must not be kept of client credentials: the secret, and what a header makes of both. The client's id alone is none. */
export function clientSecrets({ clientId, clientSecret }: OAuthAuth): string[] {
  return [clientSecret, basicCredentials(clientId, clientSecret), Buffer.from(`${clientId}:${clientSecret}`).toString('base64')];
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

function readToken(context: Context, answer: Answer, { url, issuer }: Where): Token | TokenFailure {
  const { redactor } = context;
  const parsed = parseJson(answer.text);
  const body = parsed.ok && !parsed.tooDeep && isObject(parsed.value) ? parsed.value : null;
  for (const [name, value] of Object.entries(body ?? {}))
    if (/token$|secret|assertion/i.test(name) && typeof value === 'string') redactor.addSecret(value);
  const fail = (outcome: 'token_refused' | 'token_unreachable', error: string): TokenFailure => ({
    type: 'oauth',
    outcome,
    tokenEndpoint: url.href,
    error: redactor.head(error, MAX_ERROR),
    exchange: answer.n,
  });
  const { status } = answer;
  const sign = challengeSign({ status, responseHeaders: answer.headers, body: answer.text.slice(0, 4096) });
  // A success carries a token, in whatever form: of its body only what says nothing is kept.
  if (status !== null && status < 300) {
    answer.draft.bodyText = body === null ? '' : JSON.stringify(harmless(body));
    answer.draft.bodySha256 = null;
  }
  if (status === null) return fail('token_unreachable', answer.failure?.code ?? 'no answer');
  if (sign !== null) return fail('token_unreachable', `bot check (${sign})`);
  const words = said(body);
  // RFC 6749 §5.2: 400, or 401 for the client itself. A 404 or 429 is no word about our credential; some servers refuse with 200.
  const refused = [400, 401, 403].includes(status) || (status < 300 && typeof body?.['error'] === 'string');
  if (refused) return fail('token_refused', words ?? `HTTP ${status}`);
  if (status >= 300) return fail('token_unreachable', words ?? `HTTP ${status}`);
  const token = body?.['access_token'];
  if (typeof token !== 'string' || token === '') return fail('token_unreachable', 'the answer holds no access_token');
  if (!B64_TOKEN.test(token) || token.length > MAX_TOKEN) return fail('token_unreachable', 'the access_token fits no header');
  const type = body?.['token_type'];
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') return fail('token_unreachable', `token_type is ${type}`);
  const expires = Number(body?.['expires_in'] ?? Number.NaN);
  return { token, expiresInS: Number.isFinite(expires) ? expires : null, tokenEndpoint: url.href, issuer, exchange: answer.n };
}

function harmless(body: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const name of ['token_type', 'expires_in', 'scope', 'error', 'error_description'] as const)
    if (body[name] !== undefined && typeof body[name] !== 'object') kept[name] = body[name];
  return Object.hasOwn(body, 'access_token') ? { access_token: '[redacted]', ...kept } : kept;
}

/** The error in the server's own words (RFC 6749 §5.2). */
function said(body: JsonObject | null): string | null {
  const words = [body?.['error'], body?.['error_description']].filter((word) => typeof word === 'string' && word !== '');
  return words.length === 0 ? null : words.join(': ');
}

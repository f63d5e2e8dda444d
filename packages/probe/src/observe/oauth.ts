import type { AuthChainFacts, CredentialFacts } from '../observation.ts';
import type { TokenCache } from '../types.ts';
import { refusedExchange, walkAuthChain } from './auth-chain.ts';
import type { Context } from './context.ts';
import { runWires, type Wires } from './detect.ts';
import { sha256 } from './json.ts';
import type { ExchangeDraft } from './recorder.ts';
import { type OAuthAuth, requestToken, type Token } from './token-request.ts';

/** A token that is about to expire would do so in the middle of a probe. */
const MARGIN_MS = 60_000;
/** How long a token of unknown lifetime is used, and the longest that any is. */
const UNKNOWN_LIFETIME_MS = 300_000;
const MAX_LIFETIME_MS = 3600_000;

export interface SignedIn {
  readonly wires: Wires;
  readonly credential: CredentialFacts | null;
  /** The way that led to the token endpoint, when it was walked. */
  readonly chain: AuthChainFacts | null;
}

/** Runs the wires with the owner's credential; what OAuth needs for that is fetched when the endpoint asks for it. */
export async function runSignedIn(context: Context): Promise<SignedIn> {
  const { auth } = context.target;
  switch (auth.type) {
    case 'none':
      return { wires: await runWires(context), credential: null, chain: null };
    case 'bearer':
      return runWithBearer(context);
    case 'oauth':
      return runWithOAuth(context, auth);
  }
}

async function runWithBearer(context: Context): Promise<SignedIn> {
  const wires = await runWires(context);
  const rejected = tokenRejected(context, wires);
  const outcome = rejected === null ? 'sent' : 'rejected';
  return {
    wires,
    credential: { type: 'bearer', outcome, tokenEndpoint: null, error: challengeError(rejected), exchange: rejected?.n ?? null },
    chain: null,
  };
}

/** First with the token kept from earlier probes, else with none; the 401 then leads to the token endpoint as it leads any client. */
async function runWithOAuth(context: Context, auth: OAuthAuth): Promise<SignedIn> {
  const tokens = context.deps.tokens;
  const key = cacheKey(context, auth);
  const cached = tokens?.get(key);
  if (cached !== undefined) useToken(context, cached.token);
  const wires = await runWires(context);
  const refused = cached === undefined ? refusedExchange(context, wires) : tokenRejected(context, wires);
  if (refused === null || context.signal.aborted) {
    const sent = cached === undefined ? null : facts('sent', null, null, null);
    return { wires, credential: sent, chain: null };
  }
  if (cached !== undefined) {
    tokens?.delete(key);
    context.bearer = null;
  }
  const chain = await walkAuthChain(context, wires);
  // A 403 without a word about OAuth is no question for a token.
  if (refused.status === 403 && chain?.authorizationServer == null) return { wires, credential: null, chain };
  const token = await requestToken(context, auth, chain);
  if ('outcome' in token) return { wires, credential: token, chain };
  useToken(context, token.token);
  keep(tokens, key, token);
  const again = await runWires(context);
  const rejected = tokenRejected(context, again);
  if (rejected !== null) tokens?.delete(key);
  const outcome = rejected !== null ? 'rejected' : cached === undefined ? 'sent' : 'refreshed';
  const got = facts(outcome, token.tokenEndpoint, challengeError(rejected), rejected?.n ?? token.exchange);
  return { wires: again, credential: { ...got, issuer: token.issuer }, chain };
}

function facts(
  outcome: CredentialFacts['outcome'],
  tokenEndpoint: string | null,
  error: string | null,
  exchange: number | null,
): CredentialFacts {
  return { type: 'oauth', outcome, tokenEndpoint, error, exchange };
}

function useToken(context: Context, token: string): void {
  context.redactor.addSecret(token);
  context.bearer = token;
}

/** The 401 to a request that carried the token; elsewhere it is not sent. */
function tokenRejected(context: Context, wires: Wires): Readonly<ExchangeDraft> | null {
  const refused = refusedExchange(context, wires);
  return refused?.status === 401 && 'authorization' in refused.requestHeaders ? refused : null;
}

function challengeError(rejected: Readonly<ExchangeDraft> | null): string | null {
  return /\berror="?([a-z_]{1,64})/i.exec(rejected?.responseHeaders['www-authenticate'] ?? '')?.[1] ?? null;
}

/** The secret is part of it: whoever names another's client and address without knowing its secret gets no token of theirs. */
function cacheKey(context: Context, { clientId, clientSecret, scope }: OAuthAuth): string {
  return sha256(JSON.stringify([context.url.href, clientId, clientSecret, scope ?? null]));
}

function keep(tokens: TokenCache | undefined, key: string, { token, expiresInS }: Token): void {
  const lifetimeMs = expiresInS === null ? UNKNOWN_LIFETIME_MS : Math.min(expiresInS * 1000 - MARGIN_MS, MAX_LIFETIME_MS);
  if (lifetimeMs > 0) tokens?.set(key, { token, expiresAt: Date.now() + lifetimeMs });
}

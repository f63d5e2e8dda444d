import { signalOf } from '@rollcall/net';
import { challengeSign } from '../bot-check.ts';
import type { AuthChainFacts, CallFacts, Json, JsonObject, MetadataDocument } from '../observation.ts';
import { ask } from './ask.ts';
import { parseChallenges, pickChallenge } from './challenge.ts';
import { type Context, deadlineError, remainingMs } from './context.ts';
import type { Wires } from './detect.ts';
import { userAgent } from './headers.ts';
import { fetchMetadata } from './metadata.ts';
import type { ExchangeDraft } from './recorder.ts';
import { namesResource, resourceMetadataUrls, serverMetadataUrls, type WellKnown, webAddress } from './well-known.ts';

const WALK_MS = 20_000;
/** Left of the probe's own time when the walk must be over. */
const RESERVE_MS = 500;
const MAX_SERVERS = 3;
const MAX_HEADER = 1024;

type Refused = Readonly<Pick<ExchangeDraft, 'status' | 'responseHeaders'>>;

/** The exchange in which a wire was refused for want of a (valid) sign-in: a 401 before a 403, a bot check not at all. */
export function refusedExchange(context: Context, wires: Wires): Readonly<ExchangeDraft> | null {
  if (!context.recorder.some(({ status }) => status === 401 || status === 403)) return null;
  const { modern, legacy, sse } = wires;
  const calls: (CallFacts | null | undefined)[] = [
    ...[modern?.discover, ...(modern?.list?.calls ?? [])],
    ...[legacy?.initialize, legacy?.initialized, ...(legacy?.list?.calls ?? [])],
    ...[sse?.initialize, sse?.initialized, ...(sse?.list?.calls ?? [])],
  ];
  const numbers = [...calls.map((call) => call?.exchange), sse?.exchange];
  const drafts = numbers.flatMap((n) => (n == null ? [] : (context.recorder.get(n) ?? [])));
  const refused = drafts.filter((draft) => draft.status === 401 || (draft.status === 403 && !isBotCheck(draft)));
  return refused.find(({ status }) => status === 401) ?? refused[0] ?? null;
}

function isBotCheck({ status, responseHeaders, bodyText }: Readonly<ExchangeDraft>): boolean {
  return challengeSign({ status, responseHeaders, body: bodyText }) !== null;
}

export function needsAuthChain(context: Context, wires: Wires): boolean {
  if (context.signal.aborted) return false;
  return context.target.deep || refusedExchange(context, wires) !== null;
}

/**
 * The way to sign in, as a client without any credential finds it: challenge, protected-resource metadata (RFC 9728),
 * authorization-server metadata (RFC 8414, OpenID Connect Discovery). Null when the probe's time ran out on the way: nothing is
 * known then.
 */
export async function walkAuthChain(context: Context, wires: Wires): Promise<AuthChainFacts | null> {
  const budgetMs = Math.min(WALK_MS, remainingMs(context) - RESERVE_MS);
  if (budgetMs <= 0) return null;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(deadlineError()), budgetMs);
  const signal = AbortSignal.any([signalOf(context.signal), limit.signal]);
  try {
    const refused = refusedExchange(context, wires) ?? (signsIn(context) ? await knock(context, signal) : null);
    const facts = await new Walk(context, signal).run(refused);
    return signal.aborted ? null : facts;
  } finally {
    clearTimeout(timer);
  }
}

function signsIn({ bearer, target }: Context): boolean {
  return bearer !== null || Object.keys(target.headers).length > 0;
}

/** Asks once without the owner's credentials what a newcomer is told. A list without a session: nothing is opened that would have to be closed. */
function knock(context: Context, signal: AbortSignal): Promise<Refused> {
  return ask(context, {
    purpose: 'metadata',
    note: 'challenge',
    method: 'POST',
    url: context.url,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'user-agent': userAgent(context),
      'accept-encoding': 'gzip, deflate, br',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    firstByteMs: 5000,
    bodyMs: 2000,
    headOnly: () => true,
    signal,
  }).then(({ status, headers }) => ({ status, responseHeaders: headers }));
}

class Walk {
  #context: Context;
  #signal: AbortSignal;
  #challenged = false;
  /** Origins that did not answer: they are not asked again. */
  #silent = new Set<string>();

  constructor(context: Context, signal: AbortSignal) {
    this.#context = context;
    this.#signal = signal;
  }

  async run(refused: Refused | null): Promise<AuthChainFacts> {
    const header = refused?.responseHeaders['www-authenticate'] ?? null;
    const challenge = header === null ? null : readChallenge(header);
    const { documents: resourceMetadata, resource } = await this.#resource(challenge);
    // Without the document the server may be one of 2025-03-26, whose clients take the endpoint's own origin for the authorization server.
    const identifiers = resource === null ? [this.#context.url.origin] : resource.valid ? resource.authorizationServers : [];
    const { documents: serverMetadata, server } = await this.#server(identifiers);
    return {
      status: refused?.status ?? null,
      wwwAuthenticate: header === null ? null : this.#context.redactor.head(header, MAX_HEADER),
      challenge,
      resourceMetadata,
      resource,
      serverMetadata,
      authorizationServer: server,
      challenged: this.#challenged,
    };
  }

  async #resource(
    challenge: AuthChainFacts['challenge'],
  ): Promise<{ documents: MetadataDocument[]; resource: AuthChainFacts['resource'] }> {
    const { url } = this.#context;
    const told = webAddress(challenge?.resourceMetadata ?? null);
    const guessed = resourceMetadataUrls(url).filter((candidate) => candidate.url.href !== told?.href);
    const documents: MetadataDocument[] = [];
    let invalid: AuthChainFacts['resource'] = null;
    for (const candidate of told === null ? guessed : [{ note: 'prm-challenge', url: told }, ...guessed]) {
      const facts = await this.#fetch(candidate, documents);
      if (facts?.document == null) continue;
      const resource = readResource(facts.url, facts.document, url);
      if (resource.valid) return { documents, resource };
      // Any JSON may answer at any address; this one is meant as the document.
      if (candidate.url === told || 'resource' in facts.document || 'authorization_servers' in facts.document) invalid ??= resource;
    }
    return { documents, resource: invalid };
  }

  async #server(identifiers: readonly string[]): Promise<{ documents: MetadataDocument[]; server: AuthChainFacts['authorizationServer'] }> {
    const documents: MetadataDocument[] = [];
    for (const identifier of identifiers.slice(0, MAX_SERVERS)) {
      const issuer = webAddress(identifier);
      if (issuer === null) continue;
      for (const candidate of serverMetadataUrls(issuer)) {
        const facts = await this.#fetch(candidate, documents);
        const server = facts?.document == null ? null : readServer(identifier, facts.document);
        if (server !== null) return { documents, server };
      }
    }
    return { documents, server: null };
  }

  async #fetch(candidate: WellKnown, documents: MetadataDocument[]): Promise<MetadataDocument | null> {
    if (this.#signal.aborted || this.#silent.has(candidate.url.origin)) return null;
    const { facts, challenged } = await fetchMetadata(this.#context, candidate, this.#signal);
    documents.push(facts);
    if (facts.status === null) this.#silent.add(candidate.url.origin);
    this.#challenged ||= challenged;
    return facts;
  }
}

function readChallenge(header: string): AuthChainFacts['challenge'] {
  const challenge = pickChallenge(parseChallenges(header));
  if (challenge === null) return null;
  const param = (name: string): string | null => challenge.params.get(name)?.slice(0, MAX_HEADER) ?? null;
  const address = param('resource_metadata');
  return {
    scheme: challenge.scheme,
    resourceMetadata: webAddress(address) === null ? null : address,
    scope: param('scope'),
    error: param('error'),
  };
}

function readResource(url: string, document: JsonObject, used: URL): NonNullable<AuthChainFacts['resource']> {
  const resource = text(document['resource']);
  const listed = document['authorization_servers'];
  const authorizationServers = strings(listed) ?? [];
  return {
    url,
    resource,
    matches: resource !== null && namesResource(resource, used),
    authorizationServers,
    valid: authorizationServers.length > 0 && Array.isArray(listed) && authorizationServers.length === listed.length,
  };
}

/** Null for a document that is about something else. */
function readServer(identifier: string, document: JsonObject): AuthChainFacts['authorizationServer'] {
  const issuer = text(document['issuer']);
  const tokenEndpoint = text(document['token_endpoint']);
  if (issuer === null && tokenEndpoint === null) return null;
  return {
    identifier,
    issuer,
    tokenEndpoint,
    registrationEndpoint: text(document['registration_endpoint']) !== null,
    clientIdMetadata: document['client_id_metadata_document_supported'] === true,
    pkceMethods: strings(document['code_challenge_methods_supported']),
    grantTypes: strings(document['grant_types_supported']),
  };
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function strings(value: Json | undefined): string[] | null {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null;
}

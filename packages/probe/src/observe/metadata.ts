import { challengeSign } from '../bot-check.ts';
import type { Json, JsonObject, MetadataDocument } from '../observation.ts';
import { type Answer, ask } from './ask.ts';
import type { Context } from './context.ts';
import { isUpgrade, userAgent } from './headers.ts';
import { isObject, parseJson } from './json.ts';
import type { WellKnown } from './well-known.ts';
import { webAddress } from './well-known.ts';

const ANSWER_MS = 5000;
const MAX_HOPS = 3;
const MAX_CHARS = 256 * 1024;
const MAX_ITEMS = 30;
const MAX_TEXT = 500;
/** What rules and sign-in ask of the documents of RFC 9728, RFC 8414 and OIDC Discovery; the rest is not kept. */
const KEPT = [
  'resource',
  'authorization_servers',
  'scopes_supported',
  'bearer_methods_supported',
  'resource_name',
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'registration_endpoint',
  'client_id_metadata_document_supported',
  'code_challenge_methods_supported',
  'grant_types_supported',
  'response_types_supported',
  'token_endpoint_auth_methods_supported',
] as const;

export interface Fetched {
  readonly facts: MetadataDocument;
  readonly challenged: boolean;
}

/** One metadata document, without any credential. Redirects within the origin (or to its https) are followed a little. */
export async function fetchMetadata(context: Context, { note, url: start }: WellKnown, signal: AbortSignal): Promise<Fetched> {
  let url = start;
  for (let hops = 0; ; hops += 1) {
    const answer = await ask(context, {
      purpose: 'metadata',
      note,
      method: 'GET',
      url,
      headers: { accept: 'application/json', 'user-agent': userAgent(context), 'accept-encoding': 'gzip, deflate, br' },
      body: null,
      firstByteMs: ANSWER_MS,
      bodyMs: ANSWER_MS,
      headOnly: (head) => (head.headers['content-type'] ?? '').startsWith('text/event-stream'),
      signal,
    });
    const next = hops < MAX_HOPS ? nextHop(answer, url) : null;
    if (next === null) return read(context, answer, start);
    url = next;
  }
}

function nextHop({ status, headers }: Answer, from: URL): URL | null {
  if (status === null || ![301, 302, 303, 307, 308].includes(status)) return null;
  const to = webAddress(headers['location'] ?? null, from);
  return to !== null && to.href !== from.href && (to.origin === from.origin || isUpgrade(from, to)) ? to : null;
}

function read(context: Context, answer: Answer, url: URL): Fetched {
  const { status, headers: responseHeaders, text } = answer;
  const parsed = status !== null && text.length <= MAX_CHARS && answer.failure === null ? parseJson(text) : { ok: false as const };
  const usable = parsed.ok && !parsed.tooDeep && isObject(parsed.value);
  return {
    facts: {
      url: url.href,
      exchange: answer.n,
      status,
      json: usable,
      document: usable && status === 200 && isObject(parsed.value) ? keep(context, parsed.value) : null,
    },
    challenged: challengeSign({ status, responseHeaders, body: text.slice(0, 4096) }) !== null,
  };
}

function keep(context: Context, document: JsonObject): JsonObject {
  // Redacted before it is cut, so that no half of an echoed secret is left.
  const text = (value: string): string => (value.length > MAX_TEXT ? context.redactor.head(value, MAX_TEXT) : value);
  const bounded = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => (typeof item === 'string' ? text(item) : null));
    return typeof value === 'object' ? null : value;
  };
  const kept = KEPT.flatMap((name) => (Object.hasOwn(document, name) ? [[name, bounded(document[name] ?? null)] as const] : []));
  return Object.fromEntries(kept);
}

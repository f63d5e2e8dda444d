import { checkTargetUrl, guardedRequest, NetError } from '@rollcall/net';
import { parseRetryAfter } from '../retry.ts';
import { boundBytes, cleanBlock } from '../text.ts';
import type { SendDeps, SendOutcome } from '../types.ts';
import { REDACTED, redactText } from './redact.ts';

/** Contract, "Webhooks": success is a 2xx within 10 s, the connection included. */
export const SEND_TIMEOUT_MS = 10_000;
const MAX_READ_BYTES = 64 * 1024;
const MAX_SHOWN_REQUEST_BYTES = 4096;
const MAX_SHOWN_RESPONSE_BYTES = 2048;
const SHOWN_RESPONSE_HEADERS = ['content-type', 'retry-after', 'location', 'x-request-id', 'server', 'date'] as const;
const USER_AGENT = 'Rollcall/0.1 (uptime monitoring for MCP servers)';

export interface HttpMessage {
  readonly method?: 'POST' | 'PUT';
  readonly url: string;
  /** The URL as the delivery log shows it. */
  readonly shownUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers whose values are never shown. */
  readonly secretHeaders?: readonly string[];
  readonly body: string;
  /** Values that must not appear in the record, wherever the receiver echoes them. */
  readonly secrets: readonly string[];
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface HttpRules {
  /** For services that answer 200 to a refusal: the reason, or null when all is well. Asked only after a 2xx. */
  readonly refusal?: (answer: HttpAnswer) => string | null;
  /** Wait asked for in the body instead of in Retry-After (Discord, Telegram). */
  readonly retryAfterMs?: (answer: HttpAnswer) => number | undefined;
  /** A status after which the service forbids or ignores a repetition. 410 Gone always is one. */
  readonly final?: (status: number) => boolean;
}

/** Sends once and says how it went. Every outcome but `final` ones is worth a retry: an owner may mend the channel meanwhile. */
export async function sendHttp(message: HttpMessage, rules: HttpRules, now: Date, deps: SendDeps): Promise<SendOutcome> {
  const startedAt = performance.now();
  const headers = { 'user-agent': USER_AGENT, accept: '*/*', ...message.headers };
  const request = shownRequest(message, headers);
  try {
    const reply = await guardedRequest({
      url: message.url,
      method: message.method ?? 'POST',
      headers,
      body: message.body,
      timeoutMs: SEND_TIMEOUT_MS,
      maxBytes: MAX_READ_BYTES,
      policy: deps.policy,
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
    });
    const answer: HttpAnswer = { status: reply.status, headers: reply.headers, text: reply.body.toString('utf8') };
    const durationMs = Math.round(performance.now() - startedAt);
    const response = await shownResponse(message, answer, deps);
    return { ...judge(answer, rules, now), request, response, durationMs };
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    const durationMs = Math.round(performance.now() - startedAt);
    return { ok: false, retry: true, request, response: {}, error: redactText(netSentence(error), message.secrets), durationMs };
  }
}

type Judgement = Pick<SendOutcome, 'ok' | 'retry' | 'retryAfterMs' | 'error'>;

function judge(answer: HttpAnswer, rules: HttpRules, now: Date): Judgement {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    const refusal = rules.refusal?.(answer) ?? null;
    if (refusal === null) return { ok: true, retry: false, error: null };
    return { ok: false, retry: true, error: `the service refused the message: ${cleanBlock(refusal, 200)}`, ...waitOf(answer, rules, now) };
  }
  if (status >= 300 && status < 400) return { ok: false, retry: true, error: `answered ${status}; redirects are not followed` };
  if (status === 410) return { ok: false, retry: false, error: 'answered 410 Gone: the receiver no longer wants messages' };
  const final = rules.final?.(status) ?? false;
  return { ok: false, retry: !final, error: `answered ${status}`, ...waitOf(answer, rules, now) };
}

function waitOf(answer: HttpAnswer, rules: HttpRules, now: Date): { retryAfterMs?: number } {
  const wait = rules.retryAfterMs?.(answer) ?? parseRetryAfter(answer.headers['retry-after'], now);
  return wait === undefined ? {} : { retryAfterMs: wait };
}

function shownRequest(message: HttpMessage, headers: Readonly<Record<string, string>>): Record<string, unknown> {
  const hidden = new Set(['authorization', 'cookie', ...(message.secretHeaders ?? [])].map((name) => name.toLowerCase()));
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    hidden.has(name.toLowerCase()) ? REDACTED : redactText(value, message.secrets),
  ]);
  return {
    method: message.method ?? 'POST',
    url: message.shownUrl,
    headers: Object.fromEntries(shown),
    body: boundBytes(redactText(message.body, message.secrets), MAX_SHOWN_REQUEST_BYTES),
  };
}

async function shownResponse(message: HttpMessage, answer: HttpAnswer, deps: SendDeps): Promise<Record<string, unknown>> {
  const headers = SHOWN_RESPONSE_HEADERS.flatMap((name) => {
    const value = answer.headers[name];
    return value === undefined ? [] : [[name, cleanBlock(redactText(value, message.secrets), 500)]];
  });
  const record = { status: answer.status, headers: Object.fromEntries(headers) as Record<string, string> };
  // What an internal service answers is none of our business: showing it would make a webhook a reader of private networks.
  if (await isPrivate(message.url, deps)) return record;
  return {
    ...record,
    body: boundBytes(cleanBlock(redactText(answer.text, message.secrets), MAX_SHOWN_RESPONSE_BYTES), MAX_SHOWN_RESPONSE_BYTES),
  };
}

async function isPrivate(url: string, deps: SendDeps): Promise<boolean> {
  if (!deps.policy.allowPrivate) return false;
  try {
    await checkTargetUrl(url, { allowPrivate: false });
    return false;
  } catch {
    return true;
  }
}

function netSentence(error: NetError): string {
  switch (error.phase) {
    case 'policy':
      return 'the address is not a public one and may not be reached from here';
    case 'dns':
      return `the host name could not be resolved (${error.code})`;
    case 'tcp':
      return `the connection failed (${error.code})`;
    case 'tls':
      return `the TLS handshake failed (${error.code})`;
    case 'http':
      return `the answer could not be read (${error.code})`;
    case 'timeout':
      return `no answer within ${SEND_TIMEOUT_MS / 1000} s`;
    default:
      return `the message could not be sent (${error.code})`;
  }
}

import type { Context } from './context.ts';

export const USER_AGENT_URL = 'https://github.com/rollcall-dev/rollcall';
const ACCEPT_BOTH = 'application/json, text/event-stream';

/** http → https on the same host with default ports: the one origin change that keeps credentials (SDK `same-origin` policy). */
export function isUpgrade(from: URL, to: URL): boolean {
  return from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname && from.port === '' && to.port === '';
}

export function userAgent(context: Context): string {
  return `${context.clientInfo.name}/${context.clientInfo.version} (+${USER_AGENT_URL})`;
}

/** The owner's headers and credential, only for the endpoint's own origin. */
export function credentialHeaders(context: Context, url: URL): Record<string, string> {
  if (url !== context.url && url.origin !== context.url.origin && !isUpgrade(context.url, url)) return {};
  const headers: Record<string, string> = {};
  const own = context.target.headers;
  for (const name of Object.keys(own)) headers[name.toLowerCase()] = own[name] ?? '';
  if (context.bearer !== null) headers['authorization'] = `Bearer ${context.bearer}`;
  return headers;
}

export function baseHeaders(context: Context, url: URL): Record<string, string> {
  return { 'user-agent': userAgent(context), 'accept-encoding': 'gzip, deflate, br', ...credentialHeaders(context, url) };
}

export function postHeaders(context: Context, url: URL, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { 'content-type': 'application/json', accept: ACCEPT_BOTH, ...baseHeaders(context, url), ...extra };
}

/** Beyond this no common server takes a request: Node's bound for all headers together is 16 KiB. */
const MAX_SENT_BACK = 15_000;

/** A header that a server chose and we send back, as clients do: only what HTTP allows in a field value (RFC 9110 §5.5). */
export function sendableHeader(value: string): boolean {
  return /^[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/.test(value) && value.length <= MAX_SENT_BACK;
}

import { AppError } from '@rollcall/core';
import { type AddressPolicy, checkTargetUrl, NetError } from '@rollcall/net';

/**
 * The ports of the WHATWG Fetch standard's list ("bad port") behind which something listens that an HTTP request could
 * be smuggled into: mail, shells, file and directory services. No HTTP client would connect there.
 */
const BAD_PORTS = new Set([
  0, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143,
  161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720,
  1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const UNPRINTABLE = /[\u0000-\u0020\u007f-\u00a0]/;

function refuse(message: string, detail: string, cause?: unknown): never {
  throw new AppError('invalid_request', detail, { culprits: [{ pointer: '/url', message }], cause });
}

/**
 * What may be registered or checked: http or https, no user in the URL, no address that is not public unless the
 * installation allows it. A name that does not resolve now may be registered: that is a finding, not bad input.
 * @throws AppError invalid_request naming /url.
 */
export async function requireTarget(
  url: string,
  policy: AddressPolicy,
  check: (url: string) => Promise<unknown> = (asked) => checkTargetUrl(asked, policy),
): Promise<void> {
  // A URL parser drops these silently: what is shown and stored would not be what is called.
  if (UNPRINTABLE.test(url)) return refuse('must not contain white space or control characters', 'The URL contains white space.');
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return refuse('is not a URL', 'The URL cannot be parsed.');
  }
  if (parsed.protocol === 'ws:' || parsed.protocol === 'wss:')
    return refuse('must start with https:// or http://: MCP does not use WebSocket', 'MCP has no WebSocket transport.');
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')
    return refuse('must start with https:// or http://', 'Only http and https can be monitored.');
  if (parsed.username !== '' || parsed.password !== '')
    return refuse('must not contain a user or password; use auth or headers', 'Credentials do not belong into a URL.');
  if (parsed.port !== '' && BAD_PORTS.has(Number(parsed.port)))
    return refuse(`must not use port ${parsed.port}: no HTTP client connects to it`, 'This port is not for HTTP.');
  try {
    await check(url);
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    if (error.phase !== 'policy') return;
    const blocked = error.code === 'address_blocked';
    refuse(
      blocked
        ? `is or resolves to an address that is not public${error.address ? ` (${error.address})` : ''}`
        : `may not be called (${error.code})`,
      blocked ? 'This installation does not connect to private addresses.' : 'This address may not be called.',
      error,
    );
  }
}

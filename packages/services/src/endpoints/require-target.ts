import { AppError } from '@rollcall/core';
import { type AddressPolicy, checkTargetUrl, NetError } from '@rollcall/net';

function refuse(message: string, detail: string, cause?: unknown): never {
  throw new AppError('invalid_request', detail, { culprits: [{ pointer: '/url', message }], cause });
}

/**
 * What may be registered or checked: http or https, no user in the URL, no address that is not public unless the
 * installation allows it. A name that does not resolve now may be registered: that is a finding, not bad input.
 * @throws AppError invalid_request naming /url.
 */
export async function requireTarget(url: string, policy: AddressPolicy): Promise<void> {
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
  try {
    await checkTargetUrl(url, policy);
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

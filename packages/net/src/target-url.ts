import { isIP } from 'node:net';
import { type AddressPolicy, bareHost, isLoopbackName, isPublicAddress } from './address.ts';
import { NetError } from './net-error.ts';
import { type Resolve, resolveWithin, systemResolve } from './resolve.ts';

/** Parses an address we may be asked to call. Throws NetError `url_malformed`, `url_scheme` or `url_credentials`. */
export function parseTargetUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new NetError('policy', 'url_malformed');
  }
  assertTarget(url);
  return url;
}

/** The same for a URL that was parsed before. */
export function assertTarget(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new NetError('policy', 'url_scheme');
  if (url.hostname === '') throw new NetError('policy', 'url_malformed');
  if (url.username !== '' || url.password !== '') throw new NetError('policy', 'url_credentials');
}

/**
 * Refuses (NetError, phase `policy`) a URL that is malformed, that is not http(s), that carries credentials, or whose host is or resolves to an
 * address the policy forbids. A name that does not resolve now is no reason to refuse it: that is what the probe is for.
 */
export async function checkTargetUrl(text: string, policy: AddressPolicy, resolve: Resolve = systemResolve): Promise<void> {
  const url = parseTargetUrl(text);
  if (policy.allowPrivate) return;
  const host = bareHost(url);
  if (isIP(host) !== 0) {
    if (!isPublicAddress(host)) throw new NetError('policy', 'address_blocked', { address: host });
    return;
  }
  if (isLoopbackName(host)) throw new NetError('policy', 'address_blocked', { address: host });
  const addresses = await resolveWithin(resolve, host, 5000).catch(() => []);
  const blocked = addresses.find(({ address }) => !isPublicAddress(address));
  if (blocked) throw new NetError('policy', 'address_blocked', { address: blocked.address });
}

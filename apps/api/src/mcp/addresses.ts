/** Names of this machine that a page elsewhere cannot give itself. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

interface Asked {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

function hostNameOf(host: string | undefined): string | null {
  const address = `http://${host ?? ''}`;
  if (!host || !URL.canParse(address)) return null;
  const url = new URL(address);
  // A Host header is host and port, nothing else (RFC 9110 §7.2).
  return url.pathname === '/' && url.username === '' && url.search === '' && url.hash === '' ? url.hostname : null;
}

/**
 * Why the request must not be answered, or null. A page whose own name was made to lead here (DNS rebinding) shows by its
 * Host, one of another site by its Origin (2025-11-25 transports, "Security Warning"). Ours are the public address and,
 * by Host, this machine's own names; by Origin these only where the public address is one of them.
 */
export function foreignAddress({ host, origin }: Asked, publicUrl: string): string | null {
  const ours = new URL(publicUrl);
  const name = hostNameOf(host);
  if (name === null || (name !== ours.hostname && !LOOPBACK.has(name)))
    return 'The Host header names another host than the public address of this installation (ROLLCALL_PUBLIC_URL).';
  if (origin === undefined || origin === ours.origin) return null;
  const local = URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname) && LOOPBACK.has(ours.hostname);
  return local ? null : 'This request comes from a page of another site.';
}

/**
 * The address under which the caller knows us, without a slash at its end: the public one, or where that is one of this
 * machine's own names the one that was used. Clients compare the metadata with the address they use, to the letter.
 */
export function addressUsed(host: string | undefined, publicUrl: string): string {
  const ours = new URL(publicUrl);
  const name = hostNameOf(host);
  const local = name !== null && LOOPBACK.has(name) && LOOPBACK.has(ours.hostname);
  return local ? `${ours.protocol}//${host}` : publicUrl.replace(/\/+$/, '');
}

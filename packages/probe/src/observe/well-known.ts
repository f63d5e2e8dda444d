export interface WellKnown {
  /** Label of the exchange. */
  readonly note: string;
  readonly url: URL;
}

/**
 * Where a resource's metadata may be: under its own path first, then at the root (RFC 9728 §3.1; 2025-11-25 authorization, "Protected
 * Resource Metadata Discovery Requirements"). Without the query, which may hold the owner's key.
 */
export function resourceMetadataUrls(resource: URL): WellKnown[] {
  const path = resource.pathname.replace(/\/$/, '');
  const at = (suffix: string): URL => new URL(`/.well-known/oauth-protected-resource${suffix}`, resource.origin);
  return [...(path === '' ? [] : [{ note: 'prm-path', url: at(path) }]), { note: 'prm-root', url: at('') }];
}

/** Where an authorization server's metadata may be, in the order of 2025-11-25 authorization, "Authorization Server Metadata Discovery". */
export function serverMetadataUrls(issuer: URL): WellKnown[] {
  const path = issuer.pathname.replace(/\/$/, '');
  const at = (text: string): URL => new URL(text, issuer.origin);
  if (path === '') {
    return [
      { note: 'as-oauth-root', url: at('/.well-known/oauth-authorization-server') },
      { note: 'as-oidc-root', url: at('/.well-known/openid-configuration') },
    ];
  }
  return [
    { note: 'as-oauth-path', url: at(`/.well-known/oauth-authorization-server${path}`) },
    { note: 'as-oidc-path', url: at(`/.well-known/openid-configuration${path}`) },
    { note: 'as-oidc-append', url: at(`${path}/.well-known/openid-configuration`) },
  ];
}

/** An http(s) address without userinfo or fragment, or null. */
export function webAddress(text: string | null, base?: URL): URL | null {
  if (text === null || text.length > 2048 || !URL.canParse(text, base?.href)) return null;
  const url = new URL(text, base?.href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

/**
 * RFC 9728 §3.3: `resource` must be identical to the address that was used, else the document must not be used. Compared in the
 * canonical form of 2025-11-25 authorization, "Canonical Server URI": case of scheme and host, default port, and the slash of a bare
 * origin, which no URL library keeps apart, make no difference; a slash after a path, http for https, or the origin instead of the
 * path do. (The TypeScript SDK also accepts an address above the one used; others, Claude Code among them, have refused it.) The query
 * may be left off: it is where owners put keys, and they are no part of a server's name.
 */
export function namesResource(resource: string, used: URL): boolean {
  if (!URL.canParse(resource)) return false;
  const named = new URL(resource);
  if (named.hash !== '' || named.username !== '' || named.password !== '') return false;
  return named.href === withoutHash(used).href || named.href === withoutQuery(used).href;
}

/** The same origin, at the address used or above it: what the TypeScript SDK's `checkResourceAllowed` lets pass. */
export function coversResource(resource: string, used: URL): boolean {
  if (!URL.canParse(resource)) return false;
  const named = new URL(resource);
  const slashed = (path: string): string => (path.endsWith('/') ? path : `${path}/`);
  // `/mcp/` is longer than `/mcp` and does not cover it.
  if (named.origin !== used.origin || used.pathname.length < named.pathname.length) return false;
  return slashed(used.pathname).startsWith(slashed(named.pathname));
}

export function withoutQuery(url: URL): URL {
  const bare = withoutHash(url);
  bare.search = '';
  return bare;
}

function withoutHash(url: URL): URL {
  const bare = new URL(url.href);
  bare.hash = '';
  return bare;
}

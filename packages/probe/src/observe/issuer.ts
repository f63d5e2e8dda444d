import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { guardedRequest, signalOf } from '@rollcall/net';
import type { TlsFacts } from '../observation.ts';
import type { Context } from './context.ts';

/**
 * A leaf that does not verify may only lack its intermediate: fetches the issuer that the certificate itself names (AIA caIssuers,
 * RFC 5280 §4.2.2.1), as browsers do and MCP clients do not, and looks whether it leads to a known root.
 */
export async function fetchIssuer(context: Context): Promise<TlsFacts['issuerFetch']> {
  const tls = context.firstDial?.tls;
  if (tls?.authorizationError !== 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' || tls.leafDer === null) return null;
  const [url] = tls.issuerUrls;
  if (url === undefined) return 'not_offered';
  try {
    const { status, body } = await guardedRequest({
      url,
      method: 'GET',
      headers: {},
      timeoutMs: 3000,
      maxBytes: 64 * 1024,
      policy: context.policy,
      resolve: context.deps.resolve,
      signal: signalOf(context.signal),
    });
    if (status !== 200) return 'unreachable';
    const issuer = new X509Certificate(body);
    const leaf = new X509Certificate(tls.leafDer);
    if (!leaf.checkIssued(issuer) || !leaf.verify(issuer.publicKey)) return 'untrusted';
    const roots = [...rootCertificates, ...(context.deps.extraCa ?? [])];
    const known = roots.some((pem) => {
      const root = new X509Certificate(pem);
      return issuer.checkIssued(root) && issuer.verify(root.publicKey);
    });
    return known ? 'completes' : 'untrusted';
  } catch {
    return 'unreachable';
  }
}

import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

// Building a context parses every root; both caches hold pure values, keyed by what they were built from.
const withExtra = new WeakMap<readonly string[], SecureContext>();
let plain: SecureContext | undefined;

/** The trust store for a handshake: Node's own (NODE_EXTRA_CA_CERTS included), or the built-in roots plus `extraCa` (PEM). */
export function secureContext(extraCa: readonly string[] | undefined): SecureContext {
  if (extraCa === undefined || extraCa.length === 0) {
    plain ??= createSecureContext({ minVersion: 'TLSv1.2' });
    return plain;
  }
  let context = withExtra.get(extraCa);
  if (context === undefined) {
    context = createSecureContext({ minVersion: 'TLSv1.2', ca: [...rootCertificates, ...extraCa] });
    withExtra.set(extraCa, context);
  }
  return context;
}

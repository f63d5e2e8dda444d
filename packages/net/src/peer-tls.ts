import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { PeerCertificateFacts, PeerTlsFacts } from './dial-facts.ts';

const MAX_CHAIN = 8;

/** Reads what the peer presented. The chain beyond the leaf is only walked when `whole`, because it is the costly part. */
export function readPeerTls(socket: TLSSocket, servername: string | null, whole: boolean): PeerTlsFacts {
  const leaf = socket.getPeerX509Certificate();
  const error = socket.authorized ? null : authorizationCode(socket);
  const chain: PeerCertificateFacts[] = [];
  let next = whole || error !== null ? leaf : undefined;
  while (next !== undefined && chain.length < MAX_CHAIN) {
    chain.push(certificateFacts(next));
    next = next.issuerCertificate;
  }
  return {
    servername,
    protocol: socket.getProtocol(),
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
    authorizationError: error,
    leaf: leaf === undefined ? null : (chain[0] ?? certificateFacts(leaf)),
    chain,
    issuerUrls: error !== null && leaf !== undefined ? issuerUrls(leaf) : [],
    leafDer: error !== null && leaf !== undefined ? leaf.raw : null,
  };
}

// @types say Error; Node sets the verification error's code as a string.
function authorizationCode(socket: TLSSocket): string {
  const error: unknown = socket.authorizationError;
  if (typeof error === 'string') return error;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'unknown';
}

export function certificateFacts(certificate: X509Certificate): PeerCertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    notBefore: instant(certificate.validFrom),
    notAfter: instant(certificate.validTo),
    sha256: certificate.fingerprint256,
    san: (certificate.subjectAltName ?? '')
      .split(', ')
      .filter((name) => name !== '')
      .slice(0, 100)
      .map((name) => name.slice(0, 256)),
  };
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ').slice(0, 512);
}

function instant(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text.slice(0, 64) : at.toISOString();
}

function issuerUrls(certificate: X509Certificate): string[] {
  return (certificate.infoAccess ?? '')
    .split('\n')
    .filter((line) => line.startsWith('CA Issuers - URI:'))
    .map((line) => line.slice('CA Issuers - URI:'.length).replace(/^"|"$/g, ''))
    .slice(0, 3);
}

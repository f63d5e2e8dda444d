import { type DialFacts, isPublicAddress } from '@rollcall/net';
import type { CertificateFacts, DnsFacts, TlsFacts } from '../observation.ts';
import { round } from './sse-reader.ts';

export function dnsFacts(facts: DialFacts | null): DnsFacts | null {
  if (facts === null) return null;
  return {
    host: facts.host,
    addresses: facts.addresses.slice(0, 20).map(({ address, family }) => ({ address, family, public: isPublicAddress(address) })),
    error: facts.dnsError,
    ms: round(facts.dnsMs),
  };
}

export function tlsFacts(facts: DialFacts | null, issuerFetch: TlsFacts['issuerFetch']): TlsFacts | null {
  const tls = facts?.tls;
  if (tls === undefined || tls === null) return null;
  const { servername, protocol, alpn, authorizationError } = tls;
  return { servername, protocol, alpn, authorizationError, leaf: tls.leaf as CertificateFacts | null, chain: tls.chain, issuerFetch };
}

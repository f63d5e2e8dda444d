import type { Exchange, FamilyLeg } from '../observation.ts';
import { type Facts, type Hit, type Rule, seen } from './rule.ts';

/** The exchange in which the primary wire found nobody: no status line. */
export function unanswered({ o, first, exchange, primary }: Facts): Exchange | undefined {
  const candidate =
    exchange(first?.exchange ?? (primary === 'sse' ? o.sse?.exchange : undefined)) ?? (primary === 'sse' ? undefined : o.exchanges[0]);
  return candidate?.failure != null && candidate.status === null ? candidate : undefined;
}

const connect: Rule = (facts) => {
  const exchange = unanswered(facts);
  if (exchange?.failure == null) return null;
  const { phase, code } = exchange.failure;
  const evidence = { ...seen(exchange), addresses: (facts.o.dns?.addresses ?? []).map((a) => a.address), ms: exchange.timings.totalMs };
  if (phase === 'tcp') return tcpCause(code, evidence);
  if (phase === 'http' && code === 'reset') return { code: 'tcp.reset', evidence };
  if (phase === 'tls' && (code === 'ECONNRESET' || code === 'EPIPE')) return { code: 'tcp.reset', evidence };
  // The probe's own deadline came first: what was it waiting for?
  if (phase === 'timeout' && exchange.address === null && facts.o.dns !== null && facts.o.dns.addresses.length > 0)
    return { code: 'tcp.timeout', evidence };
  return null;
};

function tcpCause(code: string, evidence: Hit['evidence']): Hit {
  switch (code) {
    case 'no_route':
      return { code: 'prober.offline', evidence: { error: code, ...evidence } };
    // Out of sockets or ports, or forbidden to dial: the machine of the monitor, whatever the server is like.
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOBUFS':
    case 'ENOMEM':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
      return { code: 'prober.internal', evidence: { error: code, ...evidence } };
    case 'ECONNREFUSED':
      return { code: 'tcp.refused', evidence };
    case 'ECONNRESET':
    case 'EPIPE':
      return { code: 'tcp.reset', evidence };
    default:
      return { code: 'tcp.timeout', evidence };
  }
}

/** What a machine without the family says: nothing about the server. */
const NO_ROUTE = new Set(['no_route', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'address_blocked']);

const families: Rule = (facts) => {
  const { o, working } = facts;
  const { ipv4, ipv6, ipv6Vantage } = o.deep ?? {};
  if (ipv4 == null || ipv6 == null) return null;
  const legs = { ipv4: leg(facts, ipv4), ipv6: leg(facts, ipv6) };
  if (ipv4.ok && !ipv6.ok) {
    if (ipv6Vantage !== true || NO_ROUTE.has(ipv6.error ?? '')) return null;
    // The address answers, as another server: another certificate, or none.
    if (ipv6.phase === 'tls') return { code: 'ipv6.content_differs', evidence: legs };
    // Somebody refused, or a packet got lost: on the way that may be our own.
    return { code: 'ipv6.unreachable', evidence: legs, confidence: ipv6.error === 'ECONNREFUSED' ? 'certain' : 'suspected' };
  }
  if (working.size > 0 && !ipv4.ok && ipv6.ok && ipv4.phase === 'tcp' && !NO_ROUTE.has(ipv4.error ?? ''))
    return { ...tcpCause(ipv4.error ?? '', { ...legs, family: 4 }), severity: 'degraded' };
  return ipv4.ok && ipv6.ok ? differing(ipv4, ipv6, legs) : null;
};

function differing(ipv4: FamilyLeg, ipv6: FamilyLeg, legs: Hit['evidence']): Hit | null {
  const limited = ipv4.status === 429 || ipv6.status === 429;
  if (!limited && (ipv4.status !== ipv6.status || ipv4.serverName !== ipv6.serverName))
    return { code: 'ipv6.content_differs', evidence: legs };
  // Front ends of one service may each have a certificate of their own.
  return ipv4.certificateSha256 === ipv6.certificateSha256
    ? null
    : { code: 'ipv6.content_differs', evidence: legs, severity: 'notice', confidence: 'suspected' };
}

function leg(facts: Facts, { exchange, ok, error, status, certificateSha256, serverName, ms }: FamilyLeg) {
  return { exchange, address: facts.exchange(exchange)?.address ?? null, ok, error, status, certificateSha256, serverName, ms };
}

export const tcpRules: readonly Rule[] = [connect, families];

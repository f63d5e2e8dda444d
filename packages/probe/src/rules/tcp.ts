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
    case 'ECONNREFUSED':
      return { code: 'tcp.refused', evidence };
    case 'ECONNRESET':
    case 'EPIPE':
      return { code: 'tcp.reset', evidence };
    default:
      return { code: 'tcp.timeout', evidence };
  }
}

const ipv6: Rule = ({ o }) => {
  const { deep } = o;
  if (deep?.ipv6 == null || deep.ipv4 === null) return null;
  const legs = { ipv4: leg(deep.ipv4), ipv6: leg(deep.ipv6) };
  if (deep.ipv4.ok && !deep.ipv6.ok) {
    if (!deep.ipv6Vantage) return null;
    return { code: 'ipv6.unreachable', evidence: legs };
  }
  if (!deep.ipv4.ok || !deep.ipv6.ok) return null;
  const differs =
    deep.ipv4.status !== deep.ipv6.status ||
    deep.ipv4.certificateSha256 !== deep.ipv6.certificateSha256 ||
    deep.ipv4.serverName !== deep.ipv6.serverName;
  return differs ? { code: 'ipv6.content_differs', evidence: legs } : null;
};

function leg({ ok, error, status, certificateSha256, serverName, ms }: FamilyLeg) {
  return { ok, error, status, certificateSha256, serverName, ms };
}

export const tcpRules: readonly Rule[] = [connect, ipv6];

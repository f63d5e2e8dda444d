import type { Rule } from './rule.ts';

const failed: Rule = ({ o }) => {
  const { dns } = o;
  if (dns === null || dns.error === null) return null;
  const evidence = { host: dns.host, error: dns.error, ms: dns.ms };
  switch (dns.error) {
    case 'ENOTFOUND':
      return { code: 'dns.nxdomain', evidence };
    case 'ENODATA':
      return { code: 'dns.no_address', evidence };
    case 'ECONNREFUSED':
      return { code: 'prober.offline', evidence };
    // No answer of DNS, good or bad: looking up went wrong on our side.
    case 'unknown':
      return { code: 'prober.internal', evidence: { ...evidence, error: 'the resolver failed without an answer of DNS' } };
    default:
      return { code: 'dns.servfail', evidence, confidence: dns.error === 'ESERVFAIL' ? 'certain' : 'suspected' };
  }
};

const ipv6Only: Rule = ({ o }) => {
  const addresses = o.dns?.addresses ?? [];
  if (o.target.literal || addresses.length === 0 || addresses.some((a) => a.family === 4)) return null;
  return { code: 'ipv6.only', evidence: { addresses: addresses.map((a) => a.address) } };
};

export const dnsRules: readonly Rule[] = [failed, ipv6Only];

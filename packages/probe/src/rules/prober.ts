import { BLOCKED_PORTS } from '../blocked-ports.ts';
import type { Rule } from './rule.ts';

const urlProblem: Rule = ({ o }) => {
  switch (o.urlProblem) {
    case 'malformed':
      return { code: 'url.malformed', evidence: { url: o.url } };
    case 'scheme':
      return { code: 'url.scheme_unsupported', evidence: { url: o.url } };
    case 'websocket':
      return { code: 'transport.websocket_expected', evidence: { url: o.url }, severity: 'down' };
    case 'credentials':
      return { code: 'url.credentials_in_url', evidence: { url: o.url } };
    case 'blocked_address':
      return { code: 'prober.address_blocked', evidence: { url: o.url } };
    case null:
      return null;
  }
};

const internal: Rule = ({ o }) => {
  if (o.ended === 'internal') return { code: 'prober.internal', evidence: { error: o.internalError ?? 'unknown' } };
  if (o.ended === 'aborted' && o.exchanges.every((e) => e.status === null))
    return { code: 'prober.internal', evidence: { error: 'the probe was cancelled' } };
  return null;
};

const blockedAddress: Rule = ({ o }) => {
  const blocked = o.exchanges.find((e) => e.failure?.phase === 'policy' && e.failure.code === 'address_blocked');
  if (blocked === undefined || blocked.n !== 1) return null;
  const evidence = {
    url: o.url,
    host: o.target.host,
    addresses: (o.dns?.addresses ?? []).map(({ address }) => address),
    blocked: blocked.failure?.address ?? null,
  };
  if (o.target.literal || /(^|\.)localhost\.?$/i.test(o.target.host)) return { code: 'prober.address_blocked', evidence };
  return { code: 'dns.private_address', evidence };
};

const blockedPort: Rule = ({ o }) =>
  BLOCKED_PORTS.has(o.target.port) && o.urlProblem === null ? { code: 'url.blocked_port', evidence: { port: o.target.port } } : null;

export const proberRules: readonly Rule[] = [urlProblem, internal, blockedAddress, blockedPort];

import type { Rule } from './rule.ts';

/** Ports that fetch refuses without sending a packet (WHATWG Fetch, "bad port"). */
const BLOCKED_PORTS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117,
  119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
  989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

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

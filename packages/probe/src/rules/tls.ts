import type { CertificateFacts, Json } from '../observation.ts';
import { bodyHead, type Facts, type Hit, type Rule, seen } from './rule.ts';
import { unanswered } from './tcp.ts';

const EXPIRING_DAYS = 14;
const DAY_MS = 86_400_000;

const handshake: Rule = (facts) => {
  const exchange = unanswered(facts);
  const failure = exchange?.failure;
  if (exchange === undefined || failure == null) return null;
  const duringTls =
    failure.phase === 'timeout' &&
    facts.o.target.scheme === 'https' &&
    exchange.address !== null &&
    exchange.timings.tlsMs > 0 &&
    facts.o.tls === null;
  if (failure.phase !== 'tls' && !duringTls) return null;
  const evidence = { ...seen(exchange), ...tlsEvidence(facts) };
  return tlsCause(duringTls ? 'tls_timeout' : failure.code, facts, evidence);
};

/** nginx ends the handshake without the client certificate that it demands, and says so in an answer of its own. */
const clientCertificate: Rule = (facts) => {
  const exchange = facts.exchange(facts.first?.exchange);
  if (facts.working.size > 0 || exchange?.status !== 400 || !/SSL certificate (was sent|error)/.test(exchange.body ?? '')) return null;
  return { code: 'tls.handshake_failed', evidence: { ...seen(exchange), ...tlsEvidence(facts), ...bodyHead(exchange) } };
};

/** What nginx, Go (Caddy, Traefik) and Apache say to plain HTTP on a port of theirs that speaks TLS. */
const TLS_EXPECTED =
  /plain HTTP request was sent to HTTPS port|sent an HTTP request to an HTTPS server|speaking plain HTTP to an SSL-enabled server port/i;

const tlsExpected: Rule = (facts) => {
  const exchange = facts.exchange(facts.first?.exchange ?? facts.o.sse?.exchange);
  if (facts.working.size > 0 || exchange?.status !== 400) return null;
  if (!exchange.url.startsWith('http:') || !TLS_EXPECTED.test(exchange.body ?? '')) return null;
  return { code: 'tls.expected', evidence: { ...seen(exchange), ...bodyHead(exchange), try: exchange.url.replace(/^http:/, 'https:') } };
};

function tlsCause(code: string, { o }: Facts, evidence: Hit['evidence']): Hit {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return { code: 'tls.expired', evidence };
    case 'CERT_NOT_YET_VALID':
      return { code: 'tls.not_yet_valid', evidence };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { code: 'tls.hostname_mismatch', evidence };
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      if (o.tls?.issuerFetch === 'untrusted') return { code: 'tls.untrusted', evidence };
      return {
        code: 'tls.chain_incomplete',
        evidence: { ...evidence, issuer: o.tls?.leaf?.issuer ?? null },
        confidence: o.tls?.issuerFetch === 'completes' ? 'certain' : 'suspected',
      };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_UNTRUSTED':
    case 'INVALID_CA':
    case 'CERT_REJECTED':
    case 'CERT_REVOKED':
      return { code: 'tls.untrusted', evidence };
    case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
    case 'ERR_SSL_VERSION_TOO_LOW':
    case 'ERR_SSL_NO_PROTOCOLS_AVAILABLE':
      return { code: 'tls.protocol_too_old', evidence };
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_HTTP_REQUEST':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_INVALID_RECORD':
    case 'ERR_SSL_RECORD_TOO_LARGE':
      return { code: 'tls.not_tls', evidence };
    default:
      return { code: 'tls.handshake_failed', evidence };
  }
}

function tlsEvidence({ o }: Facts): Record<string, Json> {
  const { tls } = o;
  if (tls === null) return {};
  return {
    servername: tls.servername,
    protocol: tls.protocol,
    authorizationError: tls.authorizationError,
    leaf: tls.leaf === null ? null : certificate(tls.leaf),
    chain: tls.chain.map(({ subject, issuer, notAfter }) => ({ subject, issuer, notAfter })),
    ...(tls.issuerFetch === null ? {} : { issuerFetch: tls.issuerFetch }),
  };
}

function certificate(leaf: CertificateFacts): Json {
  return { ...leaf, san: [...leaf.san] };
}

/** Days until the leaf ends, at the time of the probe. */
function daysLeft({ o }: Facts): number | null {
  const leaf = o.tls?.leaf;
  if (leaf == null || o.tls?.authorizationError != null) return null;
  return (Date.parse(leaf.notAfter) - Date.parse(o.startedAt)) / DAY_MS;
}

const expiring: Rule = (facts) => {
  const days = daysLeft(facts);
  const leaf = facts.o.tls?.leaf;
  if (days === null || leaf == null || Number.isNaN(days)) return null;
  const lifetime = (Date.parse(leaf.notAfter) - Date.parse(leaf.notBefore)) / DAY_MS;
  // A short-lived certificate is always near its end: a third of its life is the warning then.
  const warnFrom = lifetime < 3 * EXPIRING_DAYS ? lifetime / 3 : EXPIRING_DAYS;
  if (days >= warnFrom) return null;
  return {
    code: 'tls.expiring',
    evidence: { notAfter: leaf.notAfter, daysLeft: Math.floor(days), subject: leaf.subject, issuer: leaf.issuer },
  };
};

const expected: Rule = (facts) => {
  const wanted = facts.o.target.expect.certificateDays;
  const days = daysLeft(facts);
  if (wanted === undefined || days === null || days >= wanted) return null;
  return {
    code: 'expect.certificate_days',
    evidence: { expected: wanted, daysLeft: Math.floor(days), notAfter: facts.o.tls?.leaf?.notAfter ?? null },
  };
};

const plaintext: Rule = (facts) => {
  const { o, first } = facts;
  if (o.target.scheme !== 'http' || o.target.literal || first?.status == null) return null;
  const addresses = o.dns?.addresses ?? [];
  if (addresses.length === 0 || addresses.some((a) => !a.public) || first.redirects.some((hop) => hop.upgrade)) return null;
  if (tlsExpected(facts) !== null) return null;
  return { code: 'http.plaintext', evidence: { url: o.url, addresses: addresses.map((a) => a.address) } };
};

export const tlsRules: readonly Rule[] = [handshake, clientCertificate, tlsExpected, expiring, expected, plaintext];

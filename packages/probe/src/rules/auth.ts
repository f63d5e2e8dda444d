import { assertNever, SEVERITIES, type Severity } from '@rollcall/core';
import { challengeSign } from '../bot-check.ts';
import { type CauseCode, catalogue } from '../catalogue/index.ts';
import type { AuthChainFacts, Exchange, Json, MetadataDocument } from '../observation.ts';
import { coversResource } from '../observe/well-known.ts';
import { bodyHead, type Facts, type Hit, type Rule, seen } from './rule.ts';

const AUTH_WORDS =
  /authori[sz]|authenticat|access token|bearer|api.?key|credential|log ?in|sign ?in|missing token|invalid token|not logged/i;

/** The call that was refused for want of a (valid) sign-in. */
function gate(facts: Facts) {
  if (facts.primary === 'sse' && facts.o.sse?.endpoint == null) return facts.exchange(facts.o.sse?.exchange);
  const call = facts.failing;
  return call === null || call.redirects.some((hop) => hop.stopped !== null) ? undefined : facts.exchange(call.exchange);
}

/** A credential went along: the owner's headers, a token of theirs, or one that was fetched. */
function sentCredential({ o }: Facts): boolean {
  if (o.target.headerNames.some((name) => /auth|key|token|cookie|secret/i.test(name))) return true;
  if (o.target.authType === 'oauth') return ['sent', 'rejected', 'refreshed'].includes(o.credential?.outcome ?? '');
  return o.target.authType === 'bearer';
}

/** What the server says about signing in, in the refused exchange itself. */
function challengeOf(facts: Facts, exchange: Exchange | undefined): string | null {
  return exchange?.responseHeaders['www-authenticate'] ?? facts.o.auth?.wwwAuthenticate ?? null;
}

/** Without sound documents no client learns where to fetch a token, one with an identity of its own included. */
const KEEPS_FROM_TOKEN = new Set<CauseCode>([
  'auth.resource_metadata_missing',
  'auth.resource_metadata_invalid',
  'auth.resource_mismatch',
  'auth.as_metadata_missing',
  'auth.issuer_mismatch',
  'auth.metadata_behind_waf',
]);

const noToken: Rule = (facts) => {
  const { credential, auth } = facts.o;
  if (credential === null || facts.working.size > 0) return null;
  const exchange = facts.exchange(credential.exchange);
  const { outcome, error, tokenEndpoint } = credential;
  const evidence = { ...seen(exchange), outcome, error, tokenEndpoint };
  switch (outcome) {
    case 'sent':
    case 'rejected':
    case 'refreshed':
      return null;
    case 'issuer_changed': {
      const { issuer = null, bound } = credential;
      return {
        code: 'auth.issuer_changed',
        evidence: { issuer, tokenEndpoint, boundIssuer: bound?.issuer ?? null, boundTokenOrigin: bound?.tokenOrigin ?? null },
      };
    }
    case 'token_refused':
      return { code: 'auth.token_expired', evidence };
    case 'token_unreachable':
      if (exchange !== undefined && challengeSign(exchange) !== null) return { code: 'auth.metadata_behind_waf', evidence };
      return { code: 'auth.token_endpoint_failing', evidence, ...(exchange === undefined ? { confidence: 'suspected' as const } : {}) };
    case 'no_metadata': {
      const defects = auth === null ? [] : chainDefects(facts, auth).filter(({ code }) => KEEPS_FROM_TOKEN.has(code));
      return defects.length > 0 ? defects : { code: 'auth.as_metadata_missing', evidence };
    }
    default:
      return assertNever(outcome);
  }
};

/** 401 although a credential went along. */
const refusedCredential: Rule = (facts) => {
  const exchange = gate(facts);
  if (exchange?.status !== 401 || facts.working.size > 0 || !sentCredential(facts)) return null;
  const crossed = facts.failing?.redirects.some((hop) => hop.followed && !hop.sameOrigin && !hop.upgrade);
  if (crossed === true) return null;
  const { auth, credential, target } = facts.o;
  const challenge = challengeOf(facts, exchange);
  if (/insufficient_scope/i.test(challenge ?? '')) return { code: 'auth.insufficient_scope', evidence: { ...seen(exchange), challenge } };
  // A token fresh from the server that the metadata names cannot have expired.
  if (target.authType === 'oauth' && (credential?.outcome === 'rejected' || credential?.outcome === 'refreshed')) {
    return {
      code: 'auth.audience_mismatch',
      evidence: { ...seen(exchange), challenge, resource: auth?.resource?.resource ?? null },
      ...(/audience/i.test(`${challenge} ${exchange.body}`) ? {} : { confidence: 'suspected' as const }),
    };
  }
  return { code: 'auth.token_expired', evidence: { ...seen(exchange), challenge } };
};

const wrongStatus: Rule = (facts) => {
  const exchange = gate(facts);
  if (exchange?.status == null || facts.working.size > 0) return null;
  const { status } = exchange;
  const challenge = exchange.responseHeaders['www-authenticate'];
  const evidence = { ...seen(exchange), challenge: challenge ?? null, ...bodyHead(exchange) };
  const signsIn = challenge !== undefined || facts.o.auth?.resource?.valid === true;
  if (status === 403 && /insufficient_scope/i.test(challenge ?? '')) return { code: 'auth.insufficient_scope', evidence };
  const said = `${facts.failing?.error?.message ?? ''} ${exchange.body ?? ''}`.slice(0, 1000);
  if (status === 403 && sentCredential(facts)) return { code: 'auth.insufficient_scope', evidence, confidence: 'suspected' };
  if ((status === 403 || status === 400) && (signsIn || AUTH_WORDS.test(said))) {
    return { code: 'auth.challenge_status_wrong', evidence, ...(signsIn ? {} : { confidence: 'suspected' as const }) };
  }
  if (
    status === 200 &&
    !sentCredential(facts) &&
    facts.failing?.outcome === 'error' &&
    AUTH_WORDS.test(facts.failing.error?.message ?? '')
  ) {
    return { code: 'auth.challenge_status_wrong', evidence, confidence: 'suspected' };
  }
  return null;
};

/** OAuth is announced; otherwise this may be a server that wants a key its owner hands out, and nothing is broken. */
function announcesOAuth(auth: AuthChainFacts): boolean {
  return auth.challenge?.resourceMetadata != null || auth.resource !== null;
}

/** 401: gated, unless the way to sign in is broken. */
const gated: Rule = (facts) => {
  const exchange = gate(facts);
  if (exchange?.status !== 401 || facts.working.size > 0) return null;
  const { auth } = facts.o;
  const required: Hit = {
    code: 'auth.required',
    evidence: {
      ...seen(exchange),
      challenge: challengeOf(facts, exchange),
      ...(auth?.resource == null
        ? {}
        : { resource: auth.resource.resource, authorizationServers: [...auth.resource.authorizationServers] }),
    },
  };
  // To whom signed in, or tried to, the remark that sign-in is required says nothing.
  const remark = sentCredential(facts) || facts.o.credential !== null ? [] : [required];
  if (auth === null) return remark;
  const defects = chainDefects(facts, auth);
  if (!announcesOAuth(auth)) {
    if (auth.challenge !== null) return [...remark, ...(auth.challenge.scheme === 'bearer' ? defects.map(asNotice) : [])];
    return sentCredential(facts) ? [] : defects.map((d) => (d.code === 'auth.www_authenticate_missing' ? d : asNotice(d)));
  }
  const broken = defects.some((d) => severityOf(d) !== 'notice');
  return broken ? bySeverity(defects) : [...remark, ...defects];
};

/** The deep look at a server that works for whoever has a credential: what would keep others from getting one. */
const audited: Rule = (facts) => {
  const { auth, target } = facts.o;
  if (facts.working.size === 0 || !target.deep || auth?.status !== 401 || !announcesOAuth(auth)) return null;
  return chainDefects(facts, auth).map(asNotice);
};

function severityOf(hit: Hit): Severity {
  return hit.severity ?? catalogue[hit.code].severity;
}

function bySeverity(hits: readonly Hit[]): Hit[] {
  return SEVERITIES.flatMap((severity) => hits.filter((hit) => severityOf(hit) === severity));
}

function asNotice(hit: Hit): Hit {
  return { ...hit, severity: 'notice' };
}

function shown(facts: Facts, documents: readonly MetadataDocument[]): Json[] {
  return documents.map(({ url, status, json, exchange: n }) => {
    const exchange = facts.exchange(n);
    const contentType = exchange?.responseHeaders['content-type'];
    const failure = exchange?.failure?.code;
    const sign = exchange === undefined ? null : challengeSign(exchange);
    return {
      url,
      status,
      json,
      ...(contentType === undefined ? {} : { contentType }),
      ...(failure === undefined ? {} : { failure }),
      ...(sign === null ? {} : { sign }),
    };
  });
}

/** Everything that a client would stumble over on the way from the 401 to the sign-in page, in that order. */
function chainDefects(facts: Facts, auth: AuthChainFacts): Hit[] {
  return [...challengeDefects(facts, auth), ...resourceDefects(facts, auth), ...serverDefects(facts, auth)];
}

function challengeDefects(facts: Facts, { challenge, wwwAuthenticate, status, resource }: AuthChainFacts): Hit[] {
  const exchange = gate(facts);
  const evidence = { ...(exchange?.status === status ? seen(exchange) : {}), status, challenge: wwwAuthenticate };
  if (challenge === null) return [{ code: 'auth.www_authenticate_missing', evidence }];
  if (challenge.resourceMetadata !== null) return [];
  // Since 2025-11-25 the well-known address does instead.
  const wellKnown = resource === null ? 'absent' : 'present';
  return [
    {
      code: 'auth.www_authenticate_missing',
      evidence: { ...evidence, missing: 'resource_metadata', wellKnown },
      severity: 'notice',
    },
  ];
}

function resourceDefects(facts: Facts, auth: AuthChainFacts): Hit[] {
  const { resource, challenge } = auth;
  const documents = shown(facts, auth.resourceMetadata);
  const [first] = auth.resourceMetadata;
  const missing = (document: MetadataDocument | undefined): Hit => {
    const invalid = document?.status === 200;
    return {
      code: invalid ? 'auth.resource_metadata_invalid' : 'auth.resource_metadata_missing',
      evidence: invalid ? { documents, json: document.json } : { documents },
    };
  };
  if (resource === null) {
    if (auth.challenged) return [{ code: 'auth.metadata_behind_waf', evidence: { documents } }];
    return [missing(auth.resourceMetadata.find((d) => d.status === 200))];
  }
  if (!resource.valid || resource.resource === null) {
    return [
      {
        code: 'auth.resource_metadata_invalid',
        evidence: { documents, json: true, resource: resource.resource, authorizationServers: [...resource.authorizationServers] },
      },
    ];
  }
  const hits: Hit[] = [];
  // The address in the challenge comes first and clients look no further (2025-11-25 authorization): that another one answers is no help.
  if (challenge?.resourceMetadata != null && first !== undefined && first.url !== resource.url)
    hits.push(auth.challenged ? { code: 'auth.metadata_behind_waf', evidence: { documents } } : missing(first));
  if (!resource.matches) {
    const evidence = { url: resource.url, resource: resource.resource, used: facts.o.url };
    // The TypeScript SDKs accept an address above the one used; others do not.
    const partly = URL.canParse(facts.o.url) && coversResource(resource.resource, new URL(facts.o.url));
    hits.push({ code: 'auth.resource_mismatch', evidence, ...(partly ? { severity: 'degraded' as const } : {}) });
  }
  return hits;
}

function serverDefects(facts: Facts, auth: AuthChainFacts): Hit[] {
  const { authorizationServer: server, resource } = auth;
  if (server === null) {
    if (resource === null || !resource.valid) return [];
    const documents = shown(facts, auth.serverMetadata);
    if (auth.challenged) return [{ code: 'auth.metadata_behind_waf', evidence: { documents } }];
    return [{ code: 'auth.as_metadata_missing', evidence: { authorizationServers: [...resource.authorizationServers], documents } }];
  }
  const hits: Hit[] = [];
  const { issuer } = server;
  if (issuer !== server.identifier) hits.push({ code: 'auth.issuer_mismatch', evidence: { issuer, used: server.identifier } });
  // Where only machines sign in, nobody registers and no code is exchanged. Without the list a server takes codes (RFC 8414 §2).
  if (server.grantTypes !== null && !server.grantTypes.includes('authorization_code')) return hits;
  if (!server.registrationEndpoint && !server.clientIdMetadata) hits.push({ code: 'auth.registration_unavailable', evidence: { issuer } });
  else if (!server.clientIdMetadata) hits.push({ code: 'auth.cimd_unsupported', evidence: { issuer } });
  if (!server.pkceMethods?.includes('S256'))
    hits.push({
      code: 'auth.pkce_not_advertised',
      evidence: { issuer, methods: server.pkceMethods === null ? null : [...server.pkceMethods] },
    });
  return hits;
}

export const authRules: readonly Rule[] = [noToken, refusedCredential, gated, audited];
export const authStatusRules: readonly Rule[] = [wrongStatus];

import type { AuthChainFacts } from '../observation.ts';
import { bodyHead, type Facts, type Hit, type Rule, seen } from './rule.ts';

const AUTH_WORDS =
  /unauthori[sz]ed|authenticat|access token|bearer|api.?key|credential|log ?in|sign ?in|missing token|invalid token|not logged/i;

/** The call that was refused for want of a (valid) sign-in. */
function gate(facts: Facts) {
  if (facts.primary === 'sse' && facts.o.sse?.endpoint == null) return facts.exchange(facts.o.sse?.exchange);
  const call = facts.failing;
  return call === null || call.redirects.some((hop) => hop.stopped !== null) ? undefined : facts.exchange(call.exchange);
}

function hasCredential({ o }: Facts): boolean {
  return o.target.authType !== 'none' || o.target.headerNames.some((name) => /auth|key|token|cookie|secret/i.test(name));
}

const ownCredential: Rule = (facts) => {
  const { credential, target } = facts.o;
  if (facts.working.size > 0) return null;
  if (
    target.authType === 'oauth' &&
    credential !== null &&
    ['no_metadata', 'token_refused', 'token_unreachable'].includes(credential.outcome)
  ) {
    const code = credential.outcome === 'token_refused' ? 'auth.token_expired' : 'auth.as_metadata_missing';
    return {
      code,
      evidence: {
        ...seen(facts.exchange(credential.exchange)),
        outcome: credential.outcome,
        error: credential.error,
        tokenEndpoint: credential.tokenEndpoint,
      },
    };
  }
  const exchange = gate(facts);
  if (exchange?.status !== 401 || !hasCredential(facts)) return null;
  const crossed = facts.failing?.redirects.some((hop) => hop.followed && !hop.sameOrigin && !hop.upgrade);
  if (crossed === true) return null;
  if (target.authType === 'oauth' && credential?.outcome === 'refreshed') {
    return {
      code: 'auth.audience_mismatch',
      evidence: { ...seen(exchange), challenge: facts.o.auth?.wwwAuthenticate ?? null, resource: facts.o.auth?.resource?.resource ?? null },
      confidence: 'suspected',
    };
  }
  return {
    code: 'auth.token_expired',
    evidence: { ...seen(exchange), challenge: facts.o.auth?.wwwAuthenticate ?? exchange.responseHeaders['www-authenticate'] ?? null },
  };
};

const wrongStatus: Rule = (facts) => {
  const exchange = gate(facts);
  if (exchange?.status == null || facts.working.size > 0) return null;
  const { status } = exchange;
  const challenge = exchange.responseHeaders['www-authenticate'];
  const evidence = { ...seen(exchange), challenge: challenge ?? null, ...bodyHead(exchange) };
  if (status === 403 && /insufficient_scope/i.test(challenge ?? '')) return { code: 'auth.insufficient_scope', evidence };
  const said = `${facts.failing?.error?.message ?? ''} ${exchange.body ?? ''}`.slice(0, 1000);
  if (status === 403 && hasCredential(facts)) return { code: 'auth.insufficient_scope', evidence, confidence: 'suspected' };
  if ((status === 403 || status === 400) && (challenge !== undefined || AUTH_WORDS.test(said))) {
    return { code: 'auth.challenge_status_wrong', evidence, ...(challenge === undefined ? { confidence: 'suspected' as const } : {}) };
  }
  if (status === 200 && facts.failing?.outcome === 'error' && AUTH_WORDS.test(facts.failing.error?.message ?? '')) {
    return { code: 'auth.challenge_status_wrong', evidence, confidence: 'suspected' };
  }
  return null;
};

/** 401 without a credential of ours: gated, unless the way to sign in is broken. */
const gated: Rule = (facts) => {
  const exchange = gate(facts);
  if (exchange?.status !== 401 || facts.working.size > 0) return null;
  const { auth } = facts.o;
  const evidence = { ...seen(exchange), challenge: auth?.wwwAuthenticate ?? exchange.responseHeaders['www-authenticate'] ?? null };
  if (auth === null) return { code: 'auth.required', evidence };
  const defects = chainDefects(facts, auth);
  // Without a word about OAuth anywhere this is a server that wants a key its owner hands out: nothing is broken.
  const oauth = auth.challenge?.resourceMetadata != null || auth.resource !== null;
  if (!oauth && auth.challenge !== null)
    return [{ code: 'auth.required', evidence }, ...defects.map((d) => ({ ...d, severity: 'notice' as const }))];
  if (!oauth)
    return [
      ...defects.filter((d) => d.code === 'auth.www_authenticate_missing'),
      ...defects.filter((d) => d.code !== 'auth.www_authenticate_missing').map((d) => ({ ...d, severity: 'notice' as const })),
    ];
  const blocking = defects.filter((d) => d.severity !== 'notice');
  if (blocking.length > 0) return defects;
  return [
    {
      code: 'auth.required',
      evidence: {
        ...evidence,
        resource: auth.resource?.resource ?? null,
        authorizationServers: [...(auth.resource?.authorizationServers ?? [])],
      },
    },
    ...defects,
  ];
};

function chainDefects(facts: Facts, auth: AuthChainFacts): Hit[] {
  const hits: Hit[] = [];
  const documents = auth.resourceMetadata.map(({ url, status, json }) => ({ url, status, json }));
  if (auth.challenge === null) {
    hits.push({ code: 'auth.www_authenticate_missing', evidence: { challenge: auth.wwwAuthenticate, status: auth.status } });
  } else if (auth.challenge.resourceMetadata === null) {
    hits.push({
      code: 'auth.www_authenticate_missing',
      evidence: { challenge: auth.wwwAuthenticate, missing: 'resource_metadata', wellKnown: auth.resource === null ? 'absent' : 'present' },
      severity: 'notice',
    });
  }
  if (auth.challenged) hits.push({ code: 'auth.metadata_behind_waf', evidence: { documents } });
  if (auth.resource === null) {
    const answered = auth.resourceMetadata.find((d) => d.status === 200);
    if (answered !== undefined) hits.push({ code: 'auth.resource_metadata_invalid', evidence: { documents, json: answered.json } });
    else hits.push({ code: 'auth.resource_metadata_missing', evidence: { documents } });
    return hits;
  }
  const { resource } = auth;
  if (!resource.valid) {
    hits.push({
      code: 'auth.resource_metadata_invalid',
      evidence: { url: resource.url, resource: resource.resource, authorizationServers: [...resource.authorizationServers] },
    });
    return hits;
  }
  if (!resource.matches)
    hits.push({ code: 'auth.resource_mismatch', evidence: { url: resource.url, resource: resource.resource, used: facts.o.url } });
  const server = auth.authorizationServer;
  if (server === null) {
    hits.push({
      code: 'auth.as_metadata_missing',
      evidence: {
        authorizationServers: [...resource.authorizationServers],
        tried: auth.serverMetadata.map(({ url, status, json }) => ({ url, status, json })),
      },
    });
    return hits;
  }
  if (server.issuer !== server.identifier)
    hits.push({ code: 'auth.issuer_mismatch', evidence: { issuer: server.issuer, used: server.identifier } });
  if (!server.registrationEndpoint && !server.clientIdMetadata)
    hits.push({ code: 'auth.registration_unavailable', evidence: { issuer: server.issuer } });
  else if (!server.clientIdMetadata) hits.push({ code: 'auth.cimd_unsupported', evidence: { issuer: server.issuer } });
  if (server.pkceMethods === null || !server.pkceMethods.includes('S256'))
    hits.push({
      code: 'auth.pkce_not_advertised',
      evidence: { issuer: server.issuer, methods: server.pkceMethods === null ? null : [...server.pkceMethods] },
    });
  return hits;
}

export const authRules: readonly Rule[] = [ownCredential, gated];
export const authStatusRules: readonly Rule[] = [wrongStatus];

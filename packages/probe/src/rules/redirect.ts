import type { Exchange, RedirectHop } from '../observation.ts';
import { bodyHead, type Facts, type Hit, type Rule, seen } from './rule.ts';

const LOGIN_HOST = /(^|\.)(cloudflareaccess\.com|okta\.com|auth0\.com|accounts\.google\.com|login\.microsoftonline\.com|vercel\.com)$/i;
const LOGIN_PATH =
  /(^|\/)(log-?in|sign-?in|signin|sso|oauth2\/(start|sign_in|authorize)|cdn-cgi\/access|auth\/(login|signin)|accounts?\/login|_vercel\/sso|saml|session\/new)(\/|$|\?|\.)/i;
const LOGIN_FORM = /<input[^>]+type=["']?password|<title>[^<]*(sign in|log ?in|anmelden|authentication required)/i;

/** Redirect hops of the request that opens the primary wire, or of the later one that went no further. */
function hops({ o, first, failing, primary }: Facts): readonly RedirectHop[] {
  const opening = primary === 'sse' ? (o.sse?.redirects ?? []) : (first?.redirects ?? []);
  const later = failing?.redirects ?? [];
  return !opening.some(isStopped) && later.some(isStopped) ? later : opening;
}

function isStopped({ stopped }: RedirectHop): boolean {
  return stopped !== null;
}

function evidenceOf(hop: RedirectHop, all: readonly RedirectHop[], exchange: Exchange | undefined): Hit['evidence'] {
  return {
    ...seen(exchange),
    status: hop.status,
    location: hop.to,
    from: hop.from,
    ...(hop.stopped === null ? {} : { stopped: hop.stopped }),
    hops: all.slice(0, 10).map(({ status, from, to }) => ({ status, from, to })),
  };
}

const redirected: Rule = (facts) => {
  const all = hops(facts);
  if (all.length === 0) return null;
  const at = (hop: RedirectHop): Hit['evidence'] => ({ ...evidenceOf(hop, all, facts.exchange(hop.exchange)), ...policies(facts) });
  // A sign-in wall often sends round in a circle whoever keeps no cookies: the wall is the cause.
  const login = all.find((hop) => isLogin(hop)) ?? (landsOnLogin(facts) ? all.at(-1) : undefined);
  if (login !== undefined) return { code: 'redirect.login_page', evidence: at(login) };
  const looping = all.find((hop) => hop.stopped === 'loop' || hop.stopped === 'limit');
  if (looping !== undefined) return { code: 'redirect.loop', evidence: at(looping) };
  const downgraded = all.find((hop) => hop.downgrade);
  if (downgraded !== undefined) return { code: 'redirect.downgrade_http', evidence: at(downgraded) };
  const lost = all.find((hop) => !hop.methodKept);
  if (lost !== undefined) {
    return {
      code: 'redirect.method_lost',
      evidence: { ...at(lost), sent: 'POST', becomes: 'GET', ...landing(facts), ...blockedNote(lost) },
    };
  }
  const stopped = all.find((hop) => hop.stopped !== null);
  if (stopped?.stopped === 'blocked_address')
    return { code: 'redirect.cross_origin_refused', evidence: { ...at(stopped), ...blockedNote(stopped) }, severity: 'down' };
  if (stopped !== undefined) return { code: 'http.unexpected_status', evidence: at(stopped) };
  return survivable(facts, all, at);
};

function survivable(facts: Facts, all: readonly RedirectHop[], at: (hop: RedirectHop) => Hit['evidence']): Hit[] {
  const hits: Hit[] = [];
  const stripped = facts.o.deep?.redirectPolicies?.authStripped === true;
  const upgrade = all.find((hop) => hop.upgrade);
  if (stripped && upgrade !== undefined) hits.push({ code: 'redirect.auth_stripped', evidence: at(upgrade) });
  const crossing = all.find((hop) => !hop.sameOrigin && !hop.upgrade);
  if (crossing !== undefined) {
    const hadCredential = facts.o.target.authType !== 'none' || facts.o.target.headerNames.length > 0;
    const refused = facts.failing?.status === 401 || facts.failing?.status === 403;
    if ((hadCredential && refused) || stripped)
      hits.push({ code: 'redirect.auth_stripped', evidence: { ...at(crossing), answered: facts.failing?.status ?? null } });
    hits.push({
      code: 'redirect.cross_origin_refused',
      evidence: at(crossing),
      ...(facts.working.size === 0 ? { severity: 'down' as const } : {}),
    });
  }
  const slash = all.find((hop) => hop.slashOnly);
  if (slash !== undefined) hits.push({ code: 'redirect.trailing_slash', evidence: at(slash) });
  return hits;
}

/** What becomes of the message under the policies that clients have. */
function policies({ o }: Facts): Hit['evidence'] {
  const decided = o.deep?.redirectPolicies;
  return decided == null ? {} : { clients: { fetch: decided.fetch, sameOrigin: decided.sameOrigin, follow: decided.follow } };
}

function blockedNote(hop: RedirectHop) {
  return hop.stopped === 'blocked_address' ? { blocked: 'the target is not a public address' } : {};
}

/** What the page visit got that a browser-like client makes of the message. */
function landing({ o }: Facts): Hit['evidence'] {
  const landed = o.exchanges.findLast((e) => e.purpose === 'redirect');
  return landed?.status == null ? {} : { landed: landed.status };
}

function isLogin(hop: RedirectHop): boolean {
  if (hop.to === null || hop.methodKept || !URL.canParse(hop.to)) return false;
  const to = new URL(hop.to);
  return LOGIN_HOST.test(to.hostname) || LOGIN_PATH.test(to.pathname);
}

function landsOnLogin({ o }: Facts): boolean {
  const landed = o.exchanges.findLast((e) => e.purpose === 'redirect');
  return landed?.status === 200 && LOGIN_FORM.test(landed.body ?? '');
}

/** The form itself instead of the way to it: oauth2-proxy answers 403 with its sign-in page, Vercel 401, others 200. */
const signInPage: Rule = (facts) => {
  const { failing, exchange } = facts;
  if (failing === null || facts.primary === 'sse' || failing.parse === 'ok') return null;
  const answer = exchange(failing.exchange);
  if (answer === undefined || ![200, 401, 403].includes(answer.status ?? 0)) return null;
  if (answer.responseHeaders['www-authenticate'] !== undefined || !LOGIN_FORM.test(answer.body ?? '')) return null;
  return { code: 'redirect.login_page', evidence: { ...seen(answer), ...bodyHead(answer) } };
};

export const redirectRules: readonly Rule[] = [redirected, signInPage];

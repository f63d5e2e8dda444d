import { reportSchema } from '@rollcall/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { json } from '../../test/servers.ts';
import {
  AS,
  challenge,
  PRM,
  type Route,
  refuse,
  type SignInServer,
  SOUND,
  serverMetadata,
  startSignInServer,
} from '../../test/sign-in-server.ts';
import { check } from '../check.ts';
import type { ProbeDeps, ProbeTarget, TargetAuth, TokenCache } from '../types.ts';
import { createTokenCache } from './token-cache.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

// Characters that form-urlencoding, base64 and JSON each write differently.
const SECRET = `s3cr!t~(ä)'+&"x%/zz91`;
const CLIENT: Extract<TargetAuth, { type: 'oauth' }> = { type: 'oauth', clientId: 'rollcall client:1é', clientSecret: SECRET };

async function start(routes: Readonly<Record<string, Route>> = {}): Promise<SignInServer> {
  const server = await startSignInServer(routes);
  cleanups.push(() => server.close());
  return server;
}

function probe(server: SignInServer, options: { auth?: TargetAuth; tokens?: TokenCache; bound?: ProbeTarget['boundIssuer'] } = {}) {
  const target: ProbeTarget = {
    url: server.url,
    transport: 'auto',
    era: 'auto',
    headers: {},
    auth: options.auth ?? CLIENT,
    boundIssuer: options.bound,
    timeoutMs: 10_000,
    deep: false,
    region: 'default',
    hint: null,
    expect: {},
    baseline: null,
  };
  const deps: ProbeDeps = {
    policy: { allowPrivate: true },
    deadlines: { firstByteMs: 1500, answerMs: 1500, endpointEventMs: 1500 },
    ...(options.tokens === undefined ? {} : { tokens: options.tokens }),
  };
  return check(target, deps).then((checked) => {
    reportSchema.parse(checked.report);
    return { ...checked, text: strings([checked.report, checked.observation]).join('\n') };
  });
}

function describes(more: object): Route {
  return (response, _asked, { origin }) => json(response, 200, serverMetadata(origin, more));
}

/** Every text in a value, names included, as it is. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => [key, ...strings(item)]) : [];
}

/** Every way in which a secret may be spelled in what is kept. */
function spellings(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    encoded,
    form,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ];
}

describe('client credentials', () => {
  it('are exchanged for a token where the 401 leads, and the probe goes on with it', async () => {
    const server = await start();
    const { report, observation } = await probe(server);
    expect(report).toMatchObject({ verdict: 'up', cause: null, tools: { count: 1 } });
    expect(observation.credential).toMatchObject({ type: 'oauth', outcome: 'sent', tokenEndpoint: `${server.origin}/token`, error: null });
    expect(report.steps).toContainEqual({ name: 'token', ms: expect.any(Number), ok: true });
    const [asked, ...others] = server.at('/token');
    expect(others).toEqual([]);
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({ grant_type: 'client_credentials', resource: server.url });
    expect(asked?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    const basic = Buffer.from(asked?.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
    const decoded = basic.split(':').map((half) => new URLSearchParams(`x=${half}`).get('x'));
    expect(decoded).toEqual([CLIENT.clientId, SECRET]);
  });

  it('an ordinary probe that works says nothing of what others would stumble over', async () => {
    const server = await start({ [AS]: describes({ code_challenge_methods_supported: undefined }) });
    const { report } = await probe(server);
    expect(report.verdict).toBe('up');
    expect(report.findings.map(({ layer }) => layer)).not.toContain('auth');
  });

  it('go into the body when the server takes them nowhere else', async () => {
    const server = await start({ [AS]: describes({ token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'] }) });
    const { report, text } = await probe(server);
    expect(report.verdict).toBe('up');
    const [asked] = server.at('/token');
    expect(asked?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toMatchObject({ client_id: CLIENT.clientId, client_secret: SECRET });
    for (const spelling of spellings(SECRET)) expect(text).not.toContain(spelling);
  });

  it('stay in the header when the server takes both', async () => {
    const server = await start({
      [AS]: describes({ token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'] }),
    });
    await probe(server);
    expect(server.at('/token')[0]?.headers.authorization).toMatch(/^Basic /);
  });

  it('ask for the scope of the owner, else for that of the challenge', async () => {
    const scoped: Route = (response, asked, server) => {
      if (asked.headers.authorization !== undefined) return response.writeHead(404).end();
      response.writeHead(401, { 'www-authenticate': challenge(server.origin, ', scope="tools:read"') }).end();
    };
    const server = await start({ '/mcp': scoped });
    await probe(server);
    await probe(server, { auth: { ...CLIENT, scope: 'mine' } });
    expect(server.at('/token').map(({ body }) => new URLSearchParams(body).get('scope'))).toEqual(['tools:read', 'mine']);
  });

  it('are not asked for by a server that lets everybody in', async () => {
    const server = await start({
      '/mcp': (response, asked, it) => {
        it.issued.add('open');
        SOUND['/mcp']?.(response, { ...asked, headers: { ...asked.headers, authorization: 'Bearer open' } }, it);
      },
    });
    const { report, observation } = await probe(server);
    expect(report.verdict).toBe('up');
    expect(observation.credential).toBeNull();
    expect(server.at('/token')).toEqual([]);
  });

  it('work with a server of 2025-03-26, which has no protected-resource metadata', async () => {
    const server = await start({ [`${PRM}/mcp`]: (response) => response.writeHead(404).end() });
    expect((await probe(server)).report.verdict).toBe('up');
  });
});

describe('a token', () => {
  it('is kept between probes: the second asks for none and walks nowhere', async () => {
    const server = await start();
    const tokens = createTokenCache();
    await probe(server, { tokens });
    const before = server.asked.length;
    const { report, observation } = await probe(server, { tokens });
    expect(report.verdict).toBe('up');
    expect(observation.credential?.outcome).toBe('sent');
    expect(server.asked.slice(before).every(({ path }) => path === '/mcp')).toBe(true);
  });

  it('that is no longer accepted is fetched anew, once', async () => {
    const server = await start();
    const tokens = createTokenCache();
    await probe(server, { tokens });
    server.issued.clear();
    const { report, observation } = await probe(server, { tokens });
    expect(report.verdict).toBe('up');
    expect(observation.credential?.outcome).toBe('refreshed');
    expect(server.at('/token')).toHaveLength(2);
    expect((await probe(server, { tokens })).observation.credential?.outcome).toBe('sent');
    expect(server.at('/token')).toHaveLength(2);
  });

  it('fresh and refused is auth.audience_mismatch, asked for once and not kept', async () => {
    const server = await start({ '/mcp': refuse });
    const tokens = createTokenCache();
    const { report, observation } = await probe(server, { tokens });
    expect(report).toMatchObject({ verdict: 'down', cause: { code: 'auth.audience_mismatch', confidence: 'suspected' } });
    expect(observation.credential).toMatchObject({ outcome: 'rejected', error: 'invalid_token' });
    expect(server.at('/token')).toHaveLength(1);
    const before = server.asked.length;
    await probe(server, { tokens });
    expect(server.asked[before]?.headers.authorization).toBeUndefined();
    expect(server.at('/token')).toHaveLength(2);
  });

  it('that is no longer accepted is not tried again, although no other was to be had', async () => {
    let failing = false;
    const server = await start({
      '/token': (response, asked, it) => (failing ? response.writeHead(500).end() : SOUND['/token']?.(response, asked, it)),
    });
    const tokens = createTokenCache();
    await probe(server, { tokens });
    server.issued.clear();
    failing = true;
    expect((await probe(server, { tokens })).report.cause?.code).toBe('auth.token_endpoint_failing');
    const before = server.asked.length;
    await probe(server, { tokens });
    expect(server.asked[before]?.headers.authorization).toBeUndefined();
  });

  it('is not given to who knows the address and the client but not its secret', async () => {
    const server = await start();
    const tokens = createTokenCache();
    await probe(server, { tokens });
    await probe(server, { tokens, auth: { ...CLIENT, clientSecret: 'guessed-4711' } });
    expect(server.at('/token')).toHaveLength(2);
  });

  it('is dropped before it expires; one of no lifetime is not kept', async () => {
    const server = await start({
      '/token': (response, _asked, { issued }) => {
        issued.add('tok_short_1');
        json(response, 200, { access_token: 'tok_short_1', token_type: 'bearer', expires_in: '30' });
      },
    });
    const tokens = createTokenCache();
    await probe(server, { tokens });
    await probe(server, { tokens });
    expect(server.at('/token')).toHaveLength(2);
  });

  it('goes to the origin of the endpoint alone', async () => {
    const elsewhere = await start();
    const server = await start({
      [`${PRM}/mcp`]: (response, _asked, { origin }) =>
        json(response, 200, { resource: `${origin}/mcp`, authorization_servers: [elsewhere.origin] }),
      '/mcp': (response, asked, it) => {
        if (asked.headers.authorization === undefined) return refuse(response, asked, it);
        response.writeHead(307, { location: elsewhere.url }).end();
      },
    });
    await probe(server);
    const [token] = elsewhere.issued;
    expect(token).toBeDefined();
    expect(server.asked.some(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
    expect(elsewhere.at('/mcp').length).toBeGreaterThan(0);
    for (const { headers } of elsewhere.at('/mcp')) expect(headers.authorization).toBeUndefined();
    for (const { headers } of server.asked) expect(headers.authorization ?? 'Bearer ').toMatch(/^Bearer /);
  });
});

describe('a secret that is bound to an authorization server', () => {
  it('goes to that one, however its address is spelled', async () => {
    const server = await start();
    for (const issuer of [server.origin, `${server.origin}/`])
      expect((await probe(server, { bound: { issuer, tokenOrigin: server.origin } })).report.verdict).toBe('up');
    expect(server.at('/token')).toHaveLength(2);
  });

  it('never reaches another one that the endpoint names, nor another host that it names for its tokens', async () => {
    const thief = await start();
    const led = await start({
      [`${PRM}/mcp`]: (response, _asked, { origin }) =>
        json(response, 200, { resource: `${origin}/mcp`, authorization_servers: [thief.origin] }),
    });
    const moved = await start({ [AS]: describes({ token_endpoint: `${thief.origin}/token` }) });
    for (const server of [led, moved]) {
      const bound = { issuer: server.origin, tokenOrigin: server.origin };
      const { report, observation } = await probe(server, { bound });
      expect(observation.credential).toMatchObject({ outcome: 'issuer_changed', tokenEndpoint: `${thief.origin}/token`, bound });
      expect(report).toMatchObject({
        verdict: 'degraded',
        cause: { code: 'auth.issuer_changed', evidence: { boundIssuer: server.origin, tokenEndpoint: `${thief.origin}/token` } },
      });
    }
    expect(thief.at('/token')).toEqual([]);
    const heard = JSON.stringify(thief.asked);
    for (const spelling of spellings(SECRET)) expect(heard).not.toContain(spelling);
    expect(thief.asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });
});

describe('when no token is to be had', () => {
  const answer =
    (status: number, body: unknown, headers: Record<string, string> = {}): Route =>
    (response) =>
      json(response, status, body, headers);

  it.each<[string, string, string, string, Readonly<Record<string, Route>>]>([
    [
      'token_refused',
      'auth.token_expired',
      'unknown',
      'invalid_client: no such client',
      {
        '/token': answer(401, { error: 'invalid_client', error_description: 'no such client' }),
      },
    ],
    ['token_refused', 'auth.token_expired', 'unknown', 'invalid_scope', { '/token': answer(400, { error: 'invalid_scope' }) }],
    [
      'token_refused',
      'auth.token_expired',
      'unknown',
      'bad_verification_code',
      { '/token': answer(200, { error: 'bad_verification_code' }) },
    ],
    ['token_unreachable', 'auth.token_endpoint_failing', 'down', 'HTTP 404', { '/token': answer(404, {}) }],
    ['token_unreachable', 'auth.token_endpoint_failing', 'down', 'HTTP 500', { '/token': answer(500, {}) }],
    ['token_unreachable', 'auth.token_endpoint_failing', 'down', 'no access_token', { '/token': answer(200, { token: 'x' }) }],
    [
      'token_unreachable',
      'auth.token_endpoint_failing',
      'down',
      'fits no header',
      {
        '/token': answer(200, { access_token: 'a\r\nx-evil: 1', token_type: 'Bearer' }),
      },
    ],
    [
      'token_unreachable',
      'auth.token_endpoint_failing',
      'down',
      'token_type is DPoP',
      {
        '/token': answer(200, { access_token: 'abcdefgh', token_type: 'DPoP' }),
      },
    ],
    [
      'token_unreachable',
      'auth.token_endpoint_failing',
      'down',
      'ECONNREFUSED',
      { [AS]: describes({ token_endpoint: 'http://127.0.0.1:1/token' }) },
    ],
    [
      'token_unreachable',
      'auth.metadata_behind_waf',
      'degraded',
      'cf-mitigated',
      { '/token': answer(403, {}, { 'cf-mitigated': 'challenge' }) },
    ],
    ['no_metadata', 'auth.as_metadata_missing', 'down', 'no authorization server metadata', { [AS]: answer(404, {}) }],
    ['no_metadata', 'auth.as_metadata_missing', 'down', 'names no token endpoint', { [AS]: describes({ token_endpoint: undefined }) }],
    ['no_metadata', 'auth.issuer_mismatch', 'down', 'another name', { [AS]: describes({ issuer: 'https://auth.example.com' }) }],
    [
      'no_metadata',
      'auth.resource_mismatch',
      'down',
      'another resource',
      {
        [`${PRM}/mcp`]: (response, _asked, { origin }) =>
          json(response, 200, { resource: 'https://other.example/', authorization_servers: [origin] }),
      },
    ],
  ])('%s is %s (%s): %s', async (outcome, code, verdict, said, routes) => {
    const server = await start(routes);
    const { report, observation } = await probe(server);
    expect(observation.credential?.outcome).toBe(outcome);
    expect(observation.credential?.error).toContain(said);
    expect(report.cause?.code).toBe(code);
    expect(report.verdict).toBe(verdict);
    if (outcome === 'no_metadata') expect(server.at('/token')).toEqual([]);
  });

  it('a redirect of the token endpoint is not followed', async () => {
    const thief = await start();
    const server = await start({ '/token': (response) => response.writeHead(307, { location: `${thief.origin}/token` }).end() });
    const { observation } = await probe(server);
    expect(observation.credential).toMatchObject({ outcome: 'token_unreachable', error: 'HTTP 307' });
    expect(thief.asked).toEqual([]);
  });

  it('a 403 without a word about signing in is no question for a token', async () => {
    const gone: Route = (response) => response.writeHead(404).end();
    const forbidden: Route = (response) => response.writeHead(403).end('not from your country');
    const server = await start({ '/mcp': forbidden, [`${PRM}/mcp`]: gone, [AS]: gone });
    const { report, observation } = await probe(server);
    expect(observation.credential).toBeNull();
    expect(report.cause?.layer).not.toBe('auth');
  });

  it('a server that is down is told as down, not as one that cannot be signed in to', async () => {
    const server = await start({ '/mcp': (response) => response.writeHead(502).end() });
    const { report, observation } = await probe(server);
    expect(observation.credential).toBeNull();
    expect(report.cause?.code).toBe('http.502_bad_gateway');
  });
});

describe('secrets', () => {
  it('are nowhere in the report, although the token endpoint and the server echo them in every form', async () => {
    const token = 'tok_f00dfeed_91';
    const echo: Route = (response, asked, server) => {
      const heard = [asked.headers.authorization ?? '', asked.body, SECRET, ...spellings(SECRET), token, ...spellings(token)];
      const basic = Buffer.from((asked.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
      if (asked.path !== '/token') {
        if (asked.headers.authorization === undefined) return refuse(response, asked, server);
        return json(response, 500, { jsonrpc: '2.0', id: null, error: { code: 1, message: [...heard, basic].join(' ') } });
      }
      json(
        response,
        200,
        { access_token: token, token_type: 'Bearer', scope: [...heard, basic].join(' '), refresh_token: 'ref_0042_aa77' },
        { 'x-echo': basic.slice(-60).replace(/[^ -~]/g, '?'), 'x-token': token },
      );
    };
    const server = await start({ '/mcp': echo, '/token': echo });
    const tokens = createTokenCache();
    const { text, observation } = await probe(server, { tokens });
    expect(observation.exchanges.some(({ purpose, status }) => purpose === 'token' && status === 200)).toBe(true);
    for (const spelling of [...spellings(SECRET), ...spellings(token), 'ref_0042_aa77']) expect(text).not.toContain(spelling);
    const second = await probe(server, { tokens });
    expect(server.at('/token')).toHaveLength(1);
    for (const spelling of [...spellings(SECRET), ...spellings(token)]) expect(second.text).not.toContain(spelling);
    expect(text).toContain('https://github.com/rollcall-dev/rollcall');
    expect(text).not.toContain(server.at('/token')[0]?.headers.authorization?.replace('Basic ', '') ?? 'x');
  });

  it.each<[string, (secret: string) => [number, string, string]]>([
    [
      'an error',
      (secret) => [400, 'application/json', JSON.stringify({ error: 'invalid_client', error_description: `${'x'.repeat(270)}${secret}` })],
    ],
    ['a page', (secret) => [500, 'text/html', `<p>${secret}</p>`]],
    ['a form with the token', (secret) => [200, 'text/plain', `access_token=tok_cafe_1234&secret=${secret}`]],
    ['an event stream', (secret) => [200, 'text/event-stream', `data: {"access_token":"tok_cafe_1234","s":"${secret}"}\n\n`]],
    ['broken JSON', (secret) => [200, 'application/json', `{"access_token":"tok_cafe_1234","s":"${secret}`]],
  ])('echoed in %s they are not kept, not even cut in two', async (_name, body) => {
    const secret = 'abcd1234efgh5678ijkl';
    const [status, type, text] = body(secret);
    const server = await start({ '/token': (response) => response.writeHead(status, { 'content-type': type }).end(text) });
    const kept = await probe(server, { auth: { ...CLIENT, clientSecret: secret } });
    expect(kept.observation.credential?.outcome).toMatch(/^token_/);
    expect(kept.text).not.toContain('abcd1234');
    expect(kept.text).not.toContain('tok_cafe');
  });

  it('so short that they could be any word are not in the request that is kept', async () => {
    const server = await start({ [AS]: describes({ token_endpoint_auth_methods_supported: ['client_secret_post'] }) });
    const { observation } = await probe(server, { auth: { ...CLIENT, clientSecret: 'zq7' } });
    expect(JSON.stringify(observation)).not.toContain('zq7');
  });
});

describe('the token cache', () => {
  it('forgets what has expired, and the oldest when it is full', () => {
    let now = 0;
    const tokens = createTokenCache(2, () => now);
    tokens.set('a', { token: 'A', expiresAt: 10 });
    tokens.set('b', { token: 'B', expiresAt: 20 });
    expect(tokens.get('a')?.token).toBe('A');
    now = 10;
    expect(tokens.get('a')).toBeUndefined();
    tokens.set('c', { token: 'C', expiresAt: 20 });
    tokens.set('d', { token: 'D', expiresAt: 20 });
    expect([tokens.get('b'), tokens.get('c')?.token, tokens.get('d')?.token]).toEqual([undefined, 'C', 'D']);
    tokens.delete('c');
    expect(tokens.get('c')).toBeUndefined();
  });
});

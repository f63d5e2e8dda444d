import { reportSchema } from '@rollcall/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { INITIALIZE, json, result, startServer } from '../../test/servers.ts';
import { AS, challenge, PRM, type Route, type SignInServer, serverMetadata, startSignInServer } from '../../test/sign-in-server.ts';
import { check } from '../check.ts';
import { diagnose } from '../diagnose.ts';
import type { ProbeDeps, ProbeTarget } from '../types.ts';
import { coversResource, namesResource } from './well-known.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function target(url: string, more: Partial<ProbeTarget> = {}): ProbeTarget {
  const settings = { transport: 'auto', era: 'auto', headers: {}, auth: { type: 'none' }, timeoutMs: 10_000, deep: false } as const;
  return { url, ...settings, region: 'default', hint: null, expect: {}, baseline: null, ...more };
}

const PROBING: ProbeDeps = { policy: { allowPrivate: true }, deadlines: { firstByteMs: 1500, answerMs: 1500, endpointEventMs: 1500 } };

async function start(routes: Readonly<Record<string, Route>> = {}): Promise<SignInServer> {
  const server = await startSignInServer(routes);
  cleanups.push(() => server.close());
  return server;
}

async function run(routes: Readonly<Record<string, Route>> = {}, more: Partial<ProbeTarget> = {}) {
  const server = await start(routes);
  const { report, observation } = await check(target(server.url, more), PROBING);
  reportSchema.parse(report);
  const codes = Object.fromEntries([...(report.cause ? [report.cause] : []), ...report.findings].map((c) => [c.code, c.severity]));
  return { server, report, observation, auth: observation.auth, codes };
}

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Route =>
  (response) =>
    response.writeHead(code, headers).end(body);
const page: Route = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>App</title>');
const says =
  (document: (origin: string) => unknown): Route =>
  (response, _asked, { origin }) =>
    json(response, 200, document(origin));
const refusal =
  (header: (origin: string) => Record<string, string>, code = 401): Route =>
  (response, _asked, { origin }) =>
    response.writeHead(code, header(origin)).end();
const bare = refusal(() => ({}));
const gone = status(404);
const describes = (more: object) => says((origin) => serverMetadata(origin, more));

describe('a server with a sound way to sign in', () => {
  it('is gated and nothing is amiss; every document is read once, without a credential of any kind', async () => {
    const { report, server, auth } = await run({}, { headers: { 'X-Team': 'blue' } });
    expect(report.verdict).toBe('gated');
    expect(report.findings).toEqual([]);
    expect(report.cause).toMatchObject({
      code: 'auth.required',
      evidence: { status: 401, resource: server.url, authorizationServers: [server.origin] },
    });
    expect(auth).toMatchObject({
      status: 401,
      challenge: { scheme: 'bearer', resourceMetadata: `${server.origin}${PRM}/mcp` },
      resource: { matches: true, valid: true },
      authorizationServer: { identifier: server.origin, issuer: server.origin, registrationEndpoint: true, pkceMethods: ['S256'] },
      challenged: false,
    });
    const metadata = server.asked.filter(({ path }) => path !== '/mcp');
    expect(metadata.map(({ path }) => path)).toEqual([`${PRM}/mcp`, AS]);
    for (const { headers } of metadata) {
      expect(headers).not.toHaveProperty('x-team');
      expect(headers).not.toHaveProperty('authorization');
    }
  });

  it('may leave the address of the metadata to the well-known place, with a remark', async () => {
    const { report, codes } = await run({ '/mcp': refusal(() => ({ 'www-authenticate': 'Bearer realm="x"' })) });
    expect(report.verdict).toBe('gated');
    expect(codes).toEqual({ 'auth.required': 'notice', 'auth.www_authenticate_missing': 'notice' });
  });

  it('may keep the document at the root, and the metadata of its authorization server under OpenID Connect', async () => {
    const { report, server } = await run({
      '/mcp': refusal(() => ({ 'www-authenticate': 'Bearer' })),
      [`${PRM}/mcp`]: gone,
      [PRM]: says((origin) => ({ resource: `${origin}/mcp`, authorization_servers: [`${origin}/tenant`] })),
      '/tenant/.well-known/openid-configuration': says((origin) => serverMetadata(origin, { issuer: `${origin}/tenant` })),
    });
    expect(report.verdict).toBe('gated');
    expect(server.asked.map(({ path }) => path).slice(1)).toEqual([
      `${PRM}/mcp`,
      PRM,
      `${AS}/tenant`,
      '/.well-known/openid-configuration/tenant',
      '/tenant/.well-known/openid-configuration',
    ]);
  });

  it('may name an authorization server that is gone beside one that is there, and redirect within its origin', async () => {
    const away = await start({});
    const { report, auth } = await run({
      [`${PRM}/mcp`]: status(302, { location: '/prm' }),
      '/prm': says((origin) => ({ resource: `${origin}/mcp`, authorization_servers: ['http://127.0.0.1:1', away.origin] })),
    });
    expect(report.verdict).toBe('gated');
    expect(auth?.authorizationServer?.identifier).toBe(away.origin);
  });

  it('a server that wants an API key and says nothing of OAuth is gated', async () => {
    const { report } = await run({
      '/mcp': refusal(() => ({ 'www-authenticate': 'ApiKey realm="keys"' })),
      [`${PRM}/mcp`]: gone,
      [AS]: gone,
    });
    expect(report).toMatchObject({ verdict: 'gated', cause: { code: 'auth.required' }, findings: [] });
  });

  it('so is one that answers every address with the same JSON', async () => {
    const { report } = await run({
      '/mcp': refusal(() => ({ 'www-authenticate': 'Bearer' })),
      [`${PRM}/mcp`]: gone,
      '*': says(() => ({ ok: true })),
    });
    expect(report).toMatchObject({ verdict: 'gated', cause: { code: 'auth.required' } });
    expect(report.findings.map(({ severity }) => severity)).not.toContain('degraded');
  });

  it('a server of 2025-03-26, whose own origin is the authorization server, is gated', async () => {
    const { report, auth } = await run({ '/mcp': refusal(() => ({ 'www-authenticate': 'Bearer' })), [`${PRM}/mcp`]: gone });
    expect(report.verdict).toBe('gated');
    expect(auth).toMatchObject({ resource: null, authorizationServer: { registrationEndpoint: true } });
  });

  it('is not asked again where it does not answer', async () => {
    const { report, server, auth } = await run({ [`${PRM}/mcp`]: (response) => response.destroy() });
    expect(server.asked.filter(({ path }) => path !== '/mcp').every(({ path }) => path === `${PRM}/mcp`)).toBe(true);
    expect(auth?.resourceMetadata).toMatchObject([{ status: null }]);
    expect(report.cause).toMatchObject({ code: 'auth.resource_metadata_missing', evidence: { documents: [{ failure: 'reset' }] } });
  });

  it('behind a bot check is not asked for documents: the check is the cause', async () => {
    const { report, server, auth } = await run({
      '*': status(403, { 'cf-mitigated': 'challenge' }),
      '/mcp': status(403, { 'cf-mitigated': 'challenge' }),
    });
    expect(report.cause?.code).toBe('waf.challenge');
    expect(auth).toBeNull();
    expect(server.asked.every(({ path }) => path === '/mcp')).toBe(true);
  });

  it('is asked nothing more when the time is up', async () => {
    const { report, observation } = await run({ [`${PRM}/mcp`]: () => undefined }, { timeoutMs: 2000 });
    expect(observation).toMatchObject({ auth: null, ended: 'done' });
    expect(report.verdict).toBe('gated');
  });
});

describe('the broken step by name', () => {
  it.each<[string, string, Readonly<Record<string, Route>>]>([
    ['auth.www_authenticate_missing', 'degraded', { '/mcp': bare }],
    ['auth.challenge_status_wrong', 'degraded', { '/mcp': refusal((origin) => ({ 'www-authenticate': challenge(origin) }), 403) }],
    ['auth.challenge_status_wrong', 'degraded', { '/mcp': status(403) }],
    ['auth.challenge_status_wrong', 'degraded', { '/mcp': status(403, {}, 'Missing token'), [`${PRM}/mcp`]: gone }],
    ['auth.challenge_status_wrong', 'degraded', { '/mcp': status(400, {}, 'no API key'), [`${PRM}/mcp`]: gone }],
    ['auth.challenge_status_wrong', 'degraded', { '/mcp': status(403, {}, 'Missing Authorization header'), [`${PRM}/mcp`]: gone }],
    ['auth.resource_metadata_missing', 'down', { [`${PRM}/mcp`]: gone }],
    ['auth.resource_metadata_invalid', 'down', { [`${PRM}/mcp`]: page }],
    ['auth.resource_metadata_invalid', 'down', { [`${PRM}/mcp`]: says((origin) => ({ resource: `${origin}/mcp` })) }],
    [
      'auth.resource_metadata_invalid',
      'down',
      { [`${PRM}/mcp`]: says((origin) => ({ resource: `${origin}/mcp`, authorization_servers: [] })) },
    ],
    ['auth.resource_metadata_invalid', 'down', { [`${PRM}/mcp`]: says((origin) => ({ authorization_servers: [origin] })) }],
    [
      'auth.resource_mismatch',
      'down',
      { [`${PRM}/mcp`]: says((origin) => ({ resource: `${origin}/mcp/`, authorization_servers: [origin] })) },
    ],
    ['auth.resource_mismatch', 'degraded', { [`${PRM}/mcp`]: says((origin) => ({ resource: origin, authorization_servers: [origin] })) }],
    ['auth.as_metadata_missing', 'down', { [AS]: gone }],
    ['auth.as_metadata_missing', 'down', { [AS]: page }],
    ['auth.issuer_mismatch', 'down', { [AS]: describes({ issuer: 'https://auth.example.com' }) }],
    ['auth.issuer_mismatch', 'down', { [AS]: describes({ issuer: undefined }) }],
    [
      'auth.registration_unavailable',
      'degraded',
      { [AS]: describes({ registration_endpoint: undefined, client_id_metadata_document_supported: false }) },
    ],
    ['auth.pkce_not_advertised', 'down', { [AS]: describes({ code_challenge_methods_supported: ['plain'] }) }],
    ['auth.pkce_not_advertised', 'down', { [AS]: describes({ code_challenge_methods_supported: undefined }) }],
    ['auth.metadata_behind_waf', 'degraded', { [`${PRM}/mcp`]: status(403, { 'cf-mitigated': 'challenge' }) }],
    ['auth.metadata_behind_waf', 'degraded', { [AS]: status(503, { 'content-type': 'text/html' }, '<title>Just a moment...</title>') }],
  ])('%s is %s', async (code, verdict, routes) => {
    const { report } = await run(routes);
    expect(report.cause?.code).toBe(code);
    expect(report.verdict).toBe(verdict);
  });

  it('auth.cimd_unsupported is a remark beside auth.required', async () => {
    const { report, codes } = await run({ [AS]: describes({ client_id_metadata_document_supported: undefined }) });
    expect(report.verdict).toBe('gated');
    expect(codes).toEqual({ 'auth.required': 'notice', 'auth.cimd_unsupported': 'notice' });
  });

  it('an authorization server for machines alone needs neither registration nor PKCE', async () => {
    const { report } = await run({
      [AS]: describes({
        grant_types_supported: ['client_credentials'],
        registration_endpoint: undefined,
        client_id_metadata_document_supported: undefined,
        code_challenge_methods_supported: undefined,
      }),
    });
    expect(report).toMatchObject({ verdict: 'gated', findings: [] });
  });

  it('the worst comes first: a sign-in that cannot work is not told as a missing header', async () => {
    const { report, codes } = await run({ '/mcp': bare, [AS]: gone });
    expect(report).toMatchObject({ verdict: 'down', cause: { code: 'auth.as_metadata_missing' } });
    expect(codes).toHaveProperty(['auth.www_authenticate_missing']);
  });

  it('an address in the challenge that leads nowhere is not mended by the well-known one', async () => {
    const { report } = await run({ '/mcp': refusal((origin) => ({ 'www-authenticate': `Bearer resource_metadata="${origin}/nowhere"` })) });
    expect(report.cause?.code).toBe('auth.resource_metadata_missing');
  });

  it('auth.token_expired: a token of the owner that is refused says nothing about the server', async () => {
    const { report, observation, codes } = await run({}, { auth: { type: 'bearer', token: 'tok_6f1c9a2e7b' } });
    expect(report).toMatchObject({ verdict: 'unknown', cause: { code: 'auth.token_expired' } });
    expect(observation.credential).toMatchObject({ type: 'bearer', outcome: 'rejected', error: 'invalid_token' });
    expect(codes).not.toHaveProperty(['auth.required']);
  });

  it('auth.insufficient_scope: a token that may not do this', async () => {
    const forbidden = refusal((origin) => ({ 'www-authenticate': challenge(origin, ', error="insufficient_scope", scope="tools"') }), 403);
    const { report, auth } = await run({ '/mcp': forbidden }, { auth: { type: 'bearer', token: 'tok_6f1c9a2e7b' } });
    expect(report).toMatchObject({ verdict: 'degraded', cause: { code: 'auth.insufficient_scope', confidence: 'certain' } });
    expect(auth?.challenge).toMatchObject({ scope: 'tools', error: 'insufficient_scope' });
  });

  it('auth.open: destructive tools for everybody, on the public network alone', async () => {
    const tool = { name: 'drop', inputSchema: { type: 'object' }, annotations: { destructiveHint: true } };
    const server = await startServer({ 'tools/list': (response, message) => result(response, message, { tools: [tool] }) });
    cleanups.push(() => server.close());
    const { observation, report } = await check(target(server.url), PROBING);
    expect(report.findings.map(({ code }) => code)).not.toContain('auth.open');
    const dns = { host: 'mcp.example.com', addresses: [{ address: '8.8.8.8', family: 4, public: true }], error: null, ms: 1 } as const;
    const { verdict, findings } = diagnose({ ...observation, dns });
    expect(verdict).toBe('up');
    expect(findings).toContainEqual(expect.objectContaining({ code: 'auth.open', severity: 'notice' }));
  });

  it('a list that wants a sign-in after a free handshake is gated, too', async () => {
    const { report } = await run({
      '/mcp': (response, asked, server) => {
        const message = JSON.parse(asked.body || '{}');
        if (message.method === 'initialize') return result(response, message, INITIALIZE);
        if (message.method === 'notifications/initialized') return void response.writeHead(202).end();
        if (message.method === 'tools/list') return void response.writeHead(401, { 'www-authenticate': challenge(server.origin) }).end();
        response.writeHead(400).end();
      },
    });
    expect(report).toMatchObject({ verdict: 'gated', cause: { code: 'auth.required' } });
  });
});

describe('a deep look', () => {
  it('asks once without the token what a newcomer meets, and only remarks on it: the server works', async () => {
    const server = await start({ [AS]: gone });
    server.issued.add('tok_mine_55aa01');
    const { report, observation } = await check(
      target(server.url, { deep: true, timeoutMs: 20_000, auth: { type: 'bearer', token: 'tok_mine_55aa01' } }),
      PROBING,
    );
    expect(observation.auth).toMatchObject({ status: 401, challenge: { scheme: 'bearer' } });
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'auth.as_metadata_missing', severity: 'notice' }));
    expect(['up', 'degraded']).toContain(report.verdict);
    expect(report.cause?.layer).not.toBe('auth');
  });
});

describe('hostile metadata', () => {
  it('an address on another host is asked as a stranger would ask it', async () => {
    const other = await start({});
    const told = refusal(() => ({ 'www-authenticate': `Bearer resource_metadata="${other.origin}${PRM}/mcp"` }));
    const { report } = await run(
      { '/mcp': told },
      { auth: { type: 'bearer', token: 'tok_6f1c9a2e7b' }, headers: { 'X-Key': 'key-8d2f41aa90' } },
    );
    expect(other.asked.map(({ path }) => path)).toContain(`${PRM}/mcp`);
    expect(JSON.stringify(other.asked)).not.toMatch(/tok_6f1c9a2e7b|key-8d2f41aa90/);
    expect(report.findings.map(({ code }) => code)).toContain('auth.resource_mismatch');
  });

  it.each<[string, Route]>([
    [
      'endless',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(`{"a":"${'x'.repeat(6 * 1024 * 1024)}"}`),
    ],
    [
      'deep',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(`${'['.repeat(50_000)}${']'.repeat(50_000)}`),
    ],
    ['deep, in an object', (response) => response.writeHead(200).end(`{"resource":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`)],
    ['an event stream without end', (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {}\n\n')],
    ['a circle', (response, { path }) => response.writeHead(302, { location: path === '/x' ? '/y' : '/x' }).end()],
    ['not an object', (response) => json(response, 200, ['x'])],
  ])('%s: the document is of no use, and soon', async (_name, route) => {
    const { report, observation } = await run({ [`${PRM}/mcp`]: route, '/x': route, '/y': route });
    expect(report.verdict).toBe('down');
    expect(report.cause?.code).toMatch(/^auth\.resource_metadata_(missing|invalid)$/);
    expect(JSON.stringify(observation).length).toBeLessThan(200_000);
    expect(observation.durationMs).toBeLessThan(8000);
  });

  it('what is kept of a document is what is needed, and bounded', async () => {
    const { auth } = await run({
      [AS]: describes({ scopes_supported: Array.from({ length: 5000 }, (_, n) => `scope-${n}`), junk: 'x'.repeat(100_000) }),
    });
    const [document] = auth?.serverMetadata ?? [];
    expect(document?.document?.['scopes_supported']).toHaveLength(30);
    expect(document?.document).not.toHaveProperty('junk');
  });

  it('a redirect to another origin is not followed', async () => {
    const other = await start({});
    await run({ [`${PRM}/mcp`]: (response) => response.writeHead(302, { location: `${other.origin}${PRM}/mcp` }).end() });
    expect(other.asked).toEqual([]);
  });
});

describe('the name of a resource', () => {
  it.each<[string, string, boolean, boolean]>([
    ['https://h.example/mcp', 'https://h.example/mcp', true, true],
    ['https://H.example:443/mcp', 'https://h.example/mcp', true, true],
    ['https://h.example', 'https://h.example/', true, true],
    ['https://h.example/mcp', 'https://h.example/mcp?key=1', true, true],
    ['https://h.example/mcp/', 'https://h.example/mcp', false, false],
    ['https://h.example/api', 'https://h.example/api/mcp', false, true],
    ['https://h.example', 'https://h.example/mcp', false, true],
    ['http://h.example/mcp', 'https://h.example/mcp', false, false],
    ['https://h.example/mc', 'https://h.example/mcp', false, false],
    ['https://other.example/mcp', 'https://h.example/mcp', false, false],
    ['https://h.example/mcp#x', 'https://h.example/mcp', false, true],
    ['mcp', 'https://h.example/mcp', false, false],
  ])('%s for %s: names it %s, covers it %s', (resource, used, names, covers) => {
    expect(namesResource(resource, new URL(used))).toBe(names);
    expect(coversResource(resource, new URL(used))).toBe(covers);
  });
});

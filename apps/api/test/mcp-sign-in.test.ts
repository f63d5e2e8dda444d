import { check, type ProbeTarget } from '@rollcall/probe';
import { describe, expect, it } from 'vitest';
import { startApi } from './harness.ts';
import { api, base, callRaw, INITIALIZE, send, useMcp } from './mcp-setup.ts';

useMcp();

describe('sign-in by client credentials', () => {
  const secret = () => api.ours.keys.write;
  const ask = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    send({
      path: '/mcp/oauth/token',
      key: null,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      raw: new URLSearchParams(form).toString(),
    });
  const form = (more: Record<string, string> = {}) => ({
    grant_type: 'client_credentials',
    client_id: secret().slice(0, 9),
    client_secret: secret(),
    ...more,
  });
  interface Token {
    readonly access_token: string;
    readonly scope: string;
  }

  it('is described where clients look, in the name that they use', async () => {
    for (const host of [new URL(base).host, new URL(base).host.replace('127.0.0.1', 'localhost')]) {
      for (const path of ['/.well-known/oauth-protected-resource/mcp', '/.well-known/oauth-protected-resource']) {
        const document = await send({ method: 'GET', path, key: null, headers: { host } });
        expect(document.json()).toEqual({
          resource: `http://${host}/mcp`,
          authorization_servers: [`http://${host}`],
          bearer_methods_supported: ['header'],
          scopes_supported: ['read', 'write'],
          resource_name: 'Rollcall',
        });
      }
      const server = await send({ method: 'GET', path: '/.well-known/oauth-authorization-server', key: null, headers: { host } });
      expect(server.json()).toMatchObject({
        issuer: `http://${host}`,
        token_endpoint: `http://${host}/mcp/oauth/token`,
        grant_types_supported: ['client_credentials'],
      });
    }
    const stranger = await send({
      method: 'GET',
      path: '/.well-known/oauth-protected-resource/mcp',
      key: null,
      headers: { host: 'evil.example' },
    });
    expect(stranger.json()).toMatchObject({ resource: `${base}/mcp` });
    const authorize = await send({ method: 'GET', path: '/mcp/oauth/authorize?response_type=code', key: null });
    expect([authorize.status, authorize.json()]).toMatchObject([400, { code: 'invalid_request' }]);
  });

  it('gives a token for /mcp alone, as wide as the key or narrower, that ends with the key', async () => {
    const token = (await ask(form({ resource: `${base}/mcp` }))).json<Token>();
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'read write' });
    expect((await send({ key: token.access_token })).status).toBe(200);
    expect((await api.call('GET', '/api/v1/endpoints', { key: token.access_token })).statusCode).toBe(401);
    const basic = `Basic ${Buffer.from(`${secret().slice(0, 9)}:${secret()}`).toString('base64')}`;
    const narrow = (await ask({ grant_type: 'client_credentials', scope: 'read' }, { authorization: basic })).json<Token>();
    expect(narrow.scope).toBe('read');
    expect((await ask(form({ scope: 'read admin' }))).json<Token>().scope).toBe('read');
    expect((await callRaw('add_incident_note', { id: 'inc_1', text: 'x' }, narrow.access_token)).content[0]?.text).toMatch(/^forbidden/);

    const made = (await api.call('POST', '/api/v1/api-keys', { body: { name: 'short', scopes: ['read'] } })).json<{
      id: string;
      key: string;
    }>();
    const own = { client_id: made.key.slice(0, 9), client_secret: made.key };
    const brief = (await ask(form(own))).json<Token>();
    expect((await send({ key: brief.access_token })).status).toBe(200);
    await api.call('DELETE', `/api/v1/api-keys/${made.id}`);
    expect((await send({ key: brief.access_token })).status).toBe(401);
    expect((await ask(form(own))).status).toBe(401);
  });

  it('takes no token after its hour, and none that was changed', async () => {
    let now = new Date('2026-11-20T12:00:00.000Z');
    const timed = await startApi({ now: () => now });
    const key = timed.ours.keys.read;
    const answer = await timed.call('POST', '/mcp/oauth/token', {
      key: null,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      raw: `grant_type=client_credentials&client_id=${key.slice(0, 9)}&client_secret=${key}`,
    });
    const { access_token: token } = answer.json<Token>();
    const status = async (given: string) =>
      (await timed.call('POST', '/mcp', { key: given, body: INITIALIZE, headers: { accept: 'application/json' } })).statusCode;
    expect(await status(token)).toBe(200);
    expect(await status(`${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`)).toBe(401);
    now = new Date('2026-11-20T12:59:59.000Z');
    expect(await status(token)).toBe(200);
    now = new Date('2026-11-20T13:00:00.000Z');
    expect(await status(token)).toBe(401);
    await timed.close();
  });

  it.each<[string, () => Record<string, string>, number, string]>([
    ['another grant', () => form({ grant_type: 'authorization_code' }), 400, 'unsupported_grant_type'],
    ['no grant', () => ({}), 400, 'invalid_request'],
    ['a wrong secret', () => form({ client_secret: `${secret()}x` }), 401, 'invalid_client'],
    ['another id', () => form({ client_id: 'rc_other12' }), 401, 'invalid_client'],
    ['no secret', () => form({ client_secret: '' }), 401, 'invalid_client'],
    ['another resource', () => form({ resource: `${base}/api/v1` }), 400, 'invalid_target'],
    ['a scope that no token has', () => form({ scope: 'admin' }), 400, 'invalid_scope'],
  ])('refuses %s in the words of OAuth', async (_name, fields, status, error) => {
    const answer = await ask(fields());
    expect([answer.status, answer.json()]).toMatchObject([status, { error }]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.text).not.toContain(secret());
  });

  it('refuses JSON, a field given twice, a body beyond bounds and a page of another site', async () => {
    const twice = `grant_type=client_credentials&grant_type=client_credentials`;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await ask(form(), { 'content-type': 'application/json' })).json()).toMatchObject({ error: 'invalid_request' });
    expect((await send({ path: '/mcp/oauth/token', key: null, headers: type, raw: twice })).json()).toMatchObject({
      error: 'invalid_request',
    });
    expect((await send({ path: '/mcp/oauth/token', key: null, headers: type, raw: 'x'.repeat(40_000) })).status).toBe(413);
    expect((await ask(form(), { origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('as Rollcall itself judges it', () => {
  const look = async (auth: ProbeTarget['auth'], url = `${base}/mcp`) => {
    const settings = { transport: 'auto', era: 'auto', headers: {}, timeoutMs: 60_000, deep: true, region: 'default' } as const;
    const { report } = await check({ url, auth, ...settings, hint: null, expect: {}, baseline: null }, { policy: { allowPrivate: true } });
    return report;
  };

  it('with a key it is up in both eras, for every client, and nothing is to be found', async () => {
    for (const token of [api.ours.keys.read, api.ours.keys.admin]) {
      const { verdict, eras, cause, findings, clients: known } = await look({ type: 'bearer', token });
      expect([verdict, eras, cause, findings]).toEqual(['up', { modern: 'works', legacy: 'works' }, null, []]);
      expect(known.filter((client) => client.verdict !== 'works')).toEqual([]);
    }
  });

  it('without one it is gated, and the way to sign in is whole, under every name', async () => {
    for (const url of [`${base}/mcp`, `${base.replace('127.0.0.1', 'localhost')}/mcp`]) {
      const { verdict, cause, findings } = await look({ type: 'none' }, url);
      expect([verdict, cause?.code, cause?.evidence['resource'], findings]).toEqual(['gated', 'auth.required', url, []]);
    }
  });

  it('with client credentials it is up as well', async () => {
    const key = api.ours.keys.read;
    const { verdict, cause, findings } = await look({ type: 'oauth', clientId: key.slice(0, 9), clientSecret: key });
    expect([verdict, cause, findings]).toEqual(['up', null, []]);
  });
});

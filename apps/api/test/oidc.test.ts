import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createOidc } from '../src/oidc.ts';
import { HOST, startApi } from './harness.ts';

const origin = `http://${HOST}`;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A provider that knows one person and one client, and checks what it is sent. */
async function startProvider(person: object) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    asked.push(request.url ?? '');
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration')
      return answer(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
      });
    if (request.url === '/token') {
      const good = form.get('code') === 'good' && form.get('client_secret') === 'shh' && (form.get('code_verifier') ?? '').length >= 43;
      return good ? answer(200, { access_token: 'at', token_type: 'Bearer' }) : answer(400, { error: 'invalid_grant' });
    }
    if (request.url === '/userinfo' && request.headers.authorization === 'Bearer at') return answer(200, person);
    return answer(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function start(person: object, options: { allowPrivate: boolean; signup: 'open' | 'invite' }) {
  const provider = await startProvider(person);
  const settings = { issuer: provider.issuer, clientId: 'rollcall', clientSecret: 'shh' };
  const oidc = createOidc(settings, origin, { allowPrivate: options.allowPrivate }, () => new Date());
  const api = await startApi({ oidc, config: { signup: options.signup } });
  closers.push(() => api.close());
  /** As a browser: start, our redirect, and back from the provider with a code. */
  const signIn = async (code = 'good') => {
    const begun = await api.call('POST', '/api/auth/sign-in/social', {
      key: null,
      body: { provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in' },
      headers: { origin },
    });
    const cookie = begun.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
    const first = new URL(begun.json<{ url: string }>().url);
    const sent = await api.call('GET', `${first.pathname}${first.search}`, { key: null, headers: { cookie } });
    if (sent.statusCode !== 302) return { sent, back: null };
    const state = new URL(String(sent.headers.location)).searchParams.get('state') ?? '';
    const path = `/api/auth/callback/oidc?code=${code}&state=${encodeURIComponent(state)}`;
    return { sent, back: await api.call('GET', path, { key: null, headers: { cookie } }) };
  };
  return { api, provider, signIn };
}

const ada = { sub: 'ada-1', email: 'Ada@corp.example', email_verified: true, name: 'Ada' };

it('signs in who the OpenID provider knows, with an organization of their own', async () => {
  const { api, provider, signIn } = await start(ada, { allowPrivate: true, signup: 'open' });
  const { sent, back } = await signIn();
  const target = new URL(String(sent.headers.location));
  expect([target.origin, target.pathname]).toEqual([provider.issuer, '/authorize']);
  expect(Object.fromEntries(target.searchParams)).toMatchObject({
    client_id: 'rollcall',
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: `${origin}/api/auth/callback/oidc`,
  });
  const cookie = back?.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ') ?? '';
  const me = await api.call('GET', '/api/v1/me', { key: null, headers: { cookie } });
  expect(me.json(), String(back?.headers.location)).toMatchObject({ role: 'owner', user: { email: 'ada@corp.example' } });
  const account = await api.db.account.findFirstOrThrow({ where: { providerId: 'oidc' } });
  expect([account.accountId, account.accessToken === 'at']).toEqual(['ada-1', false]);
});

it('signs in nobody with a wrong code, and nobody new where an invitation is needed', async () => {
  const { api, signIn } = await start(ada, { allowPrivate: true, signup: 'invite' });
  const before = await api.db.session.count();
  await signIn('wrong');
  await signIn();
  expect(await api.db.session.count()).toBe(before);
  expect(await api.db.user.count({ where: { email: 'ada@corp.example' } })).toBe(0);
});

it('takes over no account by an address for which the provider does not vouch, and joins it with an entry in its log when it does', async () => {
  const person = { ...ada, email: 'owner@ours.example', email_verified: false };
  const { api, signIn } = await start(person, { allowPrivate: true, signup: 'open' });
  await signIn();
  expect(await api.db.account.count({ where: { providerId: 'oidc' } })).toBe(0);
  expect(await api.db.session.count()).toBe(0);
  person.email_verified = true;
  await signIn();
  const { userId } = await api.db.account.findFirstOrThrow({ where: { providerId: 'oidc' } });
  const linked = await api.db.auditLog.findFirstOrThrow({ where: { action: 'provider.linked' } });
  expect([linked.organizationId, linked.actorId, linked.after]).toEqual([api.ours.id, userId, { provider: 'oidc' }]);
});

it('asks no provider at an address that the policy forbids', async () => {
  const { provider, signIn } = await start(ada, { allowPrivate: false, signup: 'open' });
  const { sent } = await signIn();
  expect([sent.statusCode, sent.json<{ code: string }>().code]).toEqual([503, 'unavailable']);
  expect(provider.asked).toEqual([]);
});

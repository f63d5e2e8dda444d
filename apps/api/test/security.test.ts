import { hashPassword, verifyPassword } from '@rollcall/services';
import { describe, expect, it } from 'vitest';
import { logOptions } from '../src/log.ts';
import { HOST, PASSWORD, startApi } from './harness.ts';

describe('over https', () => {
  it('cookies are Secure, out of reach of scripts and of other sites, and every answer says what a browser may do with it', async () => {
    const host = 'rollcall.example';
    const api = await startApi({ config: { publicUrl: `https://${host}` } });
    const signedIn = await api.call('POST', '/api/auth/sign-in/email', {
      key: null,
      body: { email: api.ours.emails.owner, password: PASSWORD },
      headers: { host, origin: `https://${host}` },
    });
    expect(signedIn.statusCode, signedIn.body).toBe(200);
    const cookie = signedIn.cookies.find(({ name }) => name.endsWith('rollcall.session_token'));
    expect(cookie).toMatchObject({ name: '__Secure-rollcall.session_token', secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
    for (const path of ['/api/v1/me', '/api/v1/openapi.json', '/api/v1/nothing', '/api/auth/get-session', '/api/v1/endpoints?limit=0']) {
      const { headers } = await api.call('GET', path);
      expect(headers, path).toMatchObject({
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
    }
    await api.close();
  });
});

describe('a password', () => {
  it('is kept as scrypt with its cost and a salt of its own, and opens to itself alone', async () => {
    const [one, two] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
    expect(one).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect([await verifyPassword(one, PASSWORD), await verifyPassword(one, `${PASSWORD} `)]).toEqual([true, false]);
    expect(await verifyPassword('', PASSWORD)).toBe(false);
  });
});

describe('the log', () => {
  it('has faults in it and no secret of any request, whatever goes wrong', async () => {
    let log = '';
    const stream = {
      write(line: string) {
        log += line;
      },
    };
    const api = await startApi({ logger: { ...logOptions('trace'), stream } });
    const cookie = await api.signIn(api.ours.emails.owner);
    const [header, bearer, hook, wrong] = ['header-secret-value', 'bearer-secret-value', 'hook-secret-value', 'wrong-password-value'];
    const endpoint = { name: 'x', url: 'https://x.example/mcp', headers: { 'x-key': header }, auth: { type: 'bearer', token: bearer } };
    const channel = { type: 'slack', name: 'x', config: { url: `https://hooks.slack.com/services/${hook}` } };
    const everything = async () => [
      await api.call('POST', '/api/v1/endpoints', { body: endpoint }),
      await api.call('POST', '/api/v1/endpoints', { body: { ...endpoint, url: 'nonsense' } }),
      await api.call('POST', '/api/v1/channels', { body: channel }),
      await api.call('GET', '/api/v1/endpoints', { key: `rc_${'unknown-key-value'.repeat(2)}` }),
      await api.call('DELETE', '/api/v1/me', {
        key: null,
        headers: { cookie, origin: `http://${HOST}` },
        body: { confirm: api.ours.emails.owner, password: wrong },
      }),
      await api.call('POST', '/api/auth/sign-in/email', {
        key: null,
        body: { email: 'x@x.example', password: wrong },
        headers: { origin: `http://${HOST}` },
      }),
    ];
    await everything();
    await api.db.$executeRawUnsafe('alter table endpoint rename to endpoint_gone');
    await api.db.$executeRawUnsafe('alter table channel rename to channel_gone');
    expect((await everything()).map(({ statusCode }) => statusCode)).toContain(500);
    expect(log).toContain('request.failed');
    const token = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '';
    expect(token.length).toBeGreaterThan(20);
    for (const secret of [header, bearer, hook, wrong, PASSWORD, token, 'unknown-key-value', ...Object.values(api.ours.keys)])
      expect(log, secret).not.toContain(secret);
    await api.close();
  });
});

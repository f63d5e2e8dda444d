import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOST, PASSWORD, startApi, type TestApi } from './harness.ts';
import { totp } from './totp.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const origin = `http://${HOST}`;
const post = (path: string, body: unknown, cookie?: string) =>
  api.call('POST', `/api/auth/${path}`, { key: null, body, headers: { origin, ...(cookie ? { cookie } : {}) } });
const cookiesOf = (answer: Awaited<ReturnType<typeof post>>) =>
  answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');

describe('a second factor', () => {
  it('is asked for at every sign-in once enabled: by code or by a recovery code that works once', async () => {
    const email = api.ours.emails.member;
    const enabled = await post('two-factor/enable', { password: PASSWORD }, await api.signIn(email));
    expect(enabled.statusCode, enabled.body).toBe(200);
    const { totpURI, backupCodes } = enabled.json<{ totpURI: string; backupCodes: string[] }>();
    // Only a code proves that the app has the secret; until then nobody is locked out.
    const session = await api.signIn(email);
    const proved = await post('two-factor/verify-totp', { code: totp(totpURI) }, session);
    expect(proved.statusCode, proved.body).toBe(200);

    const half = await post('sign-in/email', { email, password: PASSWORD });
    expect(half.json()).toMatchObject({ twoFactorRedirect: true });
    const pending = cookiesOf(half);
    expect((await api.call('GET', '/api/v1/me', { key: null, headers: { cookie: pending } })).statusCode).toBe(401);
    const wrong = String((Number(totp(totpURI)) + 1) % 1_000_000).padStart(6, '0');
    expect((await post('two-factor/verify-totp', { code: wrong }, pending)).statusCode).toBe(401);
    const whole = await post('two-factor/verify-totp', { code: totp(totpURI) }, pending);
    expect(whole.statusCode, whole.body).toBe(200);
    const cookie = cookiesOf(whole);
    expect((await api.call('GET', '/api/v1/me', { key: null, headers: { cookie } })).statusCode).toBe(200);
    expect((await api.call('GET', '/api/v1/account', { key: null, headers: { cookie } })).json()).toMatchObject({
      user: { twoFactorEnabled: true },
    });

    const code = backupCodes[0];
    const recover = async () => {
      const again = cookiesOf(await post('sign-in/email', { email, password: PASSWORD }));
      return (await post('two-factor/verify-backup-code', { code }, again)).statusCode;
    };
    expect(await recover()).toBe(200);
    expect(await recover()).toBe(401);
  });

  it('leaves neither its secret nor its recovery codes readable in the database', async () => {
    const row = await api.db.twoFactor.findFirstOrThrow();
    expect(row.id).toMatch(/^tfa_/);
    expect(row.secret.length).toBeGreaterThan(60);
    expect(row.backupCodes).not.toMatch(/^\[/);
  });
});

import { createMailer } from '@rollcall/notify';
import { startSmtpSink } from '@rollcall/testkit';
import { afterEach, expect, it } from 'vitest';
import { HOST, PASSWORD, startApi, type TestApi } from './harness.ts';

const origin = `http://${HOST}`;
const from = 'Rollcall <rollcall@example.com>';
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: Parameters<typeof startApi>[0]): Promise<TestApi> {
  const api = await startApi(options);
  closers.push(() => api.close());
  return api;
}
const signUp = (api: TestApi, email: string) =>
  api.call('POST', '/api/auth/sign-up/email', { key: null, body: { name: 'Ada', email, password: PASSWORD }, headers: { origin } });
const me = async (api: TestApi, email: string) =>
  api.call('GET', '/api/v1/me', { key: null, headers: { cookie: await api.signIn(email) } });

it('open: who signs up owns an organization of their own, with its entry in the log', async () => {
  const api = await start({ config: { signup: 'open' } });
  expect((await signUp(api, 'ada@new.example')).statusCode).toBe(200);
  const mine = await me(api, 'ada@new.example');
  expect(mine.json()).toMatchObject({ role: 'owner', organization: { name: "Ada's organization" } });
  const { id } = mine.json<{ organization: { id: string } }>().organization;
  expect([api.ours.id, api.theirs.id]).not.toContain(id);
  expect(await api.db.auditLog.findMany({ where: { organizationId: id } })).toMatchObject([
    { action: 'organization.created', actor: 'ada@new.example' },
  ]);
});

it('open: an account whose organization is missing gets it at the next sign-in, and one alone', async () => {
  const api = await start({ config: { signup: 'open' } });
  await signUp(api, 'cut@new.example');
  await api.db.organization.deleteMany({ where: { members: { some: { user: { email: 'cut@new.example' } } } } });
  await Promise.all([api.signIn('cut@new.example'), api.signIn('cut@new.example'), api.signIn('cut@new.example')]);
  expect(await api.db.member.count({ where: { user: { email: 'cut@new.example' } } })).toBe(1);
});

it('open, with a mail server: nobody signs in before the address is confirmed', async () => {
  const sink = await startSmtpSink();
  closers.push(() => sink.close());
  const api = await start({ config: { signup: 'open' }, mailer: createMailer({ smtpUrl: sink.url, from, mailDir: '/nonexistent' }) });
  expect((await signUp(api, 'eve@new.example')).statusCode).toBe(200);
  await expect(api.signIn('eve@new.example')).rejects.toThrow('403');
  const mail = await sink.next(({ to }) => to.includes('eve@new.example'));
  const link = /http:\/\/\S+verify-email\S+/.exec(mail.raw.replaceAll('=\r\n', '').replaceAll('=3D', '='))?.[0] ?? '';
  const url = new URL(link);
  expect((await api.call('GET', `${url.pathname}${url.search}`, { key: null })).statusCode).toBeLessThan(400);
  expect((await me(api, 'eve@new.example')).json()).toMatchObject({ role: 'owner' });
});

it('off: neither sign-up nor an invitation makes an account', async () => {
  const sink = await startSmtpSink();
  closers.push(() => sink.close());
  const api = await start({ config: { signup: 'off' }, mailer: createMailer({ smtpUrl: sink.url, from, mailDir: '/nonexistent' }) });
  expect((await signUp(api, 'x@new.example')).statusCode).toBeGreaterThanOrEqual(400);
  await api.call('POST', '/api/v1/members/invitations', { body: { email: 'x@new.example' } });
  const mail = await sink.next(({ to }) => to.includes('x@new.example'));
  const token = /token=([\w-]+)/.exec(mail.raw.replaceAll('=\r\n', '').replaceAll('=3D', '='))?.[1];
  const answer = await api.call('POST', '/api/v1/invitations/accept', { key: null, body: { token, name: 'x', password: PASSWORD } });
  expect(answer.statusCode, answer.body).toBe(403);
  expect(await api.db.user.count({ where: { email: 'x@new.example' } })).toBe(0);
});

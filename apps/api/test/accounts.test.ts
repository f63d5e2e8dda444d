import { createMailer } from '@rollcall/notify';
import { startSmtpSink } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOST, PASSWORD, startApi, type TestApi } from './harness.ts';

const from = 'Rollcall <rollcall@example.com>';
const origin = `http://${HOST}`;
type Sink = Awaited<ReturnType<typeof startSmtpSink>>;

/** The secret in the newest mail to that address. */
async function tokenFrom(sink: Sink, address: string): Promise<string> {
  const mail = await sink.next(({ to }) => to.includes(address));
  const text = mail.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  const token = /[?&]token=([\w.-]+)/.exec(text)?.[1];
  if (!token) throw new Error(`no link in ${mail.raw}`);
  return token;
}

let sink: Sink;
let api: TestApi;
let cookies: Record<'owner' | 'admin' | 'member' | 'viewer', string>;
beforeAll(async () => {
  sink = await startSmtpSink();
  api = await startApi({ mailer: createMailer({ smtpUrl: sink.url, from, mailDir: '/nonexistent' }) });
  const sign = (role: keyof typeof cookies) => api.signIn(api.ours.emails[role]);
  cookies = { owner: await sign('owner'), admin: await sign('admin'), member: await sign('member'), viewer: await sign('viewer') };
});
afterAll(async () => {
  await api.close();
  await sink.close();
});

const as = (cookie: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
  api.call(method, path, { key: null, headers: { cookie, origin }, ...(body === undefined ? {} : { body }) });
const memberOf = (email: string) => api.db.member.findFirstOrThrow({ where: { user: { email } } });
const invite = (email: string, role = 'member', cookie = cookies.owner) =>
  as(cookie, 'POST', '/api/v1/members/invitations', { email, role });

describe('an invitation', () => {
  it('reaches the address by mail, makes the account and the membership, and works once', async () => {
    const made = await invite('New@Guest.example', 'viewer');
    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({ email: 'new@guest.example', role: 'viewer', status: 'pending', emailSent: true });
    const token = await tokenFrom(sink, 'new@guest.example');
    expect(made.body).not.toContain(token);
    const offered = await api.call('POST', '/api/v1/invitations/read', { key: null, body: { token } });
    expect(offered.json()).toMatchObject({ organization: { name: 'ours' }, email: 'new@guest.example', hasAccount: false });
    const bare = await api.call('POST', '/api/v1/invitations/accept', { key: null, body: { token } });
    expect([bare.statusCode, bare.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)]).toEqual([
      400,
      ['/name', '/password'],
    ]);
    const body = { token, name: 'Guest', password: PASSWORD };
    const accepted = await api.call('POST', '/api/v1/invitations/accept', { key: null, body });
    expect(accepted.statusCode, accepted.body).toBe(200);
    expect((await api.call('POST', '/api/v1/invitations/accept', { key: null, body })).statusCode).toBe(404);
    const cookie = await api.signIn('new@guest.example');
    expect((await as(cookie, 'GET', '/api/v1/me')).json()).toMatchObject({ role: 'viewer', organization: { id: api.ours.id } });
    const log = await api.db.auditLog.findMany({ where: { action: { startsWith: 'invitation.' } }, orderBy: { id: 'asc' } });
    expect(log.map(({ action }) => action)).toEqual(['invitation.created', 'invitation.accepted']);
    expect(log[0]).toMatchObject({ actorKind: 'member', address: '127.0.0.1' });
    expect(JSON.stringify([log, await api.db.invitation.findMany()])).not.toContain(token);
  });

  it('is accepted with a session of its address alone, which then acts for that organization', async () => {
    await invite(api.theirs.emails.viewer, 'admin');
    const token = await tokenFrom(sink, api.theirs.emails.viewer);
    const anonymous = await api.call('POST', '/api/v1/invitations/accept', { key: null, body: { token, name: 'x', password: PASSWORD } });
    expect(anonymous.statusCode).toBe(409);
    expect((await as(cookies.member, 'POST', '/api/v1/invitations/accept', { token })).statusCode).toBe(403);
    const cookie = await api.signIn(api.theirs.emails.viewer);
    expect((await as(cookie, 'POST', '/api/v1/invitations/accept', { token })).statusCode).toBe(200);
    expect((await as(cookie, 'GET', '/api/v1/me')).json()).toMatchObject({ role: 'admin', organization: { id: api.ours.id } });
    const account = (await as(cookie, 'GET', '/api/v1/account')).json<{ organizations: { id: string; role: string }[] }>();
    expect(account.organizations.map(({ id, role }) => [id, role])).toEqual([
      [api.theirs.id, 'viewer'],
      [api.ours.id, 'admin'],
    ]);
  });

  it('opens nothing when revoked, replaced or expired', async () => {
    const id = (await invite('late@guest.example')).json<{ id: string }>().id;
    const first = await tokenFrom(sink, 'late@guest.example');
    const again = (await invite('late@guest.example')).json<{ id: string }>().id;
    const second = await tokenFrom(sink, 'late@guest.example');
    const read = async (token: string) => (await api.call('POST', '/api/v1/invitations/read', { key: null, body: { token } })).statusCode;
    expect([again === id, await read(first), await read(second)]).toEqual([false, 404, 200]);
    await api.db.invitation.update({ where: { id: again }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect(await read(second)).toBe(404);
    await api.db.invitation.update({ where: { id: again }, data: { expiresAt: new Date(Date.now() + 60_000) } });
    expect((await as(cookies.admin, 'DELETE', `/api/v1/members/invitations/${again}`)).statusCode).toBe(204);
    expect(await read(second)).toBe(404);
    const list = (await as(cookies.admin, 'GET', '/api/v1/members/invitations')).json<{ data: { id: string; status: string }[] }>();
    expect(list.data.filter((row) => [id, again].includes(row.id)).map(({ status }) => status)).toEqual(['revoked', 'revoked']);
  });

  it('is for owners and admins to send, never to a member, and never as an owner', async () => {
    expect((await invite('a@guest.example', 'member', cookies.member)).statusCode).toBe(403);
    expect((await invite('a@guest.example', 'owner')).statusCode).toBe(400);
    expect((await invite(api.ours.emails.viewer)).statusCode).toBe(409);
  });
});

describe('members', () => {
  it('are changed by rank: an admin touches no owner and makes none, the last owner stays', async () => {
    const [owner, admin, viewer] = await Promise.all([
      memberOf(api.ours.emails.owner),
      memberOf(api.ours.emails.admin),
      memberOf(api.ours.emails.viewer),
    ]);
    const change = async (cookie: string, id: string, role: string) =>
      (await as(cookie, 'PATCH', `/api/v1/members/${id}`, { role })).statusCode;
    expect(await change(cookies.viewer, viewer.id, 'admin')).toBe(403);
    expect(await change(cookies.admin, viewer.id, 'owner')).toBe(403);
    expect(await change(cookies.admin, owner.id, 'viewer')).toBe(403);
    expect(await change(cookies.owner, owner.id, 'admin')).toBe(409);
    expect((await as(cookies.owner, 'DELETE', `/api/v1/members/${owner.id}`)).statusCode).toBe(409);
    expect((await as(cookies.admin, 'DELETE', `/api/v1/members/${owner.id}`)).statusCode).toBe(403);
    expect((await api.call('PATCH', `/api/v1/members/${viewer.id}`, { body: { role: 'owner' } })).statusCode).toBe(403);
    expect(await change(cookies.admin, viewer.id, 'member')).toBe(200);
    expect(await change(cookies.owner, viewer.id, 'viewer')).toBe(200);
    expect((await as(cookies.admin, 'POST', `/api/v1/members/${viewer.id}/transfer-ownership`)).statusCode).toBe(403);
    const given = await as(cookies.owner, 'POST', `/api/v1/members/${admin.id}/transfer-ownership`);
    expect([given.statusCode, given.json<{ role: string }>().role]).toEqual([200, 'owner']);
    expect((await memberOf(api.ours.emails.owner)).role).toBe('admin');
    expect((await as(cookies.admin, 'POST', `/api/v1/members/${owner.id}/transfer-ownership`)).statusCode).toBe(200);
  });

  it('keep one owner when two owners leave at the same instant', async () => {
    const [owner, admin] = await Promise.all([memberOf(api.ours.emails.owner), memberOf(api.ours.emails.admin)]);
    expect((await as(cookies.owner, 'PATCH', `/api/v1/members/${admin.id}`, { role: 'owner' })).statusCode).toBe(200);
    const answers = await Promise.all([
      as(cookies.owner, 'PATCH', `/api/v1/members/${owner.id}`, { role: 'admin' }),
      as(cookies.admin, 'PATCH', `/api/v1/members/${admin.id}`, { role: 'admin' }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
    expect(await api.db.member.count({ where: { organizationId: api.ours.id, role: 'owner' } })).toBe(1);
    await api.db.member.update({ where: { id: owner.id }, data: { role: 'owner' } });
    await api.db.member.update({ where: { id: admin.id }, data: { role: 'admin' } });
  });

  it('leave by themselves, whatever their role, and see nothing afterwards', async () => {
    const { id } = await memberOf(api.ours.emails.viewer);
    expect((await as(cookies.member, 'DELETE', `/api/v1/members/${id}`)).statusCode).toBe(403);
    expect((await as(cookies.viewer, 'DELETE', `/api/v1/members/${id}`)).statusCode).toBe(204);
    expect((await as(cookies.viewer, 'GET', '/api/v1/endpoints')).statusCode).toBe(403);
    expect((await as(cookies.viewer, 'GET', '/api/v1/account')).json()).toMatchObject({ organizations: [] });
    const log = await api.db.auditLog.findFirstOrThrow({ where: { target: id, action: 'member.left' } });
    expect(log).toMatchObject({ organizationId: api.ours.id, actor: api.ours.emails.viewer, before: { role: 'viewer' } });
  });
});

describe('sessions', () => {
  it('are listed and ended one by one or all but this one; those of others are not there', async () => {
    const [first, second] = [await api.signIn(api.ours.emails.member), await api.signIn(api.ours.emails.member)];
    const list = (await as(first, 'GET', '/api/v1/account/sessions')).json<{ data: { id: string; current: boolean }[] }>().data;
    expect(list.filter(({ current }) => current)).toHaveLength(1);
    const foreign = await api.db.session.findFirstOrThrow({ where: { user: { email: api.ours.emails.owner } } });
    expect((await as(first, 'DELETE', `/api/v1/account/sessions/${foreign.id}`)).statusCode).toBe(404);
    const other = list[0]?.current ? list[1] : list[0];
    expect((await as(first, 'DELETE', `/api/v1/account/sessions/${other?.id}`)).statusCode).toBe(204);
    expect((await as(second, 'GET', '/api/v1/me')).statusCode).toBe(401);
    const third = await api.signIn(api.ours.emails.member);
    expect((await as(third, 'POST', '/api/v1/account/sessions/revoke-others')).statusCode).toBe(204);
    expect((await as(first, 'GET', '/api/v1/account')).statusCode).toBe(401);
    expect((await as(third, 'GET', '/api/v1/account')).statusCode).toBe(200);
    expect((await api.call('GET', '/api/v1/account/sessions')).statusCode).toBe(403);
    expect((await api.call('GET', '/api/v1/account', { key: null })).statusCode).toBe(401);
  });

  it('end with the password: a reset by mail ends them all, and the answer never tells whether the address is known', async () => {
    const email = api.ours.emails.admin;
    const ask = (address: string) =>
      api.call('POST', '/api/auth/request-password-reset', { key: null, body: { email: address }, headers: { origin } });
    const [unknown, known] = [await ask('nobody@guest.example'), await ask(email)];
    expect([known.statusCode, known.body]).toEqual([unknown.statusCode, unknown.body]);
    const token = await tokenFrom(sink, email);
    const body = { token, newPassword: 'another battery staple' };
    expect((await api.call('POST', '/api/auth/reset-password', { key: null, body, headers: { origin } })).statusCode).toBe(200);
    expect((await as(cookies.admin, 'GET', '/api/v1/me')).statusCode).toBe(401);
    await expect(api.signIn(email)).rejects.toThrow('401');
    expect((await api.call('POST', '/api/auth/reset-password', { key: null, body, headers: { origin } })).statusCode).toBe(400);
    expect(await api.db.auditLog.count({ where: { organizationId: api.ours.id, action: 'password.reset' } })).toBe(1);
  });
});

describe('the audit log', () => {
  it('cannot be changed or shortened, not even by the application itself', async () => {
    await expect(api.db.$executeRaw`update audit_log set actor = 'nobody'`).rejects.toThrow(/append-only/);
    await expect(api.db.$executeRaw`delete from audit_log`).rejects.toThrow(/append-only/);
    await expect(api.db.$executeRaw`truncate audit_log`).rejects.toThrow(/append-only/);
  });
});

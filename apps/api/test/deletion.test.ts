import { accountExportSchema, organizationExportSchema } from '@rollcall/contracts';
import { newId } from '@rollcall/crypto';
import { claimDue, eraseProbes, hashPassword, INSTALLATION_LOG } from '@rollcall/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Filled, fillOrganization } from './fill.ts';
import { HOST, PASSWORD, startApi, type TestApi } from './harness.ts';

let api: TestApi;
let theirs: Filled;
let ours: Filled;
let owner: string;
beforeAll(async () => {
  api = await startApi();
  owner = await api.signIn(api.ours.emails.owner);
  await api.signIn(api.theirs.emails.owner);
  ours = await fillOrganization(api, api.ours, 'quagga');
  theirs = await fillOrganization(api, api.theirs, 'zebra');
});
afterAll(() => api.close());

const as = (cookie: string, method: 'GET' | 'DELETE', path: string, body?: unknown) =>
  api.call(method, path, { key: null, headers: { cookie, origin: `http://${HOST}` }, ...(body === undefined ? {} : { body }) });

/** Rows by table that say the text anywhere. */
async function rowsNaming(text: string): Promise<Record<string, number>> {
  const tables = await api.db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like '\\_%' order by 1`;
  expect(tables.length).toBeGreaterThan(30);
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await api.db.$queryRawUnsafe<{ n: bigint }[]>(`select count(*) as n from "${name}" t where t::text like $1`, `%${text}%`);
    if (row && row.n > 0n) found[name] = Number(row.n);
  }
  return found;
}

/** An account of its own, of no organization. */
async function person(email: string): Promise<string> {
  const id = newId('usr');
  await api.db.user.create({ data: { id, name: 'Somebody', email, emailVerified: true } });
  await api.db.account.create({
    data: {
      id: newId('acc'),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: await hashPassword(PASSWORD),
    },
  });
  return id;
}
async function organizationOf(...members: [userId: string, role: string][]): Promise<string> {
  const id = newId('org');
  await api.db.organization.create({ data: { id, name: `Of ${members.length}`, slug: id } });
  for (const [userId, role] of members) await api.db.member.create({ data: { id: newId('mem'), organizationId: id, userId, role } });
  return id;
}
const pointers = (answer: { json: () => { errors?: { pointer: string }[] } }) => answer.json().errors?.map(({ pointer }) => pointer);

describe('an organization', () => {
  it('is exported as one document: everything it has, nothing of another, no secret', async () => {
    for (const key of [api.ours.keys.read, api.ours.keys.write])
      expect((await api.call('GET', '/api/v1/organization/export', { key })).statusCode).toBe(403);
    const answer = await api.call('GET', '/api/v1/organization/export');
    expect([answer.statusCode, answer.headers['content-disposition']]).toEqual([200, expect.stringMatching(/^attachment; filename="/)]);
    const document = organizationExportSchema.parse(answer.json());
    for (const [name, value] of Object.entries(document)) if (Array.isArray(value)) expect(value.length, name).toBeGreaterThan(0);
    expect(document.organization).toMatchObject({ id: api.ours.id, name: 'Organization quagga' });
    expect(document.endpoints[0]).toMatchObject({ id: ours.ids.endpoint, name: 'Endpoint quagga' });
    expect(document.incidents[0]?.timeline.map(({ type }) => type)).toEqual(expect.arrayContaining(['opened', 'note']));
    expect(document.statusSubscribers).toMatchObject([{ target: 'reader@quagga.invalid', statusPage: ours.ids.page }]);
    expect(document.dailyRollups).toMatchObject([{ date: '2026-11-01', probes: { up: 40, down: 2 }, region: 'default' }]);
    expect(document.auditLog[0]?.action).toBe('organization.exported');
    for (const secret of ours.secrets) expect(answer.body).not.toContain(secret);
    expect(answer.body).not.toContain('zebra');
    expect(answer.body).not.toContain(api.theirs.id);
  });

  it('is deleted by a signed-in owner alone, who confirms with its name and the password', async () => {
    const good = { confirm: 'Organization quagga', password: PASSWORD };
    const remove = (cookie: string, body: unknown) => as(cookie, 'DELETE', '/api/v1/organization', body);
    expect((await api.call('DELETE', '/api/v1/organization', { body: good })).statusCode).toBe(403);
    expect((await remove(await api.signIn(api.ours.emails.admin), good)).statusCode).toBe(403);
    for (const [body, status, pointer] of [
      [{}, 400, '/confirm'],
      [{ ...good, confirm: 'organization quagga' }, 400, '/confirm'],
      [{ ...good, confirm: api.theirs.id }, 400, '/confirm'],
      [{ confirm: good.confirm }, 400, '/password'],
      [{ ...good, password: 'wrong horse' }, 403, '/password'],
      [{ ...good, force: true }, 400, '/force'],
    ] as const) {
      const answer = await remove(owner, body);
      expect([answer.statusCode, pointers(answer)], answer.body).toEqual([status, [pointer]]);
    }
    expect(await api.db.organization.count({ where: { id: api.ours.id } })).toBe(1);
  });

  it('leaves no row that names it, is probed no more, and another organization keeps every row', async () => {
    const kept = await rowsNaming(api.theirs.id);
    const { seq } = await api.db.endpoint.findUniqueOrThrow({ where: { id: ours.ids.endpoint } });
    expect(Object.keys(await rowsNaming(api.ours.id))).toEqual(Object.keys(kept));
    expect((await as(owner, 'GET', '/status/quagga.json')).statusCode).toBe(401);
    const answer = await as(owner, 'DELETE', '/api/v1/organization', { confirm: api.ours.id, password: PASSWORD });
    expect(answer.statusCode, answer.body).toBe(204);

    expect(await rowsNaming(api.ours.id)).toEqual({ audit_log: 1 });
    const log = await api.db.auditLog.findMany({ where: { organizationId: INSTALLATION_LOG } });
    expect(log).toMatchObject([
      { action: 'organization.deleted', target: api.ours.id, actor: api.ours.emails.owner, address: '127.0.0.1', before: { members: 4 } },
    ]);
    for (const id of Object.values(ours.ids)) expect(await rowsNaming(id), id).toEqual({});
    // The installation's log keeps the name.
    expect(await rowsNaming('quagga')).toEqual({ audit_log: 1 });
    const claims = await claimDue(api.db, { now: new Date(Date.now() + 86_400_000), limit: 1000 });
    expect(claims.map(({ endpointId }) => endpointId)).toEqual([theirs.ids.endpoint]);
    expect(await api.db.$queryRaw`select seq from erased_endpoint`).toEqual([{ seq }]);
    while ((await eraseProbes(api.db)) > 0);
    for (const table of ['probe', 'probe_exchange'])
      expect(await api.db.$queryRawUnsafe(`select distinct endpoint_seq = ${seq} as gone from ${table}`), table).toEqual([{ gone: false }]);

    expect(await rowsNaming(api.theirs.id)).toEqual(kept);
    for (const key of Object.values(api.ours.keys)) expect((await api.call('GET', '/api/v1/me', { key })).statusCode).toBe(401);
    expect((await as(owner, 'GET', '/api/v1/me')).statusCode).toBe(403);
    expect((await as(owner, 'GET', '/api/v1/account')).json()).toMatchObject({ organizations: [] });
    expect((await as(owner, 'GET', '/status/quagga.json')).statusCode).toBe(404);
    await expect(api.db.$executeRaw`delete from audit_log where organization_id = ${INSTALLATION_LOG}`).rejects.toThrow(/append-only/);
  });
});

describe('an account', () => {
  it('is exported: who they are, where they sign in from, what they did', async () => {
    const email = 'export@people.example';
    const id = await person(email);
    const organization = await organizationOf([id, 'owner']);
    const cookie = await api.signIn(email);
    expect((await api.call('GET', '/api/v1/me/export', { key: api.theirs.keys.admin })).statusCode).toBe(403);
    await api.call('GET', '/api/v1/organization/export', { key: null, headers: { cookie } });
    const answer = await as(cookie, 'GET', '/api/v1/me/export');
    const document = accountExportSchema.parse(answer.json());
    expect(document.user).toMatchObject({ id, email, hasPassword: true });
    expect(document.organizations).toMatchObject([{ id: organization, role: 'owner' }]);
    expect(document.signIns).toMatchObject([{ provider: 'credential' }]);
    expect(document.sessions).toMatchObject([{ current: true }]);
    expect(document.actions).toMatchObject([{ action: 'organization.exported', organization, target: organization }]);
    expect(answer.body).not.toContain('scrypt');
  });

  it('stays while it is the last owner of an organization with other members, or the only member of one that is not named', async () => {
    const email = 'last@people.example';
    const id = await person(email);
    const shared = await organizationOf([id, 'owner'], [await person('other@people.example'), 'admin']);
    const own = await organizationOf([id, 'owner']);
    const cookie = await api.signIn(email);
    expect((await as(cookie, 'GET', '/api/v1/account')).json()).toMatchObject({
      organizations: [
        { id: shared, members: 2, owners: 1 },
        { id: own, members: 1, owners: 1 },
      ],
    });
    const remove = (body: object) => as(cookie, 'DELETE', '/api/v1/me', { confirm: email, password: PASSWORD, ...body });
    for (const [body, status, wrong] of [
      [{ confirm: 'somebody@people.example' }, 400, ['/confirm']],
      [{ password: 'wrong horse' }, 403, ['/password']],
      [{}, 409, ['', '/organizations']],
      [{ organizations: [own] }, 409, ['']],
      [{ organizations: [own, shared] }, 409, ['', '/organizations/1']],
    ] as const) {
      const answer = await remove(body);
      expect([answer.statusCode, pointers(answer)], answer.body).toEqual([status, wrong]);
    }
    expect((await api.call('DELETE', '/api/v1/me', { key: api.theirs.keys.admin, body: { confirm: email } })).statusCode).toBe(403);
    await api.db.member.updateMany({ where: { organizationId: shared, role: 'admin' }, data: { role: 'owner' } });
    const done = await remove({ organizations: [own] });
    expect(done.statusCode, done.body).toBe(204);

    expect((await as(cookie, 'GET', '/api/v1/account')).statusCode).toBe(401);
    await expect(api.signIn(email)).rejects.toThrow('401');
    expect(await rowsNaming(own)).toEqual({ audit_log: 1 });
    expect(await api.db.member.count({ where: { organizationId: shared } })).toBe(1);
    // The log of the organization that stays, and twice the installation's: by the id alone.
    expect(await rowsNaming(id)).toEqual({ audit_log: 3 });
    expect(await api.db.auditLog.count({ where: { organizationId: INSTALLATION_LOG, actor: email } })).toBe(0);
    expect(await api.db.auditLog.findMany({ where: { organizationId: shared } })).toMatchObject([
      { action: 'account.deleted', target: id },
    ]);
  });

  it('without a password is deleted in the hour after its sign-in, and not later', async () => {
    const email = 'social@people.example';
    const id = await person(email);
    const cookie = await api.signIn(email);
    await api.db.account.updateMany({ where: { userId: id }, data: { providerId: 'github', password: null } });
    await api.db.session.updateMany({ where: { userId: id }, data: { createdAt: new Date(Date.now() - 3_700_000) } });
    expect((await as(cookie, 'GET', '/api/v1/account')).json()).toMatchObject({ user: { hasPassword: false } });
    expect((await as(cookie, 'DELETE', '/api/v1/me', { confirm: email })).statusCode).toBe(403);
    await api.db.session.updateMany({ where: { userId: id }, data: { createdAt: new Date() } });
    expect((await as(cookie, 'DELETE', '/api/v1/me', { confirm: email })).statusCode).toBe(204);
    expect(await api.db.user.count({ where: { id } })).toBe(0);
  });

  it('of two owners who go at once one stays', async () => {
    const people = [await person('one@people.example'), await person('two@people.example')] as const;
    const organization = await organizationOf([people[0], 'owner'], [people[1], 'owner'], [await person('three@people.example'), 'viewer']);
    const cookies = [await api.signIn('one@people.example'), await api.signIn('two@people.example')] as const;
    const answers = await Promise.all([
      as(cookies[0], 'DELETE', '/api/v1/me', { confirm: 'one@people.example', password: PASSWORD }),
      as(cookies[1], 'DELETE', '/api/v1/me', { confirm: 'two@people.example', password: PASSWORD }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 409]);
    expect(await api.db.member.count({ where: { organizationId: organization, role: 'owner' } })).toBe(1);
  });
});

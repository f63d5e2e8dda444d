import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOST, PASSWORD, startApi, type TestApi } from './harness.ts';
import { totp } from './totp.ts';

const NEXT_PASSWORD = 'another battery staple';
const origin = `http://${HOST}`;
let api: TestApi;
let userId: string;
let email: string;
beforeAll(async () => {
  api = await startApi();
  email = api.ours.emails.member;
  userId = (await api.db.user.findUniqueOrThrow({ where: { email } })).id;
  // In two organizations: both want to know.
  await api.db.member.create({ data: { id: 'mem_second', organizationId: api.theirs.id, userId, role: 'viewer' } });
});
afterAll(() => api.close());

const post = (path: string, body: unknown, cookie = '') =>
  api.call('POST', `/api/auth/${path}`, { key: null, body, headers: { origin, cookie, 'user-agent': 'browser/1' } });
const cookiesOf = (answer: Awaited<ReturnType<typeof post>>) =>
  answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
const signIn = async (password = PASSWORD) => cookiesOf(await post('sign-in/email', { email, password }));
let seen: string[] = [];
/** What was written since the last call, of one organization; every organization of the user has the same. */
async function written() {
  const rows = await api.db.auditLog.findMany({ where: { id: { notIn: seen } }, orderBy: { id: 'asc' } });
  seen = [...seen, ...rows.map(({ id }) => id)];
  const [ours, theirs] = [api.ours.id, api.theirs.id].map((id) =>
    rows.flatMap((row) =>
      row.organizationId === id ? [{ action: row.action, target: row.target, before: row.before, after: row.after }] : [],
    ),
  );
  expect(theirs).toEqual(ours);
  for (const row of rows)
    expect(row).toMatchObject({ actor: email, actorKind: 'member', actorId: userId, address: '127.0.0.1', userAgent: 'browser/1' });
  return ours ?? [];
}
const plain = (action: string, sides: object = {}) => ({ action, target: userId, before: null, after: null, ...sides });

describe('what better-auth changes of an account', () => {
  it('stands in the log of every organization of the person, with where from and without a secret', async () => {
    const cookie = await signIn();
    expect(await written()).toEqual([]);
    await post('update-user', { name: 'Renamed' }, cookie);
    expect(await written()).toEqual([plain('account.renamed', { before: { name: 'member' }, after: { name: 'Renamed' } })]);
    await post('update-user', { name: 'Renamed' }, cookie);
    expect(await written()).toEqual([]);

    const enabled = await post('two-factor/enable', { password: PASSWORD }, cookie);
    const { totpURI, backupCodes } = enabled.json<{ totpURI: string; backupCodes: string[] }>();
    expect(await written()).toEqual([]);
    let session = cookiesOf(await post('two-factor/verify-totp', { code: totp(totpURI) }, cookie));
    expect(await written()).toEqual([plain('two_factor.enabled')]);
    const renewed = await post('two-factor/generate-backup-codes', { password: PASSWORD }, session);
    const [code = ''] = renewed.json<{ backupCodes: string[] }>().backupCodes;
    expect(await written()).toEqual([plain('two_factor.codes_renewed')]);
    const used = await post('two-factor/verify-backup-code', { code }, await signIn());
    expect(used.statusCode, used.body).toBe(200);
    expect(await written()).toEqual([plain('two_factor.code_used')]);
    session = cookiesOf(used);
    session = cookiesOf(await post('two-factor/disable', { password: PASSWORD }, session));
    expect(await written()).toEqual([plain('two_factor.disabled')]);

    const changed = await post(
      'change-password',
      { currentPassword: PASSWORD, newPassword: NEXT_PASSWORD, revokeOtherSessions: true },
      session,
    );
    expect(changed.statusCode, changed.body).toBe(200);
    expect((await written()).map(({ action }) => action)).toEqual(['password.changed', 'sessions.revoked']);
    await post('change-password', { currentPassword: 'wrong password', newPassword: PASSWORD }, cookiesOf(changed));
    expect(await written()).toEqual([]);
    const other = await api.db.session.findFirstOrThrow({ where: { userId } });
    await post('revoke-session', { token: other.token }, await signIn(NEXT_PASSWORD));
    expect(await written()).toEqual([{ action: 'session.revoked', target: other.id, before: null, after: null }]);

    const log = JSON.stringify(await api.db.auditLog.findMany());
    for (const secret of [...backupCodes, code, other.token, PASSWORD, NEXT_PASSWORD, new URL(totpURI).searchParams.get('secret') ?? ''])
      expect(log).not.toContain(secret);
  });

  it('tells which service a sign-in was added for, and which was taken away', async () => {
    const cookie = await signIn(NEXT_PASSWORD);
    await api.db.account.create({ data: { id: 'acc_github', accountId: '77', providerId: 'github', userId } });
    const gone = await post('unlink-account', { accountId: 'acc_github' }, cookie);
    expect(gone.statusCode, gone.body).toBe(200);
    expect(await written()).toEqual([plain('provider.unlinked', { before: { provider: 'github' } })]);
  });

  it('does not happen when its entry cannot be written', async () => {
    const cookie = await signIn(NEXT_PASSWORD);
    const before = await api.db.user.findUniqueOrThrow({ where: { id: userId } });
    await api.db.$executeRawUnsafe(`alter table audit_log add constraint closed check (action <> 'account.renamed') not valid`);
    const refused = await post('update-user', { name: 'Unseen' }, cookie);
    await api.db.$executeRawUnsafe('alter table audit_log drop constraint closed');
    expect(refused.statusCode).toBeGreaterThanOrEqual(400);
    expect(await api.db.user.findUniqueOrThrow({ where: { id: userId } })).toEqual(before);
    expect(await written()).toEqual([]);
  });

  it('of a new organization is its first entry', async () => {
    const made = await post('organization/create', { name: 'Third', slug: 'third' }, await signIn(NEXT_PASSWORD));
    const organizationId = made.json<{ id: string }>().id;
    const rows = await api.db.auditLog.findMany({ where: { organizationId } });
    expect(rows.map(({ action, after, address }) => [action, after, address])).toEqual([
      ['organization.created', { name: 'Third', owner: email }, '127.0.0.1'],
    ]);
  });
});

import { createHmac } from 'node:crypto';
import type { Account, AccountSession, ApiKey, AuditLogEntry, Invitation, Member, OrganizationSettings } from '@rollcall/contracts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

interface MockAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}
interface MockCall {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

const json = (body: unknown, status = 200): MockAnswer => ({ status, body });
const refusal = (status: number, code: string): MockAnswer => ({ status, body: { code, message: code } });
const problem = (status: number, code: string, detail: string, errors?: { pointer: string; message: string }[]): MockAnswer => ({
  status,
  body: { type: 'about:blank', title: code, status, code, detail, ...(errors === undefined ? {} : { errors }) },
});

/** The secret of the enrolment and the codes, as the API would make them. */
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
export const RECOVERY_CODES = Array.from({ length: 10 }, (_, index) => `k${index}fGh-Jq7w${index}`);

/** RFC 6238 with SHA-1, 30 s and six digits. */
export function totp(secret: string, atMs = Date.now()): string {
  const bits = [...secret].map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const user = (id: string, name: string, email: string) => ({ id, name, email });
const MAYA = user('usr_1', 'Maya Lind', 'maya@example.com');

function entries(): AuditLogEntry[] {
  const entry = (index: number, more: Partial<AuditLogEntry>): AuditLogEntry => ({
    id: `al_${String(1000 - index)}`,
    at: ago(index * 3.7 * HOUR),
    actor: MAYA.email,
    actorKind: 'member',
    actorId: MAYA.id,
    address: '198.51.100.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0.0.0',
    action: 'endpoint.updated',
    target: 'ep_docs',
    before: { name: 'Docs', intervalSeconds: 60, tags: ['prod'], expect: { toolsMin: 1 } },
    after: { name: 'Documentation', intervalSeconds: 30, tags: ['prod', 'team:docs'], expect: { toolsMin: 12 } },
    ...more,
  });
  const named: Partial<AuditLogEntry>[] = [
    {},
    { action: 'api_key.created', target: 'key_2', before: null, after: { name: 'CI', scopes: ['read', 'write'], expiresAt: null } },
    { actor: 'deploy bot', actorKind: 'api_key', actorId: 'key_1', action: 'config.applied', target: 'org_1', before: null, after: null },
    {
      action: 'channel.deleted',
      target: 'ch_old',
      before: { name: '<b>Old</b> \u202ehook', type: 'webhook', url: `https://hooks.example.com/${'long-'.repeat(40)}` },
      after: null,
    },
    { action: 'two_factor.disabled', target: MAYA.id, before: null, after: null },
    { action: 'account.renamed', target: MAYA.id, before: { name: 'M. Lind' }, after: { name: MAYA.name } },
    {
      actor: 'Rollcall',
      actorKind: 'system',
      actorId: null,
      address: null,
      userAgent: null,
      action: 'organization.created',
      target: 'org_1',
      before: null,
      after: { name: 'Northwind' },
    },
  ];
  return Array.from({ length: 64 }, (_, index) => entry(index, named[index] ?? {}));
}

function store() {
  const member = (id: string, of: Member['user'], role: Member['role']): Member => ({ id, user: of, role, createdAt: ago(90 * DAY) });
  const session = (id: string, more: Partial<AccountSession>): AccountSession => ({
    id,
    current: false,
    ipAddress: '198.51.100.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0',
    createdAt: ago(20 * DAY),
    lastUsedAt: ago(2 * DAY),
    expiresAt: ago(-10 * DAY),
    ...more,
  });
  const account: Account = {
    user: { ...MAYA, emailVerified: true, twoFactorEnabled: false, hasPassword: true },
    organizations: [
      { id: 'org_1', name: 'Northwind', memberId: 'mem_1', role: 'owner', members: 4, owners: 2 },
      { id: 'org_2', name: 'Contoso Labs', memberId: 'mem_9', role: 'viewer', members: 1, owners: 1 },
    ],
  };
  const organization: OrganizationSettings = {
    id: 'org_1',
    name: 'Northwind',
    slug: 'northwind',
    createdAt: ago(90 * DAY),
    signup: 'open',
    plan: 'starter',
    quotas: { endpoints: 50, channels: 10, minIntervalSeconds: 60 },
    usage: { endpoints: 47, channels: 3, members: 4 },
  };
  return {
    account,
    organization,
    password: 'correct horse',
    members: [
      member('mem_1', MAYA, 'owner'),
      member('mem_2', user('usr_2', 'Jonas Weber', 'jonas@example.com'), 'admin'),
      member('mem_3', user('usr_3', '<i>Ada</i>', 'a-very-long-address-of-somebody@department.subsidiary.example.com'), 'member'),
      member('mem_4', user('usr_4', 'Noor', 'noor@example.com'), 'viewer'),
    ],
    invitations: [
      { id: 'inv_2', email: 'kim@example.com', role: 'member', status: 'pending', expiresAt: ago(-5 * DAY), createdAt: ago(2 * DAY) },
      { id: 'inv_1', email: 'late@example.com', role: 'viewer', status: 'expired', expiresAt: ago(3 * DAY), createdAt: ago(10 * DAY) },
    ] as Invitation[],
    sessions: [
      session('ses_3', { current: true, createdAt: ago(2 * HOUR), lastUsedAt: ago(HOUR) }),
      session('ses_2', {
        ipAddress: '2001:db8:85a3::8a2e:370:7334',
        userAgent:
          'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      }),
      session('ses_1', { ipAddress: null, userAgent: null }),
    ],
    entries: entries(),
  };
}

/** What belongs to people and to the organization itself. Answers null for what is not of these. */
export function mockAccounts() {
  const data = store();
  return {
    data,
    /** Without a session. */
    public: (call: MockCall): MockAnswer | null => answerPublic(call, data),
    signedIn: (call: MockCall): MockAnswer | null => (call.path.startsWith('/api/auth/') ? answerAuth(call, data) : answerApi(call, data)),
  };
}
type Store = ReturnType<typeof store>;

function answerPublic({ path, body }: MockCall, data: Store): MockAnswer | null {
  switch (path) {
    case '/sign-in-options':
      return json({ signup: data.organization.signup, confirmsAddress: true, providers: ['github', 'google', 'oidc'] });
    case '/invitations/read': {
      if (body.token !== 'the-token-of-an-open-invitation')
        return problem(404, 'not_found', 'This invitation does not exist, was used or revoked, or has expired.');
      return json({
        organization: { name: 'Northwind' },
        email: 'kim@example.com',
        role: 'member',
        expiresAt: ago(-5 * DAY),
        hasAccount: false,
      });
    }
    case '/invitations/accept':
      return json({ organization: { id: 'org_1', name: 'Northwind' }, member: { id: 'mem_5', role: 'member' } });
    case '/api/auth/request-password-reset':
    case '/api/auth/send-verification-email':
      return json({ status: true });
    case '/api/auth/sign-up/email':
      return body.email === MAYA.email ? refusal(422, 'USER_ALREADY_EXISTS') : json({ token: null });
    case '/api/auth/sign-in/social':
      return json({ url: `/sign-in?error=account_not_linked`, redirect: true });
    case '/api/auth/reset-password':
      if (body.token !== 'good-token') return refusal(400, 'INVALID_TOKEN');
      data.password = String(body.newPassword);
      return json({ status: true });
    default:
      return null;
  }
}

function answerAuth({ path, body }: MockCall, { account, ...data }: Store): MockAnswer | null {
  const wrong = body.password !== undefined && body.password !== data.password;
  switch (path.replace('/api/auth/', '')) {
    case 'list-accounts':
      return json([{ providerId: 'credential' }, { providerId: 'github' }]);
    case 'update-user':
      account.user.name = String(body.name);
      return json({ status: true });
    case 'change-password':
      return body.currentPassword === data.password ? json({ token: null }) : refusal(400, 'INVALID_PASSWORD');
    case 'two-factor/enable':
      if (wrong) return refusal(400, 'INVALID_PASSWORD');
      return json({
        totpURI: `otpauth://totp/Rollcall:maya%40example.com?secret=${TOTP_SECRET}&issuer=Rollcall&digits=6&period=30`,
        backupCodes: RECOVERY_CODES,
      });
    case 'two-factor/verify-totp':
      if (body.code !== totp(TOTP_SECRET) && body.code !== totp(TOTP_SECRET, Date.now() - 30_000)) return refusal(401, 'INVALID_CODE');
      account.user.twoFactorEnabled = true;
      return json({ token: 'x' });
    case 'two-factor/generate-backup-codes':
      return wrong ? refusal(400, 'INVALID_PASSWORD') : json({ status: true, backupCodes: RECOVERY_CODES.toReversed() });
    case 'two-factor/disable':
      if (wrong) return refusal(400, 'INVALID_PASSWORD');
      account.user.twoFactorEnabled = false;
      return json({ status: true });
    case 'organization/set-active':
      return json({ id: body.organizationId });
    default:
      return null;
  }
}

function answerApi(call: MockCall, data: Store): MockAnswer | null {
  const [resource, id, sub] = call.path.split('/').filter(Boolean);
  switch (resource) {
    case 'account':
      return answerAccount(call, data);
    case 'members':
      return id === 'invitations' ? answerInvitations(call, data, sub) : answerMembers(call, data, id);
    case 'organization':
      if (id !== undefined) return null;
      if (call.method === 'DELETE') return answerEnd(call, data);
      if (call.method === 'PATCH' && call.body.slug === 'taken')
        return problem(409, 'conflict', 'Another organization has this slug.', [
          { pointer: '/slug', message: 'is taken by another organization' },
        ]);
      if (call.method === 'PATCH') Object.assign(data.organization, call.body);
      return json(data.organization);
    case 'audit-log':
      return answerAudit(call, data);
    case 'me':
      return call.method === 'DELETE' ? answerEnd(call, data) : null;
    default:
      return null;
  }
}

/** Says that it is done and keeps everything, for the tests that follow. */
function answerEnd({ body }: MockCall, data: Store): MockAnswer {
  if (body.password === data.password) return { status: 204 };
  return problem(403, 'forbidden', 'The password is wrong.', [{ pointer: '/password', message: 'is not your password' }]);
}

function answerAccount({ method, path }: MockCall, data: Store): MockAnswer | null {
  const [, sub, id] = path.split('/').filter(Boolean);
  if (sub === undefined && method === 'GET') return json(data.account);
  if (sub !== 'sessions') return null;
  if (id === 'revoke-others') data.sessions = data.sessions.filter((session) => session.current);
  else if (method === 'DELETE') data.sessions = data.sessions.filter((session) => session.id !== id);
  return method === 'GET' ? json({ data: data.sessions, nextCursor: null }) : { status: 204 };
}

function answerMembers({ method, body }: MockCall, data: Store, id: string | undefined): MockAnswer {
  const found = data.members.find((member) => member.id === id);
  if (id !== undefined && found === undefined) return problem(404, 'not_found', 'There is no such member.');
  if (found === undefined) return json({ data: data.members, nextCursor: null });
  const isLastOwner = found.role === 'owner' && data.members.filter(({ role }) => role === 'owner').length === 1;
  if (method !== 'GET' && isLastOwner)
    return problem(409, 'conflict', 'This is the last owner: give the ownership to another member first, or delete the organization.');
  if (method === 'DELETE') {
    data.members = data.members.filter((member) => member !== found);
    return { status: 204 };
  }
  return json(Object.assign(found, body));
}

function answerInvitations({ method, body }: MockCall, data: Store, id: string | undefined): MockAnswer {
  if (method === 'DELETE') {
    data.invitations = data.invitations.filter((invitation) => invitation.id !== id);
    return { status: 204 };
  }
  if (method === 'GET') return json({ data: data.invitations, nextCursor: null });
  const made = {
    id: `inv_${Date.now()}`,
    email: String(body.email),
    role: body.role as Invitation['role'],
    status: 'pending' as const,
    createdAt: ago(0),
    expiresAt: ago(-7 * DAY),
  };
  data.invitations = [made, ...data.invitations.filter(({ email }) => email !== made.email)];
  return json({ ...made, emailSent: true }, 201);
}

function answerAudit({ query }: MockCall, data: Store): MockAnswer {
  const [actor, action, target] = ['actor', 'action', 'target'].map((name) => query.get(name));
  const [from, to] = [query.get('from'), query.get('to')];
  if (from !== null && Number.isNaN(Date.parse(from)))
    return problem(400, 'invalid_request', 'The request is not valid.', [{ pointer: 'from', message: 'must be an instant' }]);
  const found = data.entries.filter(
    (entry) =>
      (actor == null || entry.actor === actor || entry.actorId === actor) &&
      (action == null || entry.action.startsWith(action.replace('*', ''))) &&
      (target == null || entry.target === target) &&
      (from === null || entry.at >= from) &&
      (to === null || entry.at < to),
  );
  const start = query.get('cursor') === null ? 0 : found.findIndex((entry) => entry.id === query.get('cursor')) + 1;
  const data50 = found.slice(start, start + 50);
  return json({ data: data50, nextCursor: start + 50 < found.length ? (data50.at(-1)?.id ?? null) : null });
}

/** `POST /api-keys` and its rotation, on the keys that the caller keeps. */
export function answerApiKeys({ method, body }: MockCall, keys: ApiKey[], [id, sub]: string[]): MockAnswer {
  const found = keys.find((key) => key.id === id);
  if (method === 'GET') return json({ data: keys, nextCursor: null });
  if (method === 'DELETE') {
    if (found !== undefined) keys.splice(keys.indexOf(found), 1);
    return { status: 204 };
  }
  const made: ApiKey = {
    id: `key_${keys.length + 1}`,
    name: found?.name ?? String(body.name),
    prefix: 'rc_new1',
    scopes: found?.scopes ?? (body.scopes as ApiKey['scopes']),
    createdAt: ago(0),
    expiresAt: (body.expiresAt as string | undefined) ?? null,
    lastUsedAt: null,
    revokedAt: null,
    replacedBy: null,
  };
  if (found !== undefined && sub === 'rotate')
    Object.assign(found, { replacedBy: made.id, expiresAt: ago(-Number(body.overlapSeconds) * 1000) });
  keys.push(made);
  return json({ ...made, key: 'rc_new1_this-is-shown-once' }, 201);
}

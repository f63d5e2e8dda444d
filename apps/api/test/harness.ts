import type { ApiKeyScope, MemberRole } from '@rollcall/core';
import { createSealer, newApiKey, newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { createMailer, type Mailer } from '@rollcall/notify';
import { createQueues, type Queues } from '@rollcall/queue';
import { type ChangeFeedTiming, createChangeFeed, hashPassword } from '@rollcall/services';
import { testDatabase } from '@rollcall/testkit';
import type { FastifyInstance, FastifyServerOptions, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../src/app.ts';
import { createAuth } from '../src/auth.ts';
import type { ApiDeps } from '../src/deps.ts';
import type { Oidc } from '../src/oidc.ts';

export const SECRET = Buffer.alloc(32, 9).toString('base64');
export const PASSWORD = 'correct horse battery';
export const HOST = 'rollcall.test:3000';

/** One organization with a key of every scope and a member of every role. */
export interface Tenant {
  readonly id: string;
  readonly keys: Readonly<Record<ApiKeyScope, string>>;
  readonly emails: Readonly<Record<MemberRole, string>>;
}

export interface TestApi {
  readonly app: FastifyInstance;
  readonly db: Db;
  readonly databaseUrl: string;
  readonly queues: Queues;
  readonly ours: Tenant;
  readonly theirs: Tenant;
  call(method: InjectOptions['method'], path: string, options?: CallOptions): Promise<LightMyRequestResponse>;
  /** Signs in and answers with the Cookie header of the session. */
  signIn(email: string): Promise<string>;
  close(): Promise<void>;
}

export interface CallOptions {
  /** Default: the admin key of `ours`; null: no credentials. */
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** The body as it is, instead of `body` as JSON. */
  readonly raw?: string | Buffer;
}

async function makeTenant(db: Db, name: string, passwordHash: string): Promise<Tenant> {
  const id = newId('org');
  await db.organization.create({ data: { id, name, slug: id } });
  const keys: Partial<Record<ApiKeyScope, string>> = {};
  for (const scope of ['read', 'write', 'admin'] as const) {
    const { key, prefix, hash } = newApiKey();
    await db.apiKey.create({ data: { id: newId('key'), organizationId: id, name: scope, prefix, hash, scopes: [scope] } });
    keys[scope] = key;
  }
  const emails: Partial<Record<MemberRole, string>> = {};
  for (const role of ['owner', 'admin', 'member', 'viewer'] as const) {
    const userId = newId('usr');
    const email = `${role}@${name}.example`;
    await db.user.create({ data: { id: userId, name: role, email, emailVerified: true } });
    await db.account.create({ data: { id: newId('usr'), accountId: userId, providerId: 'credential', userId, password: passwordHash } });
    await db.member.create({ data: { id: newId('mem'), organizationId: id, userId, role } });
    emails[role] = email;
  }
  return { id, keys: keys as Tenant['keys'], emails: emails as Tenant['emails'] };
}

/** An answer that never ends, as far as its first piece. */
async function beginningOf(answer: LightMyRequestResponse): Promise<LightMyRequestResponse> {
  const stream = answer.stream();
  const body = await new Promise<string>((resolve) => stream.once('data', (piece: Buffer) => resolve(piece.toString())));
  stream.destroy();
  return {
    statusCode: answer.statusCode,
    headers: answer.headers,
    body,
    json: () => JSON.parse(body) as never,
  } as unknown as LightMyRequestResponse;
}

/** The whole API on a real PostgreSQL, with two organizations that must never see each other. */
export async function startApi(
  options: {
    allowPrivate?: boolean;
    config?: Partial<ApiDeps['config']>;
    now?: () => Date;
    pingQueue?: () => Promise<void>;
    mailer?: Mailer;
    oidc?: Oidc;
    limits?: ApiDeps['limits'];
    logger?: FastifyServerOptions['logger'];
    eventsTiming?: ApiDeps['eventsTiming'];
    feedTiming?: Partial<ChangeFeedTiming>;
  } = {},
): Promise<TestApi> {
  const { db, url, close } = await testDatabase();
  // Opened when something is taken from it.
  const queues = createQueues({ databaseUrl: url, redisUrl: null });
  const passwordHash = await hashPassword(PASSWORD);
  const ours = await makeTenant(db, 'ours', passwordHash);
  const theirs = await makeTenant(db, 'theirs', passwordHash);
  const policy = { allowPrivate: options.allowPrivate ?? true };
  const publicUrl = `http://${HOST}`;
  const mailer = options.mailer ?? createMailer({ smtpUrl: null, from: 'rollcall@example.com', mailDir: '/nonexistent/mail' });
  const changes = createChangeFeed({ db, databaseUrl: url, ...(options.feedTiming ? { timing: options.feedTiming } : {}) });
  const app = await buildApp(
    {
      config: {
        publicUrl,
        region: 'default',
        smtpUrl: null,
        webUrl: null,
        metricsToken: 'metrics-token',
        logLevel: 'silent',
        signup: 'invite',
        publicCheck: true,
        signIn: { github: null, google: null, oidc: null },
        ...options.config,
      },
      db,
      sealer: createSealer(SECRET),
      policy,
      queues: { ping: options.pingQueue ?? (async () => undefined), probeTaker: (region) => queues.probeTaker(region) },
      notify: { policy, mailer, publicUrl },
      auth: createAuth(db, { publicUrl: options.config?.publicUrl ?? publicUrl, signup: options.config?.signup ?? 'invite' }, SECRET, {
        mailer,
        oidc: options.oidc ?? null,
      }),
      oidc: options.oidc ?? null,
      limits: options.limits ?? {},
      changes,
      ...(options.eventsTiming ? { eventsTiming: options.eventsTiming } : {}),
      now: options.now ?? (() => new Date()),
    },
    options.logger,
  );
  await app.ready();

  const call: TestApi['call'] = async (method = 'GET', path, { key = ours.keys.admin, headers = {}, body, raw } = {}) => {
    const endless = method === 'GET' && path.split('?')[0] === '/api/v1/events';
    const answer = await app.inject({
      ...(endless ? { payloadAsStream: true } : {}),
      method,
      url: path,
      headers: {
        host: HOST,
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined && raw === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(raw !== undefined ? { payload: raw } : body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return endless ? beginningOf(answer) : answer;
  };
  return {
    app,
    db,
    databaseUrl: url,
    queues,
    ours,
    theirs,
    call,
    async signIn(email) {
      const answer = await call('POST', '/api/auth/sign-in/email', {
        key: null,
        body: { email, password: PASSWORD },
        headers: { origin: publicUrl },
      });
      if (answer.statusCode !== 200) throw new Error(`sign-in answered ${answer.statusCode}: ${answer.body}`);
      return answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
    },
    async close() {
      await app.close();
      await changes.close();
      await queues.close();
      await close();
    },
  };
}

/** Everything that a refused call could have written. */
export async function rowCounts(db: Db): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ name: string; n: bigint }[]>`
    select 'endpoint' as name, count(*) as n from endpoint union all select 'state', count(*) from endpoint_state
    union all select 'schedule', count(*) from endpoint_schedule union all select 'channel', count(*) from channel
    union all select 'key', count(*) from api_key union all select 'audit', count(*) from audit_log
    union all select 'event', count(*) from incident_event union all select 'notice', count(*) from notice
    union all select 'page', count(*) from status_page union all select 'component', count(*) from status_component
    union all select 'report', count(*) from status_report union all select 'report update', count(*) from status_report_update
    union all select 'subscriber', count(*) from status_subscriber
    union all select 'accepted change', count(*) from tool_change where acknowledged_at is not null
    union all select 'user', count(*) from "user" union all select 'member', count(*) from member
    union all select 'invitation', count(*) from invitation
    union all select 'delivery', count(*) from delivery union all select 'idempotency', count(*) from idempotency_key`;
  return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]));
}

import { AppError } from '@rollcall/core';
import type { SendOutcome } from '@rollcall/notify';
import { type HttpSink, startHttpSink, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { downEvent, makeChannel, makeNotice, makeOrganization, sealer, sendDeps } from '../../test/notices.ts';
import { attemptNotice } from './attempt-notice.ts';
import { openChannelConfig, prepareChannelConfig } from './channel-config.ts';
import { claimNotices, LEASE_MS } from './claim-notices.ts';
import { expireNotices } from './expire-notices.ts';
import { listDeliveries } from './list-deliveries.ts';
import { recordDelivery } from './record-delivery.ts';
import { resendNotice } from './resend-notice.ts';
import { sendTest } from './send-test.ts';

let database: TestDatabase;
let org: string;
const t0 = new Date('2026-11-20T12:00:00.000Z');
const after = (ms: number) => new Date(t0.getTime() + ms);

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.organization.deleteMany();
  org = await makeOrganization(database.db);
});

const channel = (more: Parameters<typeof makeChannel>[3] = {}) => makeChannel(database.db, org, { url: 'http://127.0.0.1:9/hook' }, more);
const claim = (now: Date, limit = 100, perChannel = 100) => claimNotices(database.db, { now, limit, perChannel });
const outcome = (more: Partial<SendOutcome> = {}): SendOutcome => ({
  ok: true,
  retry: false,
  request: {},
  response: {},
  error: null,
  durationMs: 5,
  ...more,
});
const failure = (more: Partial<SendOutcome> = {}) => outcome({ ok: false, retry: true, error: 'answered 500', ...more });
const record = (noticeId: string, result: SendOutcome, at: Date) =>
  recordDelivery(database.db, { noticeId, startedAt: at, outcome: result, now: at });

describe('claimNotices', () => {
  it('gives each due notice to one alerter only, however many claim at once', async () => {
    const { id } = await channel();
    const ids = new Set<string>();
    for (let n = 0; n < 40; n += 1) ids.add(await makeNotice(database.db, org, id, { at: after(n) }));
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(after(1000), 10)));
    const got = claims.flat().map((notice) => notice.id);
    expect(new Set(got).size).toBe(got.length);
    // What a racing claim skipped is still there for the next one.
    while (got.length < ids.size) {
      const more = await claim(after(1000));
      expect(more.length).toBeGreaterThan(0);
      got.push(...more.map((notice) => notice.id));
    }
    expect(new Set(got)).toEqual(ids);
    expect(await claim(after(1000))).toEqual([]);
  });

  it('leaves what is not due, delivered, dead, leased or of a disabled channel', async () => {
    const { id } = await channel();
    const off = await channel({ enabled: false });
    await makeNotice(database.db, org, id, { at: after(60_000) });
    await makeNotice(database.db, org, id, { at: t0, status: 'delivered' });
    await makeNotice(database.db, org, id, { at: t0, status: 'dead' });
    await makeNotice(database.db, org, id, { at: t0, leaseUntil: after(30_000) });
    await makeNotice(database.db, org, off.id, { at: t0 });
    expect(await claim(after(1000))).toEqual([]);
  });

  it('gives a notice again when its holder died and the lease ran out, under the same id', async () => {
    const { id } = await channel();
    const noticeId = await makeNotice(database.db, org, id, { at: t0 });
    expect((await claim(t0)).map((n) => n.id)).toEqual([noticeId]);
    expect(await claim(after(LEASE_MS - 1))).toEqual([]);
    expect((await claim(after(LEASE_MS))).map((n) => n.id)).toEqual([noticeId]);
  });

  it('bounds what one channel has in flight, and serves every channel before any second notice, failing ones last', async () => {
    const busy = await channel();
    const failing = await channel({ failingSince: t0 });
    const quiet = await channel();
    for (let n = 0; n < 10; n += 1) {
      await makeNotice(database.db, org, busy.id, { at: after(n) });
      await makeNotice(database.db, org, failing.id, { at: after(n) });
    }
    await makeNotice(database.db, org, quiet.id, { at: after(500) });
    const first = await claim(after(1000), 2, 3);
    expect(new Set(first.map((n) => n.channel.id))).toEqual(new Set([busy.id, quiet.id]));
    const second = await claim(after(1000), 100, 3);
    const count = (id: string) => [...first, ...second].filter((n) => n.channel.id === id).length;
    expect([count(busy.id), count(failing.id), count(quiet.id)]).toEqual([3, 3, 1]);
    expect(await claim(after(1000), 100, 3)).toEqual([]);
  });

  it('keeps the order of one endpoint within a channel: the second waits for the first', async () => {
    const { id } = await channel();
    const down = await makeNotice(database.db, org, id, { at: t0, endpointId: 'ep_1' });
    const up = await makeNotice(database.db, org, id, { at: after(10), endpointId: 'ep_1', type: 'endpoint.recovered' });
    const other = await makeNotice(database.db, org, id, { at: after(20), endpointId: 'ep_2' });
    expect(new Set((await claim(after(1000))).map((n) => n.id))).toEqual(new Set([down, other]));
    await record(down, failure(), after(1100));
    expect((await claim(after(1200))).map((n) => n.id)).toEqual([]);
    await record(down, outcome(), after(1300));
    expect((await claim(after(1400))).map((n) => n.id)).toEqual([up]);
  });
});

describe('recordDelivery', () => {
  it('retries by the schedule, counts attempts, and after 24 h leaves a dead letter with its whole log', async () => {
    const { id } = await channel();
    const noticeId = await makeNotice(database.db, org, id, { at: t0 });
    let at = t0;
    const waits: number[] = [];
    for (;;) {
      const recorded = await record(noticeId, failure(), at);
      if (recorded?.nextAttemptAt === null || recorded === null) break;
      waits.push((recorded.nextAttemptAt.getTime() - at.getTime()) / 1000);
      at = recorded.nextAttemptAt;
    }
    expect(waits.slice(0, 6)).toEqual([5, 30, 120, 600, 1800, 3600]);
    const notice = await database.db.notice.findUniqueOrThrow({ where: { id: noticeId } });
    expect(notice).toMatchObject({ status: 'dead', attempts: waits.length + 1, nextAttemptAt: null, leaseUntil: null });
    const log = await listDeliveries(database.db, { organizationId: org, limit: 200 });
    expect(log.data.map((d) => d.attempt).sort((a, b) => a - b)).toEqual(Array.from({ length: waits.length + 1 }, (_, n) => n + 1));
  });

  it('gives up at once when the receiver is gone for good', async () => {
    const { id } = await channel();
    const noticeId = await makeNotice(database.db, org, id, { at: t0 });
    expect(await record(noticeId, failure({ retry: false }), t0)).toMatchObject({ noticeStatus: 'dead', nextAttemptAt: null });
  });

  it('writes two rows and no error when two alerters both sent, and a success stays a success', async () => {
    const { id } = await channel();
    const noticeId = await makeNotice(database.db, org, id, { at: t0 });
    const both = await Promise.all([record(noticeId, outcome(), t0), record(noticeId, failure(), t0)]);
    expect(both.map((r) => r?.attempt).sort()).toEqual([1, 2]);
    expect(await database.db.notice.findUniqueOrThrow({ where: { id: noticeId } })).toMatchObject({ status: 'delivered', attempts: 2 });
  });

  it('marks the channel as failing from its first failure until it works, then sends what waited', async () => {
    const { id } = await channel();
    const [a, b] = [await makeNotice(database.db, org, id, { at: t0 }), await makeNotice(database.db, org, id, { at: t0 })];
    for (let n = 0; n < 6; n += 1) await record(a, failure(), after(n * 1000));
    await record(b, failure(), after(7000));
    expect((await database.db.channel.findUniqueOrThrow({ where: { id } })).failingSince).toEqual(t0);
    await record(b, outcome(), after(8000));
    expect((await database.db.channel.findUniqueOrThrow({ where: { id } })).failingSince).toBeNull();
    expect((await claim(after(8000))).map((n) => n.id)).toEqual([a]);
  });

  it('holds the whole channel back when the receiver says Retry-After, and no other channel', async () => {
    const { id } = await channel();
    const other = await channel();
    const limited = await makeNotice(database.db, org, id, { at: t0 });
    const waiting = await makeNotice(database.db, org, id, { at: after(1) });
    const free = await makeNotice(database.db, org, other.id, { at: after(2) });
    await record(limited, failure({ retryAfterMs: 90_000 }), after(10));
    expect((await claim(after(80_000))).map((n) => n.id)).toEqual([free]);
    expect(new Set((await claim(after(90_010))).map((n) => n.id))).toEqual(new Set([limited, waiting]));
  });

  it('is not defeated by what a receiver answers: zero bytes and halves of characters are stored as replacements', async () => {
    const { id } = await channel();
    const noticeId = await makeNotice(database.db, org, id, { at: t0 });
    const hostile = 'a\u0000b\ud800c';
    const recorded = await record(noticeId, failure({ response: { [hostile]: hostile }, request: { hostile }, error: hostile }), t0);
    expect(recorded).toMatchObject({ attempt: 1, noticeStatus: 'pending' });
  });

  it('says nothing of a notice that was deleted meanwhile', async () => {
    expect(await record('msg_gone', outcome(), t0)).toBeNull();
  });
});

describe('resendNotice', () => {
  it('starts a fresh round under the same id, and is written to the audit log', async () => {
    const { id } = await channel();
    const noticeId = await makeNotice(database.db, org, id, { at: t0 });
    await record(noticeId, failure({ retry: false }), t0);
    const later = after(48 * 3_600_000);
    await resendNotice(database.db, { organizationId: org, actor: 'usr_1', now: later, noticeId });
    expect((await claim(later)).map((n) => n.id)).toEqual([noticeId]);
    expect(await record(noticeId, failure(), later)).toMatchObject({
      attempt: 2,
      noticeStatus: 'pending',
      nextAttemptAt: new Date(later.getTime() + 5000),
    });
    expect(await database.db.auditLog.findFirst({ where: { organizationId: org } })).toMatchObject({
      action: 'notice.resent',
      target: noticeId,
    });
  });

  it('refuses another organization’s notice and a delivered one', async () => {
    const { id } = await channel();
    const noticeId = await makeNotice(database.db, org, id, { at: t0 });
    const stranger = await makeOrganization(database.db);
    const command = { actor: 'usr_1', now: t0, noticeId };
    await expect(resendNotice(database.db, { ...command, organizationId: stranger })).rejects.toMatchObject({ code: 'not_found' });
    await record(noticeId, outcome(), t0);
    await expect(resendNotice(database.db, { ...command, organizationId: org })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('expireNotices', () => {
  it('gives up after a day what waits for a disabled channel, and nothing else', async () => {
    const off = await channel({ enabled: false });
    const on = await channel();
    const old = await makeNotice(database.db, org, off.id, { at: t0 });
    await makeNotice(database.db, org, off.id, { at: after(23 * 3_600_000) });
    await makeNotice(database.db, org, on.id, { at: t0 });
    expect(await expireNotices(database.db, after(24 * 3_600_000 + 1))).toBe(1);
    expect((await database.db.notice.findUniqueOrThrow({ where: { id: old } })).status).toBe('dead');
  });
});

describe('sendTest', () => {
  let sink: HttpSink;
  const deps = () => ({ db: database.db, sealer, notify: sendDeps, onFault: (error: unknown) => expect.fail(String(error)) });
  const send = (channelId: string, organizationId = org) =>
    sendTest(deps(), { organizationId, channelId, actor: 'usr_1', now: new Date() });

  it('sends a signed test now and shows its delivery', async () => {
    sink = await startHttpSink();
    const { id, secret } = await makeChannel(database.db, org, { url: sink.url });
    const result = await send(id);
    await sink.close();
    expect(result).toMatchObject({
      delivered: true,
      delivery: { channelId: id, type: 'test', attempt: 1, status: 'delivered', nextAttemptAt: null },
    });
    const [request] = sink.requests;
    expect(request?.headers['webhook-id']).toBe(result.delivery.noticeId);
    expect(new Webhook(secret ?? '').verify(request?.body.toString() ?? '', request?.headers as Record<string, string>)).toMatchObject({
      type: 'test',
    });
  });

  it('tells a failure and does not retry it', async () => {
    sink = await startHttpSink({ respond: () => ({ status: 500 }) });
    const { id } = await makeChannel(database.db, org, { url: sink.url });
    const result = await send(id);
    await sink.close();
    expect(result).toMatchObject({ delivered: false, delivery: { status: 'failed', error: 'answered 500', nextAttemptAt: null } });
    expect(await claim(after(10 * 24 * 3_600_000))).toEqual([]);
  });

  it('knows no channel of another organization', async () => {
    const { id } = await channel();
    await expect(send(id, await makeOrganization(database.db))).rejects.toBeInstanceOf(AppError);
  });
});

describe('listDeliveries', () => {
  it('pages newest first, filters, and shows no other organization’s', async () => {
    const { id } = await channel();
    for (let n = 0; n < 5; n += 1) {
      const noticeId = await makeNotice(database.db, org, id, { at: after(n) });
      await record(noticeId, n % 2 === 0 ? outcome() : failure(), after(1000 * (n + 1)));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listDeliveries(database.db, { organizationId: org, limit: 2, cursor });
      seen.push(...page.data.map((d) => d.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual([...seen].sort().reverse());
    expect((await listDeliveries(database.db, { organizationId: org, limit: 50, status: 'failed' })).data).toHaveLength(2);
    expect((await listDeliveries(database.db, { organizationId: await makeOrganization(database.db), limit: 50 })).data).toEqual([]);
  });
});

describe('attemptNotice', () => {
  const target = { id: 'ch_1', type: 'webhook' as const };

  it('turns a configuration that cannot be decrypted and a damaged payload into recorded failures', async () => {
    const faults: unknown[] = [];
    const hear = (error: unknown) => faults.push(error);
    const base = { noticeId: 'msg_1', attempt: 1, payload: downEvent(), now: t0 };
    const locked = await attemptNotice(sealer, sendDeps, { ...base, channel: { ...target, sealedConfig: 'nonsense' } }, hear);
    expect(locked).toMatchObject({ ok: false, retry: true, error: expect.stringContaining('ROLLCALL_SECRET') });
    const { sealed } = await prepareChannelConfig(
      { sealer, policy: { allowPrivate: true } },
      { ...target, config: { url: 'http://127.0.0.1:9' } },
    );
    const damaged = await attemptNotice(
      sealer,
      sendDeps,
      { ...base, payload: { type: 'x' }, channel: { ...target, sealedConfig: sealed } },
      hear,
    );
    expect(damaged).toMatchObject({ ok: false, retry: false });
    expect(faults).toHaveLength(2);
  });
});

describe('prepareChannelConfig', () => {
  const prepare = (config: unknown, allowPrivate = true, previous?: unknown) =>
    prepareChannelConfig(
      { sealer, policy: { allowPrivate } },
      { id: 'ch_1', type: 'webhook', config, ...(previous === undefined ? {} : { previous }) },
    );

  it('names every wrong member', async () => {
    await expect(prepare({ url: 'nope', surprise: 1 })).rejects.toMatchObject({
      code: 'invalid_request',
      culprits: expect.arrayContaining([
        expect.objectContaining({ pointer: '/config/url' }),
        expect.objectContaining({ pointer: '/config/surprise' }),
      ]),
    });
  });

  it('refuses a private address unless the installation allows it', async () => {
    for (const url of ['http://127.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/latest', 'http://localhost:3000/'])
      await expect(prepare({ url }, false)).rejects.toMatchObject({
        culprits: [{ pointer: '/config/url', message: 'is not a public address' }],
      });
    await expect(prepare({ url: 'http://127.0.0.1/' })).resolves.toBeDefined();
  });

  it('keeps former secrets where the form sent back their marks', async () => {
    const first = await prepare({ url: 'http://127.0.0.1/', headers: { 'X-Key': 'abcdef' } });
    const former = openChannelConfig(sealer, 'ch_1', first.sealed);
    const second = await prepare({ ...first.info, url: 'http://127.0.0.1/new' }, true, former);
    expect(openChannelConfig(sealer, 'ch_1', second.sealed)).toEqual({ ...(former as object), url: 'http://127.0.0.1/new' });
    expect(second.generatedSecret).toBeUndefined();
    expect(JSON.stringify(first.info)).not.toContain('abcdef');
  });
});

import type { SendOutcome } from '@rollcall/notify';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeChannel, makeNotice, makeOrganization } from '../../test/notices.ts';
import { claimNotices } from './claim-notices.ts';
import { recordDelivery } from './record-delivery.ts';

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

const channel = (more: Parameters<typeof makeChannel>[3] = {}, organization = org) =>
  makeChannel(database.db, organization, more.type === 'email' ? { to: 'a@example.com' } : { url: 'http://127.0.0.1:9/hook' }, more);
const record = (noticeId: string, at: Date, more: Partial<SendOutcome> = {}) =>
  recordDelivery(database.db, {
    noticeId,
    startedAt: at,
    now: at,
    outcome: { ok: false, retry: true, request: {}, response: {}, error: 'answered 500', durationMs: 5, ...more },
  });
const works = { ok: true, retry: false, error: null };
const told = async () =>
  (await database.db.notice.findMany({ where: { type: { startsWith: 'channel.' } }, orderBy: { id: 'asc' } })).map(
    ({ type, channelId }) => [type, channelId],
  );
const fail = async (id: string, times: number, from = 0) => {
  const noticeId = await makeNotice(database.db, org, id, { at: after(from) });
  for (let n = 0; n < times; n += 1) await record(noticeId, after(from + n * 1000));
  return noticeId;
};

describe('a channel that fails', () => {
  it('is told once by another channel of the organization after five failures in a row, and again when it works', async () => {
    const broken = await channel({ name: 'ops' });
    await channel();
    const mail = await channel({ type: 'email' });
    await channel({ type: 'email' }, await makeOrganization(database.db));
    const noticeId = await fail(broken.id, 4);
    expect(await told()).toEqual([]);
    await record(noticeId, after(5000));
    await record(noticeId, after(6000));
    expect(await told()).toEqual([['channel.failing', mail.id]]);
    const row = await database.db.channel.findUniqueOrThrow({ where: { id: broken.id } });
    expect(row).toMatchObject({ failures: 6, failingSince: t0, unhealthyAt: after(5000) });
    const [notice] = await database.db.notice.findMany({ where: { type: 'channel.failing' } });
    expect(notice?.payload).toMatchObject({
      data: { details: { channel: { name: 'ops', type: 'webhook' }, failures: 5, error: 'answered 500' } },
    });
    await record(noticeId, after(7000), works);
    expect(await told()).toEqual([
      ['channel.failing', mail.id],
      ['channel.recovered', mail.id],
    ]);
    expect(await database.db.channel.findUniqueOrThrow({ where: { id: broken.id } })).toMatchObject({
      failures: 0,
      failingSince: null,
      unhealthyAt: null,
    });
  });

  it('is told at once when a notice is given up, but not for a test by hand', async () => {
    const broken = await channel();
    const other = await channel();
    const test = await makeNotice(database.db, org, broken.id, { at: t0, type: 'test' });
    for (let n = 0; n < 9; n += 1) await record(test, after(n), { retry: false });
    expect(await told()).toEqual([]);
    await record(await makeNotice(database.db, org, broken.id, { at: t0 }), after(100), { retry: false });
    expect(await told()).toEqual([['channel.failing', other.id]]);
  });

  it('a success in between begins the count anew, and nobody is told of a recovery that was no news', async () => {
    const shaky = await channel();
    await channel();
    await fail(shaky.id, 4);
    await record(await makeNotice(database.db, org, shaky.id, { at: t0 }), after(4500), works);
    await fail(shaky.id, 4, 5000);
    await record(await makeNotice(database.db, org, shaky.id, { at: t0 }), after(9500), works);
    expect(await told()).toEqual([]);
  });

  it('tells nobody when there is nobody, and never by way of one that is out of order itself', async () => {
    const [a, b] = [await channel(), await channel()];
    await fail(a.id, 5);
    expect(await told()).toEqual([['channel.failing', b.id]]);
    await fail(b.id, 5);
    expect(await told()).toEqual([['channel.failing', b.id]]);
  });
});

describe('a channel that asks for patience', () => {
  it('is left alone until then, also by notices that come later; a success in flight changes nothing; it is no failure', async () => {
    const limited = await channel();
    const free = await channel();
    const [first, flying] = [
      await makeNotice(database.db, org, limited.id, { at: t0 }),
      await makeNotice(database.db, org, limited.id, { at: t0 }),
    ];
    for (let n = 0; n < 6; n += 1) await record(first, after(n), { retryAfterMs: 90_000, error: 'answered 429' });
    const late = await makeNotice(database.db, org, limited.id, { at: after(1000) });
    const other = await makeNotice(database.db, org, free.id, { at: after(1000) });
    await record(flying, after(2000), works);
    const claim = async (at: Date) =>
      (await claimNotices(database.db, { now: at, limit: 100, perChannel: 100 })).map(({ id }) => id).sort();
    expect(await claim(after(80_000))).toEqual([other]);
    expect(await claim(after(90_005))).toEqual([first, late].sort());
    expect(await told()).toEqual([]);
  });
});

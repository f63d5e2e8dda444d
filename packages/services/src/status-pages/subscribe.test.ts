import {
  createEndpointSchema,
  createReportSchema,
  createReportUpdateSchema,
  createStatusPageSchema,
  type StatusPage,
} from '@rollcall/contracts';
import { newId } from '@rollcall/crypto';
import { createMailer, type Mailer, type SendDeps } from '@rollcall/notify';
import { type HttpSink, type SmtpSink, startHttpSink, startSmtpSink, type TestDatabase, testDatabase } from '@rollcall/testkit';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealer } from '../../test/notices.ts';
import { type Actor, scopesOf } from '../access/actor.ts';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';
import { attemptNotice } from '../notices/attempt-notice.ts';
import { claimNotices } from '../notices/claim-notices.ts';
import { listDeliveries } from '../notices/list-deliveries.ts';
import { recordDelivery } from '../notices/record-delivery.ts';
import { announceIncidents } from './announce.ts';
import { addReportUpdate, createReport, updateReport } from './reports.ts';
import { createStatusPage } from './status-pages.ts';
import { confirmSubscription, forgetUnconfirmed, subscribe, unsubscribe } from './subscribe.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const publicUrl = 'https://rollcall.example';
let database: TestDatabase;
let mails: SmtpSink;
let hooks: HttpSink;
let mailer: Mailer;
let actor: Actor;
let page: StatusPage;
let endpoint: string;

beforeAll(async () => {
  database = await testDatabase();
  mails = await startSmtpSink();
  mailer = createMailer({ smtpUrl: mails.url, from: 'Rollcall <rollcall@example.com>', mailDir: '/nonexistent' });
});
afterAll(async () => {
  mailer.close();
  await mails.close();
  await database.close();
});

beforeEach(async () => {
  await hooks?.close();
  hooks = await startHttpSink();
  (mails.messages as unknown[]).length = 0;
  await database.db.organization.deleteMany();
  const organizationId = newId('org');
  await database.db.organization.create({ data: { id: organizationId, name: 'o', slug: organizationId } });
  actor = { organizationId, kind: 'api_key', id: 'key_x', label: 'x', role: null, scopes: scopesOf(['admin']) };
  const input = createEndpointSchema.parse({ name: 'Inside', url: 'https://inside.example/mcp' });
  endpoint = await database.db.$transaction((tx) =>
    insertEndpoint(tx, { sealer, region: 'default' }, organizationId, input, { demo: false, now: NOW }),
  );
  page = await make('acme', {});
});

const reports = () => ({ db: database.db, publicUrl });
const make = (slug: string, more: object) =>
  createStatusPage(
    reports(),
    actor,
    createStatusPageSchema.parse({ slug, title: 'Acme', components: [{ endpoint, name: 'Search' }], ...more }),
    NOW,
  );
const subscribed = (to = page) => ({ id: to.id, organizationId: actor.organizationId, title: to.title, url: to.url });
const deps = (allowPrivate = true) => ({ db: database.db, sealer, policy: { allowPrivate } });
const mail = (email = 'reader@example.com', at = NOW, to = page) => subscribe(deps(), subscribed(to), { type: 'email', email }, at);

/** The alerter's work until nothing is due. */
async function deliver(now = NOW): Promise<void> {
  const notify: SendDeps = { policy: { allowPrivate: true }, mailer, publicUrl };
  for (;;) {
    const claimed = await claimNotices(database.db, { now, limit: 100, perChannel: 100 });
    if (claimed.length === 0) return;
    for (const { id: noticeId, payload, channel } of claimed) {
      const outcome = await attemptNotice(sealer, notify, { noticeId, attempt: 1, payload, channel, now }, (error) => {
        throw error;
      });
      await recordDelivery(database.db, { noticeId, startedAt: now, outcome, now });
    }
  }
}
const plain = (raw: string) => raw.replaceAll('=\r\n', '').replaceAll('=3D', '=').replaceAll('\r\n ', ' ');
const lastMail = () => plain(mails.messages.at(-1)?.raw ?? '');
const tokenIn = (text: string, verb: string) =>
  new RegExp(`https://rollcall\\.example/status/[\\w-]+/${verb}\\?token=([\\w-]{32})`).exec(text)?.[1] ?? '';

async function confirmed(email = 'reader@example.com', to = page): Promise<void> {
  await mail(email, NOW, to);
  await deliver();
  expect(await confirmSubscription(database.db, tokenIn(lastMail(), 'confirm'), NOW)).toBe(true);
  (mails.messages as unknown[]).length = 0;
}

describe('subscribing', () => {
  it('asks the address first, and tells it nothing else before it says yes', async () => {
    await mail();
    await createReport(reports(), actor, page.id, createReportSchema.parse({ title: 'Before', text: 'x' }), NOW);
    await deliver();
    expect(mails.messages.map(({ to }) => to)).toEqual([['reader@example.com']]);
    const text = lastMail();
    expect(text).toContain('Subject: [Acme] Confirm that you want to hear from Acme');
    expect(await confirmSubscription(database.db, 'made-up', NOW)).toBe(false);
    expect(await confirmSubscription(database.db, tokenIn(text, 'unsubscribe'), NOW)).toBe(false);
    expect(await confirmSubscription(database.db, tokenIn(text, 'confirm'), NOW)).toBe(true);
    const stored = JSON.stringify([
      await database.db.statusSubscriber.findMany(),
      await database.db.notice.findMany(),
      await database.db.channel.findMany(),
      await database.db.delivery.findMany(),
    ]);
    expect(stored).not.toContain(tokenIn(text, 'confirm'));
    expect(stored).not.toContain(tokenIn(text, 'unsubscribe'));
  });

  it('floods nobody: an address is asked once an hour, a subscriber not again, both without a word to the asker', async () => {
    await Promise.all([mail(), mail('Reader@Example.com'), mail()]);
    await mail('reader@example.com', after(59));
    await deliver(after(59));
    expect(mails.messages).toHaveLength(1);
    await mail('reader@example.com', after(60));
    await deliver(after(60));
    expect(mails.messages).toHaveLength(2);
    await confirmSubscription(database.db, tokenIn(lastMail(), 'confirm'), after(60));
    await mail('reader@example.com', after(600));
    await deliver(after(600));
    expect(mails.messages).toHaveLength(2);
    expect(await database.db.statusSubscriber.count()).toBe(1);
  });

  it('forgets who never confirmed, and keeps who did', async () => {
    await confirmed('kept@example.com');
    await mail('silent@example.com');
    expect(await forgetUnconfirmed(database.db, after(7 * 1440 + 1))).toBe(1);
    expect((await database.db.statusSubscriber.findMany()).map(({ target }) => target)).toEqual(['kept@example.com']);
  });

  it('refuses a webhook inside, and names it', async () => {
    const error = await subscribe(deps(false), subscribed(), { type: 'webhook', url: 'http://169.254.169.254/x' }, NOW).catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: 'invalid_request', culprits: [{ pointer: '/url' }] });
    expect(await database.db.channel.count()).toBe(0);
  });
});

describe('a report', () => {
  it('is told once an update and subscriber, with a link and a button that end it', async () => {
    await confirmed();
    await confirmed('second@example.com');
    const body = { title: 'Slow search', text: 'We look into it.', affected: [{ component: 'search' }] };
    const report = await createReport(reports(), actor, page.id, createReportSchema.parse(body), NOW);
    await deliver();
    expect(mails.messages.map(({ to }) => to[0]).sort()).toEqual(['reader@example.com', 'second@example.com']);
    const text = lastMail();
    expect(text).toContain('Subject: [Acme] Investigating: Slow search');
    expect(text).toContain('We look into it.');
    expect(text).toContain(`${publicUrl}/status/acme/incidents/${report.id}`);
    expect(text).toMatch(/List-Unsubscribe: <https:\/\/rollcall\.example\/status\/acme\/unsubscribe\?token=[\w-]{32}>/);
    expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    await updateReport(reports(), actor, page.id, report.id, { title: 'Slower search' }, NOW);
    await addReportUpdate(
      reports(),
      actor,
      page.id,
      report.id,
      createReportUpdateSchema.parse({ status: 'resolved', text: 'Mended.' }),
      after(5),
    );
    await deliver(after(5));
    expect(mails.messages).toHaveLength(4);
    expect(lastMail()).toContain('Resolved: Slower search');

    await unsubscribe(database.db, tokenIn(text, 'unsubscribe'));
    await unsubscribe(database.db, tokenIn(text, 'unsubscribe'));
    expect([await database.db.statusSubscriber.count(), await database.db.channel.count()]).toEqual([1, 1]);
  });

  it('that is a draft is told when it is published, and on a page that nobody sees not at all', async () => {
    await confirmed();
    const hidden = await make('hidden', { published: false });
    const draft = await createReport(
      reports(),
      actor,
      page.id,
      createReportSchema.parse({ title: 'Draft', text: 'x', published: false }),
      NOW,
    );
    await addReportUpdate(
      reports(),
      actor,
      page.id,
      draft.id,
      createReportUpdateSchema.parse({ status: 'identified', text: 'Found.' }),
      after(1),
    );
    await createReport(reports(), actor, hidden.id, createReportSchema.parse({ title: 'Hidden', text: 'x' }), NOW);
    await deliver(after(1));
    expect(mails.messages).toHaveLength(0);
    await updateReport(reports(), actor, page.id, draft.id, { published: true }, after(2));
    await deliver(after(2));
    expect(mails.messages).toHaveLength(1);
    expect(lastMail()).toContain('Identified: Draft');
  });

  it('reaches a webhook signed with the subscriber’s secret, and shows his tokens to no reader of the log', async () => {
    const secret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
    await subscribe(deps(), subscribed(), { type: 'webhook', url: `${hooks.url}/in`, secret }, NOW);
    await deliver();
    const asked = JSON.parse(String(hooks.requests[0]?.body));
    expect(asked).toMatchObject({ type: 'status.confirm', data: { page: { title: 'Acme' } } });
    const token = tokenIn(asked.data.subscription.confirmUrl, 'confirm');
    expect(await confirmSubscription(database.db, token, NOW)).toBe(true);
    await createReport(reports(), actor, page.id, createReportSchema.parse({ title: 'Slow', text: 'Words.' }), NOW);
    await deliver();
    const request = hooks.requests[1];
    const body = String(request?.body);
    const signature = new Webhook(secret).sign(String(request?.headers['webhook-id']), NOW, body);
    expect(request?.headers['webhook-signature']).toBe(signature);
    expect(JSON.parse(body)).toMatchObject({
      type: 'status.updated',
      data: { entry: { title: 'Slow', status: 'investigating', text: 'Words.' } },
    });
    const log = JSON.stringify(await listDeliveries(database.db, { organizationId: actor.organizationId, limit: 10 }));
    expect(log).toContain('status.updated');
    expect(log).not.toContain(token);
  });
});

describe('a measured incident', () => {
  const open = (id: string, resolvedAt: Date | null = null) =>
    database.db.incident.create({
      data: {
        id,
        organizationId: actor.organizationId,
        endpointId: endpoint,
        severity: 'down',
        openedAt: NOW,
        confirmedAt: after(1),
        resolvedAt,
        causeCode: 'tcp.refused',
        cause: { title: 'Secret' },
      },
    });
  const announce = (minutes: number) => announceIncidents(database.db, { publicUrl, now: after(minutes) });

  it('is told once when it appears and once when it ends, however many look, without what is private', async () => {
    await confirmed();
    await open('inc_one');
    expect((await Promise.all([announce(2), announce(2), announce(2)])).reduce((sum, n) => sum + n, 0)).toBe(1);
    await database.db.incident.update({ where: { id: 'inc_one' }, data: { resolvedAt: after(9) } });
    expect([await announce(10), await announce(11)]).toEqual([1, 0]);
    await deliver(after(11));
    expect(mails.messages.map(({ raw }) => /Subject: (.*)/.exec(raw)?.[1]?.trim()).sort()).toEqual([
      '[Acme] Investigating: Search is out of service',
      '[Acme] Resolved: Search is out of service',
    ]);
    expect(mails.messages.map(({ raw }) => plain(raw)).join()).not.toMatch(/Secret|inside\.example|tcp\.refused|Inside/);
  });

  it('is told to each in his own language, as the question whether he wants to hear of it was', async () => {
    await subscribe(deps(), subscribed(), { type: 'email', email: 'leserin@example.com', language: 'de' }, NOW);
    await deliver();
    expect(lastMail()).toMatch(/Abonnement best=?[\s\S]*tigen|Best.*tigen Sie Ihr Abonnement/);
    await database.db.statusSubscriber.updateMany({ data: { confirmedAt: NOW } });
    await open('inc_de');
    expect(await announce(2)).toBe(1);
    await deliver(after(2));
    expect(lastMail()).toContain('Search ist ausgefallen');
    expect(lastMail()).toContain('Auf der Statusseite lesen');
    expect(mails.messages.at(-1)?.raw).toContain('lang=3D"de"');
  });

  it('waits for the delay of the page, is not told when it is over before, and never where people publish by hand', async () => {
    const late = await make('late', { publishing: { mode: 'delayed', minutes: 10 } });
    const manual = await make('manual', { publishing: { mode: 'manual' } });
    await database.db.statusPage.delete({ where: { id: page.id } });
    await confirmed('late@example.com', late);
    await confirmed('manual@example.com', manual);
    await open('inc_short', after(5));
    expect(await announce(20)).toBe(0);
    await open('inc_long');
    expect([await announce(10), await announce(11), await announce(12)]).toEqual([0, 1, 0]);
    expect(await database.db.notice.count({ where: { type: 'status.updated' } })).toBe(1);
  });

  it('is no news to who subscribes later, nor a day after', async () => {
    await open('inc_old');
    await confirmed();
    await database.db.statusSubscriber.updateMany({ data: { confirmedAt: after(30) } });
    expect([await announce(31), await announce(32)]).toEqual([0, 0]);
    await database.db.statusAnnouncement.deleteMany();
    await database.db.statusSubscriber.updateMany({ data: { confirmedAt: NOW } });
    expect(await announce(1 + 1441)).toBe(0);
  });
});

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { httpDeps } from '../../../test/deps.ts';
import { eventOf, hostileEvent } from '../../../test/events.ts';
import { headersOf, type MailSinkOptions, startMailSink } from '../../../test/mail-sink.ts';
import { emailConfigSchema } from './config.ts';
import { email } from './index.ts';
import { createMailer } from './mailer.ts';
import { renderMail } from './render.tsx';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const from = 'Rollcall <alerts@rollcall.example.com>';
const now = new Date('2026-11-20T12:00:05.000Z');

async function smtpDeps(options: MailSinkOptions = {}) {
  const sink = await startMailSink(options);
  closers.push(() => sink.close());
  const mailer = createMailer({ smtpUrl: sink.url, from, mailDir: '/nonexistent' });
  closers.push(() => mailer.close());
  return { sink, deps: httpDeps({ mailer }) };
}

const send = (deps: ReturnType<typeof httpDeps>, overrides: Partial<Parameters<typeof email.send>[0]> = {}) =>
  email.send(
    { noticeId: 'msg_1', attempt: 1, event: eventOf('endpoint.down'), config: { to: 'ops@example.com' }, now, ...overrides },
    deps,
  );

describe('email over SMTP', () => {
  it('arrives with both bodies, a Message-ID of the notice, the incident’s thread and the headers of automatic mail', async () => {
    const { sink, deps } = await smtpDeps();
    const outcome = await send(deps);
    expect(outcome).toMatchObject({ ok: true, error: null });
    expect(sink.mails).toHaveLength(1);
    const [mail] = sink.mails;
    expect(mail?.to).toEqual(['ops@example.com']);
    const headers = headersOf(mail?.raw ?? '');
    expect(headers).toMatchObject({
      subject: '[Rollcall] Down: Weather: A redirect loses the POST',
      'message-id': '<msg_1@rollcall.example.com>',
      'in-reply-to': '<inc_1@rollcall.example.com>',
      references: '<inc_1@rollcall.example.com>',
      'auto-submitted': 'auto-generated',
      'list-unsubscribe': '<https://rollcall.example.com/channels>',
    });
    expect(headers['content-type']).toContain('multipart/alternative');
    expect(mail?.raw).toContain('Content-Type: text/plain');
    expect(mail?.raw).toContain('Content-Type: text/html');
  });

  it('puts every mail of an incident into one thread, and a retry under the same Message-ID', async () => {
    const { sink, deps } = await smtpDeps();
    await send(deps);
    await send(deps, { attempt: 2 });
    await send(deps, { noticeId: 'msg_2', event: eventOf('endpoint.recovered') });
    const [first, again, recovered] = sink.mails.map((m) => headersOf(m.raw));
    expect(again?.['message-id']).toBe(first?.['message-id']);
    expect(recovered?.['message-id']).not.toBe(first?.['message-id']);
    expect(recovered?.['references']).toBe(first?.['references']);
  });

  it('reaches several addresses with one mail', async () => {
    const { sink, deps } = await smtpDeps();
    await send(deps, { config: { to: ['a@example.com', 'b@example.com', 'a@example.com'] } });
    expect(sink.mails.map((m) => m.to)).toEqual([['a@example.com', 'b@example.com']]);
  });

  it('is retried when the server refuses for now, and says its words', async () => {
    const { deps } = await smtpDeps({ refuseData: (n) => (n === 1 ? 451 : undefined) });
    expect(await send(deps)).toMatchObject({ ok: false, retry: true, response: { status: 451 } });
    expect(await send(deps, { attempt: 2 })).toMatchObject({ ok: true });
  });

  it('is retried when one of two addresses is refused for now, and not when it is refused for good', async () => {
    const busy = await smtpDeps({ refuse: (address) => (address.startsWith('b') ? 450 : undefined) });
    const config = { to: ['a@example.com', 'b@example.com'] };
    expect(await send(busy.deps, { config })).toMatchObject({ ok: false, retry: true, error: 'refused for now: b@example.com' });
    const gone = await smtpDeps({ refuse: (address) => (address.startsWith('b') ? 550 : undefined) });
    expect(await send(gone.deps, { config })).toMatchObject({ ok: true, error: 'refused for good: b@example.com' });
  });

  it('is retried when there is no server, without telling the password', async () => {
    const sink = await startMailSink({ login: { user: 'rollcall', pass: 'smtp-password' } });
    const mailer = createMailer({ smtpUrl: sink.url.replace('smtp-password', 'wrong-password'), from, mailDir: '/nonexistent' });
    closers.push(() => mailer.close());
    const refused = await send(httpDeps({ mailer }));
    await sink.close();
    const absent = await send(httpDeps({ mailer }));
    for (const outcome of [refused, absent]) {
      expect(outcome).toMatchObject({ ok: false, retry: true });
      expect(JSON.stringify(outcome)).not.toContain('wrong-password');
    }
    expect(refused.error).toContain('EAUTH');
  });

  it('lets no header be injected and no markup through', async () => {
    const { sink, deps } = await smtpDeps();
    await send(deps, { event: hostileEvent() });
    const raw = sink.mails[0]?.raw ?? '';
    expect(headersOf(raw)['bcc']).toBeUndefined();
    expect(sink.mails[0]?.to).toEqual(['ops@example.com']);
    const mail = await renderMail({
      noticeId: 'msg_1',
      event: hostileEvent(),
      to: ['ops@example.com'],
      from,
      publicUrl: 'https://r.example',
      now,
    });
    expect(mail.html).not.toContain('<script>');
    expect(mail.html).not.toContain('<a href="https://evil.example">');
    expect(mail.html).toContain('&lt;script&gt;');
    expect(`${mail.html}${mail.text}`).not.toMatch(/\u202e|\u{e0041}|hunter2secret|querysecret/u);
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});

describe('email without an SMTP server', () => {
  it('becomes a whole file that only its owner can read, the same one on a retry', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'rollcall-mail-'));
    closers.push(() => rm(dir, { recursive: true }));
    const mailDir = join(dir, 'mail');
    const deps = httpDeps({ mailer: createMailer({ smtpUrl: null, from, mailDir }) });
    const outcome = await send(deps);
    await send(deps, { attempt: 2 });
    const files = await readdir(mailDir);
    expect(files).toEqual(['msg_1_rollcall.example.com.eml']);
    expect(outcome).toMatchObject({ ok: true, response: { file: join(mailDir, files[0] ?? '') } });
    expect((await stat(join(mailDir, files[0] ?? ''))).mode & 0o777).toBe(0o600);
    const raw = await readFile(join(mailDir, files[0] ?? ''), 'utf8');
    expect(headersOf(raw)['to']).toBe('ops@example.com');
    expect(raw).toContain('First fix');
  });

  it('says so when the file cannot be written', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'rollcall-mail-'));
    closers.push(() => rm(dir, { recursive: true }));
    await writeFile(join(dir, 'mail'), 'a file where the folder should be');
    const deps = httpDeps({ mailer: createMailer({ smtpUrl: null, from, mailDir: join(dir, 'mail') }) });
    expect(await send(deps)).toMatchObject({ ok: false, retry: true, error: expect.stringContaining('could not be written') });
  });
});

describe('email configuration', () => {
  it.each([
    [{ to: [] }],
    [{ to: 'nobody' }],
    [{ to: 'a@example.com\r\nBcc: b@example.com' }],
    [{ to: 'a@example.com', cc: 'b@example.com' }],
  ])('refuses %j', (config) => expect(emailConfigSchema.safeParse(config).success).toBe(false));
});

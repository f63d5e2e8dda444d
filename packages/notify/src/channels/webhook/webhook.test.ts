import { type HttpSink, type HttpSinkOptions, startHttpSink } from '@rollcall/testkit';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { httpDeps } from '../../../test/deps.ts';
import { eventOf, hostileEvent } from '../../../test/events.ts';
import { channelKind } from '../../registry.ts';
import { webhookConfigSchema } from './config.ts';
import { webhook } from './index.ts';

const open: HttpSink[] = [];
const sink = async (options: HttpSinkOptions = {}) => {
  const started = await startHttpSink(options);
  open.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((s) => s.close()));
});

const complete = (url: string, headers: Record<string, string> = {}) => webhook.complete(webhookConfigSchema.parse({ url, headers }));
const input = (config: ReturnType<typeof complete>, now = new Date()) => ({
  noticeId: 'msg_1',
  attempt: 1,
  event: eventOf('endpoint.down'),
  config,
  now,
});

describe('webhook', () => {
  it('is signed so that the Standard Webhooks library verifies it, with the notice id as webhook-id', async () => {
    const target = await sink();
    const config = complete(`${target.url}/hook`, { 'X-Team': 'platform-team' });
    const outcome = await webhook.send(input(config), httpDeps());
    expect(outcome).toMatchObject({ ok: true, retry: false, error: null, response: { status: 204 } });
    const [request] = target.requests;
    expect(request?.method).toBe('POST');
    expect(request?.headers['content-type']).toBe('application/json');
    expect(request?.headers['webhook-id']).toBe('msg_1');
    expect(request?.headers['x-team']).toBe('platform-team');
    const verified = new Webhook(config.secret ?? '').verify(request?.body.toString() ?? '', request?.headers as Record<string, string>);
    expect(verified).toEqual(eventOf('endpoint.down'));
    expect(() =>
      new Webhook(config.secret ?? '').verify(`${request?.body.toString()} `, request?.headers as Record<string, string>),
    ).toThrow();
  });

  it('keeps id and body over retries while the timestamp is each attempt’s own', async () => {
    const target = await sink();
    const config = complete(target.url);
    const first = new Date();
    await webhook.send(input(config, first), httpDeps());
    await webhook.send(input(config, new Date(first.getTime() + 5000)), httpDeps());
    const [a, b] = target.requests;
    expect(b?.headers['webhook-id']).toBe(a?.headers['webhook-id']);
    expect(b?.body.toString()).toBe(a?.body.toString());
    expect(Number(b?.headers['webhook-timestamp']) - Number(a?.headers['webhook-timestamp'])).toBe(5);
    expect(() => new Webhook(config.secret ?? '').verify(b?.body.toString() ?? '', b?.headers as Record<string, string>)).not.toThrow();
  });

  const failures: [{ status: number; headers?: Record<string, string> }, object][] = [
    [{ status: 500 }, { ok: false, retry: true, error: 'answered 500' }],
    [{ status: 404 }, { ok: false, retry: true }],
    [{ status: 410 }, { ok: false, retry: false }],
    [
      { status: 429, headers: { 'retry-after': '120' } },
      { ok: false, retry: true, retryAfterMs: 120_000 },
    ],
    [
      { status: 503, headers: { 'retry-after': '7' } },
      { ok: false, retry: true, retryAfterMs: 7000 },
    ],
    [
      { status: 301, headers: { location: '/elsewhere' } },
      { ok: false, retry: true },
    ],
    [
      { status: 307, headers: { location: '/elsewhere' } },
      { ok: false, retry: true },
    ],
  ];
  it.each(failures)('an answer of %j is %j, and a redirect is not followed', async (answer, expected) => {
    const target = await sink({ respond: () => answer });
    expect(await webhook.send(input(complete(target.url)), httpDeps())).toMatchObject(expected);
    expect(target.requests).toHaveLength(1);
  });

  it('fails and may be retried when nobody listens', async () => {
    const target = await startHttpSink();
    await target.close();
    const outcome = await webhook.send(input(complete(target.url)), httpDeps());
    expect(outcome).toMatchObject({ ok: false, retry: true, error: 'the connection failed (ECONNREFUSED)' });
  });

  it('ends when it is aborted although the receiver never answers', async () => {
    const target = await sink({ hangFirst: 1 });
    const outcome = await webhook.send(input(complete(target.url)), httpDeps({ signal: AbortSignal.timeout(300) }));
    expect(outcome).toMatchObject({ ok: false, retry: true });
  });

  it('never dials a private address when the policy forbids it', async () => {
    const target = await sink();
    const outcome = await webhook.send(input(complete(target.url)), httpDeps({ policy: { allowPrivate: false } }));
    expect(outcome).toMatchObject({ ok: false, error: 'the address is not a public one and may not be reached from here' });
    expect(target.requests).toHaveLength(0);
  });

  it('records neither secrets nor the answer’s body of a private address', async () => {
    const target = await sink({ respond: (_n, request) => ({ status: 500, body: `internal secret ${request.headers['x-key']}` }) });
    const config = complete(`${target.url}/hook?token=querysecret123`, { 'X-Key': 'headersecret123' });
    const outcome = await webhook.send({ ...input(config), event: hostileEvent() }, httpDeps());
    const record = JSON.stringify(outcome);
    for (const secret of ['querysecret123', 'headersecret123', 'internal secret', config.secret ?? 'none'])
      expect(record).not.toContain(secret);
    expect(Buffer.byteLength(record)).toBeLessThan(16_000);
  });
});

describe('webhook configuration', () => {
  it('generates a secret of 32 bytes once, shows it, and never again', () => {
    const config = complete('https://example.com/hook');
    expect(config.secret).toMatch(/^whsec_/);
    expect(Buffer.from((config.secret ?? '').slice(6), 'base64')).toHaveLength(32);
    expect(webhook.complete(config)).toEqual(config);
    expect(webhook.secretToShow?.(config)).toBe(config.secret);
    expect(channelKind('webhook').redact({ ...config, headers: { 'X-Key': 'abc' } })).toEqual({
      url: 'https://example.com/hook',
      secret: '[redacted]',
      headers: { 'X-Key': '[redacted]' },
    });
  });

  it.each([
    [{ url: 'ftp://example.com' }],
    [{ url: 'not a url' }],
    [{ url: 'https://user:pass@example.com/' }],
    [{ url: 'https://example.com', secret: 'short' }],
    [{ url: 'https://example.com', secret: `whsec_${Buffer.alloc(8).toString('base64')}` }],
    [{ url: 'https://example.com', headers: { 'Webhook-Id': 'x' } }],
    [{ url: 'https://example.com', headers: { Host: 'x' } }],
    [{ url: 'https://example.com', headers: { 'X-A': 'a\r\nX-B: b' } }],
    [{ url: 'https://example.com', surprise: true }],
    [{}],
  ])('refuses %j', (config) => {
    expect(webhookConfigSchema.safeParse(config).success).toBe(false);
  });
});

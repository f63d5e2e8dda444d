import type { Event } from '@rollcall/contracts';
import type { ChannelType } from '@rollcall/core';
import { EVENT_TYPES } from '@rollcall/core';
import { type HttpSink, startHttpSink } from '@rollcall/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { httpDeps } from '../../test/deps.ts';
import { eventOf, hostileEvent } from '../../test/events.ts';
import { channelKind } from '../registry.ts';

const open: HttpSink[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sink) => sink.close()));
});

interface SinkAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Case {
  readonly type: ChannelType;
  readonly config: (sink: string) => Record<string, unknown>;
  readonly accepts: SinkAnswer;
  /** Values that must not be in the record of a delivery nor in the shown configuration. */
  readonly secrets: readonly string[];
}

const path = '/hooks/T0000/B0000secretpart';
const cases: Case[] = [
  { type: 'slack', config: (url) => ({ url: `${url}${path}` }), accepts: { body: 'ok' }, secrets: ['B0000secretpart'] },
  {
    type: 'slack',
    config: (url) => ({ token: 'xoxb-bot-secret', channel: '#alerts', apiUrl: `${url}/api` }),
    accepts: { body: '{"ok":true}' },
    secrets: ['xoxb-bot-secret'],
  },
  { type: 'discord', config: (url) => ({ url: `${url}${path}` }), accepts: { body: '{"id":"1"}' }, secrets: ['B0000secretpart'] },
  { type: 'teams', config: (url) => ({ url: `${url}${path}?sig=sigsecretvalue` }), accepts: { status: 202 }, secrets: ['sigsecretvalue'] },
  {
    type: 'google-chat',
    config: (url) => ({ url: `${url}${path}?key=k&token=tokensecretvalue` }),
    accepts: { body: '{}' },
    secrets: ['tokensecretvalue'],
  },
  { type: 'mattermost', config: (url) => ({ url: `${url}${path}` }), accepts: { body: 'ok' }, secrets: ['B0000secretpart'] },
  {
    type: 'telegram',
    config: (url) => ({ botToken: '123456:AAbbCCddEEffGGhhIIjjKKll', chatId: -1001, threadId: 7, apiUrl: url }),
    accepts: { body: '{"ok":true,"result":{}}' },
    secrets: ['AAbbCCddEEffGGhhIIjjKKll'],
  },
  {
    type: 'pagerduty',
    config: (url) => ({ routingKey: 'a'.repeat(31).concat('z'), apiUrl: url }),
    accepts: { status: 202, body: '{"status":"success"}' },
    secrets: ['a'.repeat(31).concat('z')],
  },
  {
    type: 'opsgenie',
    config: (url) => ({ apiKey: 'genie-secret-key', apiUrl: url }),
    accepts: { status: 202 },
    secrets: ['genie-secret-key'],
  },
  {
    type: 'ntfy',
    config: (url) => ({ server: url, topic: 'secret-topic', token: 'tk_secrettoken' }),
    accepts: {},
    secrets: ['secret-topic', 'tk_secrettoken'],
  },
  {
    type: 'pushover',
    config: (url) => ({ token: 't'.repeat(30), user: 'u'.repeat(30), apiUrl: url }),
    accepts: { body: '{"status":1}' },
    secrets: ['t'.repeat(30), 'u'.repeat(30)],
  },
];

async function sendTo(one: Case, event: Event, answer: SinkAnswer = one.accepts) {
  const sink = await startHttpSink({ respond: () => ({ status: 200, ...answer }) });
  open.push(sink);
  const kind = channelKind(one.type);
  const config = kind.complete(kind.configSchema.parse(one.config(sink.url)));
  const outcome = await kind.send({ noticeId: 'msg_1', attempt: 1, event, config, now: new Date() }, httpDeps());
  const sunk = sink.requests[0];
  if (sunk === undefined) throw new Error('nothing was sent');
  const request = { ...sunk, body: sunk.body.toString('utf8') };
  return {
    outcome,
    request,
    shown: kind.redact(config),
    json: request.headers['content-type']?.includes('json') ? JSON.parse(request.body) : null,
  };
}

const find = (type: ChannelType, n = 0): Case => {
  const found = cases.filter((c) => c.type === type)[n];
  if (found === undefined) throw new Error(`no case for ${type}`);
  return found;
};
const down = eventOf('endpoint.down');

describe.each(cases)('$type', (one) => {
  it('sends every type of event, says what matters, and shows no secret afterwards', async () => {
    for (const type of EVENT_TYPES) {
      const { outcome, request, shown } = await sendTo(one, eventOf(type));
      expect(outcome, JSON.stringify(outcome)).toMatchObject({ ok: true, error: null });
      expect(request.method).toBe('POST');
      for (const secret of one.secrets) expect(JSON.stringify({ outcome, shown })).not.toContain(secret);
    }
    const { request } = await sendTo(one, down);
    const text = decodeURIComponent(request.body.replaceAll('+', ' ')).replaceAll('\\\\', '');
    for (const words of ['Weather', '2026-11-20 12:00:00 UTC', 'clients repeat the message as GET', 'Claude Code', 'Answer with 308'])
      expect(text).toContain(words);
    expect(request.body.replaceAll('%2F', '/').replaceAll('%3A', ':')).toContain('https://rollcall.example.com/incidents/inc_1');
    // Somebody who reads it on a phone can take it from there.
    expect(text).toMatch(/incidents\/inc_1\?acknowledge=1/);
  });

  it('says of many endpoints how many, names some of them, and stays within the size of a message', async () => {
    const endpoints = Array.from({ length: 500 }, (_, n) => ({ id: `ep_${n}`, name: `server ${n}`, url: `https://host.example.com/${n}` }));
    const details = { group: { matter: 'inc_1', size: 500, by: 'host host.example.com' }, endpoints };
    const { request, outcome } = await sendTo(one, eventOf('endpoint.down', { details }));
    expect(outcome.ok).toBe(true);
    const text = decodeURIComponent(request.body.replaceAll('+', ' ')).replaceAll('\\', '');
    for (const words of ['500 endpoints', 'server 0', 'and 490 more', '2026-11-20 12:00:00 UTC']) expect(text).toContain(words);
    expect(text).not.toContain('server 10 ');
    expect(Buffer.byteLength(request.body)).toBeLessThan(28_000);
  });

  it('stays within the size of a message and lets hostile text ping nobody, hide nothing and mark up nothing', async () => {
    const { request, outcome } = await sendTo(one, hostileEvent('endpoint.down', 40));
    expect(outcome.ok).toBe(true);
    expect(Buffer.byteLength(request.body)).toBeLessThan(28_000);
    const body = decodeURIComponent(request.body.replace(/%(?![0-9A-F]{2})/gi, '%25'));
    expect(body).not.toMatch(/\u202e|\u2066|\u{e0041}|\\u202e|hunter2secret|querysecret|javascript:/u);
  });

  it('is retried after a 500 and after a 429 at the time asked for', async () => {
    expect((await sendTo(one, down, { status: 500 })).outcome).toMatchObject({ ok: false, retry: true });
    const limited = await sendTo(one, down, { status: 429, headers: { 'retry-after': '30' } });
    expect(limited.outcome).toMatchObject({ ok: false, retry: true, retryAfterMs: 30_000 });
  });
});

describe('Slack', () => {
  it('escapes what could mention or link, and carries blocks within Slack’s limits', async () => {
    const { json, request } = await sendTo(find('slack'), hostileEvent('endpoint.down', 40));
    expect(request.body).not.toMatch(/<!channel>|<@U123>|<https:\/\/evil/);
    const { blocks, color } = json.attachments[0];
    expect(color).toBe('#d92d20');
    expect(blocks[0].text.text.length).toBeLessThanOrEqual(150);
    for (const block of blocks) {
      expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
      for (const field of block.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2000);
    }
  });
  it('posts as a bot to a channel and takes ok:false for the refusal it is', async () => {
    const bot = find('slack', 1);
    const { request, json } = await sendTo(bot, down);
    expect(request.path).toBe('/api/chat.postMessage');
    expect(request.headers.authorization).toBe('Bearer xoxb-bot-secret');
    expect(json.channel).toBe('#alerts');
    const refused = await sendTo(bot, down, { body: '{"ok":false,"error":"channel_not_found"}' });
    expect(refused.outcome).toMatchObject({ ok: false, error: 'the service refused the message: channel_not_found' });
  });
});

describe('Discord', () => {
  it('pings nobody, waits for the message to exist, and keeps an embed within 6000 characters', async () => {
    const { request, json } = await sendTo(find('discord'), hostileEvent('endpoint.down', 40));
    expect(request.path).toBe(`${path}?wait=true`);
    expect(json.allowed_mentions).toEqual({ parse: [] });
    const [embed] = json.embeds;
    const parts = [
      embed.title,
      embed.description,
      embed.footer.text,
      ...embed.fields.flatMap((f: { name: string; value: string }) => [f.name, f.value]),
    ];
    expect(embed.title.length).toBeLessThanOrEqual(256);
    expect(embed.description.length).toBeLessThanOrEqual(4096);
    for (const field of embed.fields) expect(field.value.length).toBeLessThanOrEqual(1024);
    expect(parts.join('').length).toBeLessThanOrEqual(6000);
    const prose = embed.description.replace(/```[\s\S]*?```/g, '');
    expect(prose).not.toMatch(/(?<!\\)\[click|(?<!\\)<https:\/\/evil/);
  });
  it('reads the wait of a 429 from the body', async () => {
    const { outcome } = await sendTo(find('discord'), down, { status: 429, body: '{"retry_after":1.25}' });
    expect(outcome.retryAfterMs).toBe(1250);
  });
});

describe('Microsoft Teams', () => {
  it('is an Adaptive Card in which texts are runs, never Markdown', async () => {
    const { json } = await sendTo(find('teams'), hostileEvent());
    expect(json.type).toBe('message');
    const [attachment] = json.attachments;
    expect(attachment.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(attachment.content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' });
    for (const element of attachment.content.body) expect(element.type).toBe('RichTextBlock');
    expect(JSON.stringify(attachment.content.body)).not.toContain('{{');
    expect(attachment.content.actions.map((a: { type: string }) => a.type)).toContain('Action.OpenUrl');
  });
});

describe('Google Chat', () => {
  it('escapes HTML in cards, defuses <users/all>, and threads an incident', async () => {
    const { json, request } = await sendTo(find('google-chat'), hostileEvent());
    expect(new URL(request.path, 'http://x').searchParams.get('messageReplyOption')).toBe('REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD');
    expect(new URL(request.path, 'http://x').searchParams.get('token')).toBe('tokensecretvalue');
    expect(json.thread.threadKey).toBe('inc_1');
    expect(request.body).not.toMatch(/<users\/all>|<script|<a href/);
  });
});

describe('Mattermost', () => {
  it('defuses mentions', async () => {
    const { request } = await sendTo(find('mattermost'), hostileEvent());
    const withoutFences = request.body.replace(/```[\s\S]*?```/g, '');
    expect(withoutFences).not.toMatch(/@(everyone|here|channel)/);
  });
});

describe('Telegram', () => {
  it('sends HTML of at most 4096 characters in which only our own tags exist', async () => {
    const { json, request } = await sendTo(find('telegram'), hostileEvent('endpoint.down', 40));
    expect(request.path).toBe('/bot123456:AAbbCCddEEffGGhhIIjjKKll/sendMessage');
    expect(json).toMatchObject({ chat_id: -1001, message_thread_id: 7, parse_mode: 'HTML' });
    const visible = json.text.replace(/<\/?(b|pre|a)( href="[^"]*")?>/g, '');
    expect(visible).not.toMatch(/[<>]/);
    expect(visible.replace(/&(amp|lt|gt|quot|#39);/g, 'x').length).toBeLessThanOrEqual(4096);
  });
  it('reads the wait of a 429 from the body', async () => {
    const body = '{"ok":false,"error_code":429,"parameters":{"retry_after":14}}';
    expect((await sendTo(find('telegram'), down, { status: 429, body })).outcome.retryAfterMs).toBe(14_000);
  });
});

describe('PagerDuty', () => {
  it('opens, acknowledges and resolves one alert an incident', async () => {
    const sent = await Promise.all(
      (['endpoint.down', 'incident.acknowledged', 'endpoint.recovered'] as const).map((type) => sendTo(find('pagerduty'), eventOf(type))),
    );
    expect(sent.map(({ json }) => [json.event_action, json.dedup_key])).toEqual([
      ['trigger', 'inc_1'],
      ['acknowledge', 'inc_1'],
      ['resolve', 'inc_1'],
    ]);
    expect(sent[0]?.request.path).toBe('/v2/enqueue');
    expect(sent[0]?.json.payload).toMatchObject({
      severity: 'critical',
      source: 'https://mcp.example.com/mcp',
      timestamp: '2026-11-20T12:00:00.000Z',
    });
  });
  it('closes what a gap in the data has opened', async () => {
    const gap = await sendTo(find('pagerduty'), eventOf('endpoint.no_data', { incident: null, from: 'up', to: 'no_data' }));
    const end = await sendTo(find('pagerduty'), eventOf('endpoint.recovered', { incident: null, from: 'no_data', to: 'up' }));
    expect([gap.json.event_action, end.json.event_action]).toEqual(['trigger', 'resolve']);
    expect(end.json.dedup_key).toBe(gap.json.dedup_key);
  });
});

describe('Opsgenie', () => {
  it('creates, acknowledges and closes by alias with the integration’s key', async () => {
    const created = await sendTo(find('opsgenie'), down);
    expect(created.request.headers.authorization).toBe('GenieKey genie-secret-key');
    expect(created.request.path).toBe('/v2/alerts');
    expect(created.json).toMatchObject({ alias: 'inc_1', priority: 'P1' });
    expect((await sendTo(find('opsgenie'), hostileEvent('endpoint.down', 40))).json.message.length).toBeLessThanOrEqual(130);
    expect((await sendTo(find('opsgenie'), eventOf('endpoint.recovered'))).request.path).toBe(
      '/v2/alerts/inc_1/close?identifierType=alias',
    );
    expect((await sendTo(find('opsgenie'), eventOf('incident.acknowledged'))).request.path).toBe(
      '/v2/alerts/inc_1/acknowledge?identifierType=alias',
    );
  });
});

describe('ntfy', () => {
  it('publishes JSON to the server’s root with topic, priority and actions', async () => {
    const { request, json } = await sendTo(find('ntfy'), hostileEvent('endpoint.down', 40));
    expect(request.path).toBe('/');
    expect(request.headers.authorization).toBe('Bearer tk_secrettoken');
    expect(json).toMatchObject({ topic: 'secret-topic', priority: 5, tags: ['rotating_light'] });
    expect(Buffer.byteLength(json.message)).toBeLessThanOrEqual(4096);
    expect(json.actions[0]).toMatchObject({ action: 'view', label: 'Open incident' });
  });
});

describe('Pushover', () => {
  it('posts a form within the limits and repeats no refused one', async () => {
    const { request } = await sendTo(find('pushover'), hostileEvent('endpoint.down', 40));
    expect(request.path).toBe('/1/messages.json');
    const form = new URLSearchParams(request.body);
    expect(form.get('priority')).toBe('1');
    expect(form.get('title')?.length).toBeLessThanOrEqual(250);
    expect(Buffer.byteLength(form.get('message') ?? '')).toBeLessThanOrEqual(1024);
    expect((await sendTo(find('pushover'), down, { status: 400, body: '{"status":0}' })).outcome).toMatchObject({
      ok: false,
      retry: false,
    });
  });
});

describe('configurations', () => {
  it.each(cases)('of $type refuse an unknown member', (one) => {
    const kind = channelKind(one.type);
    expect(kind.configSchema.safeParse({ ...one.config('https://example.com'), surprise: 1 }).success).toBe(false);
    expect(kind.configSchema.safeParse({}).success).toBe(false);
  });
});

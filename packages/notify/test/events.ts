import type { Cause, Event } from '@rollcall/contracts';
import type { EventType } from '@rollcall/core';

/** What a hostile server may put into any text that reaches a message. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '<!channel> <!here> <@U123> <https://evil.example|click>',
  '[click](https://evil.example) **bold** `code` ```fence``` @everyone @here @channel ~~x~~ ||y||',
  '<users/all> </b></i><a href="https://evil.example">x</a>',
  '{{DATE(2020-01-01T00:00:00Z)}} {{7*7}} %s %n',
  '\u202egnp.exe\u202c\u2066hidden\u2069 a\u200bb\u200d\u{e0041}\u{e007f}\u0000\u0007\u001b[31mred',
  'line one\r\nBcc: victim@example.com\r\n\r\nbody',
  '\ud800 lone \udc00 surrogates',
].join(' ');

export function causeOf(overrides: Partial<Cause> = {}): Cause {
  return {
    code: 'redirect.method_lost',
    layer: 'http',
    severity: 'down',
    confidence: 'certain',
    title: 'A redirect loses the POST',
    explanation: 'The server answers 301 and clients repeat the message as GET. The body is gone. Nobody can connect.',
    evidence: {},
    fixes: [{ for: 'nginx', text: 'Answer with 308 instead of 301.', snippet: 'return 308 https://$host$request_uri;' }],
    references: [],
    docs: '/docs/causes/redirect.method_lost',
    ...overrides,
  };
}

export function eventOf(type: EventType, data: Partial<Event['data']> = {}): Event {
  const recovered = type === 'endpoint.recovered';
  return {
    type,
    timestamp: '2026-11-20T12:03:20.000Z',
    data: {
      endpoint: { id: 'ep_1', name: 'Weather', url: 'https://mcp.example.com/mcp', tags: ['prod'] },
      incident: {
        id: 'inc_1',
        openedAt: '2026-11-20T12:00:00.000Z',
        resolvedAt: recovered ? '2026-11-20T12:03:20.000Z' : null,
        cause: causeOf(),
        affectedClients: [
          { id: 'claude-code', name: 'Claude Code' },
          { id: 'cursor', name: 'Cursor' },
        ],
        url: 'https://rollcall.example.com/incidents/inc_1',
      },
      from: recovered ? 'down' : 'up',
      to: recovered ? 'up' : 'down',
      ...data,
    },
  };
}

export function hostileEvent(type: EventType = 'endpoint.down', repeat = 1): Event {
  const text = Array.from({ length: repeat }, () => HOSTILE).join(' ');
  const cause = causeOf({
    title: text,
    explanation: text,
    fixes: [{ for: text, text, snippet: `${text}\n${text}` }],
    docs: 'javascript:alert(1)',
  });
  return eventOf(type, {
    endpoint: {
      id: 'ep_1',
      name: text,
      url: `https://user:hunter2secret@mcp.example.com/?token=querysecret&x=${text}`,
      tags: [text, text],
    },
    incident: {
      id: 'inc_1',
      openedAt: '2026-11-20T12:00:00.000Z',
      resolvedAt: null,
      cause,
      affectedClients: Array.from({ length: 30 }, (_, n) => ({ id: `c${n}`, name: text })),
      url: 'https://rollcall.example.com/incidents/inc_1',
    },
    details: {
      summary: text,
      added: Array.from({ length: 50 }, () => text),
      removed: [{ name: text }],
      endpoints: [{ name: text, url: text }],
    },
  });
}

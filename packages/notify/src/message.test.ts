import { EVENT_TYPES } from '@rollcall/core';
import { describe, expect, it } from 'vitest';
import { causeOf, eventOf, hostileEvent } from '../test/events.ts';
import { formatSpan, plainUrl } from './message/format.ts';
import { describe as describeEvent } from './message.ts';

const PUBLIC = 'https://rollcall.example.com';
const facts = (message: ReturnType<typeof describeEvent>) => Object.fromEntries(message.facts.map((f) => [f.label, f.text]));

describe('describe', () => {
  it('says what, since when, why, who is hit, the first fix, and where to look and to acknowledge', () => {
    const message = describeEvent(eventOf('endpoint.down'), PUBLIC);
    expect(message.title).toBe('Down: Weather: A redirect loses the POST');
    expect(message.summary).toBe('The server answers 301 and clients repeat the message as GET.');
    expect(facts(message)).toMatchObject({
      Endpoint: 'https://mcp.example.com/mcp',
      Since: '2026-11-20 12:00:00 UTC',
      Cause: 'redirect.method_lost',
      'Affected clients': 'Claude Code, Cursor',
    });
    expect(message.fix).toEqual({
      for: 'nginx',
      text: 'Answer with 308 instead of 301.',
      snippet: 'return 308 https://$host$request_uri;',
    });
    expect(message.links).toEqual([
      { label: 'Open incident', url: `${PUBLIC}/incidents/inc_1` },
      { label: 'Acknowledge', url: `${PUBLIC}/incidents/inc_1?acknowledge=1` },
      { label: 'About this cause', url: `${PUBLIC}/docs/causes/redirect.method_lost` },
    ]);
  });

  it('says on recovery how long it took, and offers neither a fix nor an acknowledgement', () => {
    const message = describeEvent(eventOf('endpoint.recovered'), PUBLIC);
    expect(message.title).toBe('Recovered: Weather, after 3 min 20 s');
    expect(message.fix).toBeNull();
    expect(message.links.map((l) => l.label)).not.toContain('Acknowledge');
  });

  it('says that a cause is only suspected', () => {
    const event = eventOf('endpoint.down');
    const incident = event.data.incident;
    if (incident === null) throw new Error('no incident');
    incident.cause = causeOf({ confidence: 'suspected' });
    expect(facts(describeEvent(event, PUBLIC))['Cause']).toBe('redirect.method_lost (suspected)');
  });

  it.each(EVENT_TYPES)('has a title and a sentence for %s, also with nothing known', (type) => {
    for (const data of [{}, { endpoint: null, incident: null, from: null, to: null }]) {
      const message = describeEvent(eventOf(type, data), PUBLIC);
      expect(message.title).not.toBe('');
      expect(message.summary).toMatch(/\.$/);
      expect(message.links.length).toBeGreaterThan(0);
    }
  });

  it('bounds hostile text, hides credentials of URLs and drops links that are not http', () => {
    const message = describeEvent(hostileEvent('endpoint.down', 50), PUBLIC);
    const all = JSON.stringify(message);
    expect(all.length).toBeLessThan(8000);
    expect(all).not.toContain('hunter2secret');
    expect(all).not.toContain('querysecret');
    expect(all).not.toContain('javascript:');
    expect(message.title).not.toMatch(/[\r\n]/);
  });
});

describe('formats', () => {
  it.each([
    [400, '0 s'],
    [45_000, '45 s'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [86_400_000, '1 d'],
  ])('%i ms is %s', (ms, text) => expect(formatSpan(ms)).toBe(text));

  it('shows a URL without what could be secret in it', () => {
    expect(plainUrl('https://u:p@host/mcp?key=abc#frag')).toBe('https://host/mcp?key=[redacted]');
  });
});

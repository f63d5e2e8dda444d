import { describe, expect, it } from 'vitest';
import { eventOf, HOSTILE } from '../../test/events.ts';
import { onCallOf } from '../http/on-call.ts';
import { describe as describeEvent } from '../message.ts';
import { groupOf, matterOf } from './group.ts';

const PUBLIC = 'https://rollcall.example.com';
const endpoints = (count: number, name = 'server') =>
  Array.from({ length: count }, (_, n) => ({
    id: `ep_${n}`,
    name: `${name} ${n}`,
    url: `https://host.example.com/${n}`,
    incident: { id: `inc_${n}` },
  }));
const grouped = (type: 'endpoint.down' | 'endpoint.recovered', count: number, group: object) =>
  eventOf(type, {
    details: { group: { matter: 'inc_0', size: count, by: 'host host.example.com', ...group }, endpoints: endpoints(count) },
  });
const facts = (message: ReturnType<typeof describeEvent>) => Object.fromEntries(message.facts.map((f) => [f.label, f.text]));

describe('a message about several endpoints', () => {
  it('says how many, where, why and since when, lists some of them, and links to the incident and to acknowledge', () => {
    const message = describeEvent(grouped('endpoint.down', 500, {}), PUBLIC);
    expect(message.title).toBe('Down: 500 endpoints (host host.example.com): A redirect loses the POST');
    expect(message.summary).toBe('The server answers 301 and clients repeat the message as GET.');
    expect(facts(message)).toMatchObject({ Since: '2026-11-20 12:00:00 UTC', 'Affected clients': 'Claude Code, Cursor' });
    expect(facts(message)['Endpoints']).toBe(`${Array.from({ length: 10 }, (_, n) => `server ${n}`).join(', ')} and 490 more`);
    expect(facts(message)['Endpoint']).toBeUndefined();
    expect(message.links.map(({ label }) => label)).toEqual(['Open incident', 'Acknowledge', 'About this cause']);
    expect(JSON.stringify(message).length).toBeLessThan(6000);
  });

  it('says on recovery how many are back and how many are not', () => {
    const all = describeEvent(grouped('endpoint.recovered', 3, { missing: 0 }), PUBLIC);
    expect(all.title).toBe('Recovered: 3 endpoints (host host.example.com), after 3 min 20 s');
    const some = describeEvent(grouped('endpoint.recovered', 3, { size: 5, missing: 2 }), PUBLIC);
    expect(some.title).toBe('Recovered: 3 of 5 endpoints (host host.example.com), after 3 min 20 s');
    expect(some.summary).toBe('3 endpoints answer again, confirmed by repeated probes. 2 of the 5 that failed together are still out.');
    const one = describeEvent(grouped('endpoint.recovered', 1, { size: 5, missing: 1 }), PUBLIC);
    expect(one.title).toBe('Recovered: Weather, after 3 min 20 s');
    expect(one.summary).toContain('1 of the 5 that failed together is still out.');
  });

  it('is one alert on call: opened once, and closed when the last one is back', () => {
    const down = onCallOf(grouped('endpoint.down', 5, {}), 'msg_1');
    const some = onCallOf(grouped('endpoint.recovered', 3, { size: 5, missing: 2 }), 'msg_2');
    const rest = onCallOf(grouped('endpoint.recovered', 2, { size: 5, missing: 0 }), 'msg_3');
    expect([down.action, some.action, rest.action]).toEqual(['trigger', 'trigger', 'resolve']);
    expect(new Set([down.key, some.key, rest.key])).toEqual(new Set(['inc_0']));
  });

  it('believes no member of the wrong shape and bounds hostile text', () => {
    for (const details of [{ group: 5 }, { group: {} }, { group: { size: 'x' }, endpoints: 'y' }, { group: null, endpoints: [] }])
      expect(groupOf(eventOf('endpoint.down', { details: details as never }))).toBeNull();
    expect(matterOf(eventOf('endpoint.down', { details: { group: { matter: 7 } } }))).toBe('inc_1');
    const event = eventOf('endpoint.down', {
      details: { group: { size: 40, by: HOSTILE.repeat(20) }, endpoints: endpoints(40, HOSTILE.repeat(10)) },
    });
    const message = describeEvent(event, PUBLIC);
    expect(message.title.length).toBeLessThan(500);
    expect(message.title).not.toMatch(/[\r\n\u202e]/);
    expect(JSON.stringify(message).length).toBeLessThan(8000);
  });
});

describe('a message that tells again', () => {
  const again = (details: Record<string, unknown>) => describeEvent(eventOf('endpoint.down', { details }), PUBLIC);

  it('says that it is a reminder, since when, why, the fix, and where to acknowledge', () => {
    const message = again({ reminder: { count: 3, sinceMinutes: 90 } });
    expect(message.title).toBe('Still down: Weather, nobody has it for 1 h 30 min: A redirect loses the POST');
    expect(facts(message)).toMatchObject({ Reminder: '3', Since: '2026-11-20 12:00:00 UTC' });
    expect(message.fix).not.toBeNull();
    expect(message.links.map(({ label }) => label)).toContain('Acknowledge');
  });

  it('says who was told first when it is escalated', () => {
    const message = again({ escalation: { step: 1, afterMinutes: 15, from: `ops ${HOSTILE}` } });
    expect(message.title).toBe('Not acknowledged: Weather is down: A redirect loses the POST');
    expect(facts(message)['Escalated']).toMatch(/^15 min after ops .* was told$/);
    expect(facts(message)['Escalated']).not.toMatch(/[\r\n\u202e]/);
    expect(again({ escalation: { afterMinutes: 'x' }, reminder: 5 }).title).toMatch(/^Down: Weather/);
  });
});

import { expect, test } from 'vitest';
import { takeEvents } from './run-check.ts';

test('complete events are taken and the unfinished one waits', () => {
  const { events, rest } = takeEvents(
    'event: step\ndata: {"name":"dns"}\n\n: keep-alive\n\nevent: report\r\ndata: {"a":\r\ndata: 1}\r\n\r\nevent: st',
  );
  expect(events).toEqual([
    { event: 'step', data: '{"name":"dns"}' },
    { event: 'report', data: '{"a":\n1}' },
  ]);
  expect(rest).toBe('event: st');
});

test('an event cut at any byte is told once it is whole', () => {
  const stream = 'event: step\ndata: 1\n\nevent: report\ndata: 2\n\n';
  for (let cut = 0; cut <= stream.length; cut++) {
    const first = takeEvents(stream.slice(0, cut));
    const second = takeEvents(first.rest + stream.slice(cut));
    expect([...first.events, ...second.events].map((event) => event.data)).toEqual(['1', '2']);
  }
});

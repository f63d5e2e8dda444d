import { expect, test } from 'vitest';
import { configText, readConfig, readConfigChange, readRoutes } from './channel-types.ts';

function form(entries: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

test('several addresses become a list without repeats', () => {
  expect(readConfig('email', form([['config.to', 'a@example.com, b@example.com a@example.com']]))).toEqual({
    to: ['a@example.com', 'b@example.com'],
  });
});
test('an empty optional member is left out, so that the API makes it', () => {
  expect(
    readConfig(
      'webhook',
      form([
        ['config.url', ' https://example.com/hook '],
        ['config.secret', ''],
      ]),
    ),
  ).toEqual({ url: 'https://example.com/hook' });
});
test('no choice of tags and events means every notice', () => expect(readRoutes(form([['tags', ' ']]))).toEqual([]));
test('tags and events narrow together, in one route', () => {
  expect(
    readRoutes(
      form([
        ['tags', 'prod'],
        ['events', 'endpoint.down'],
        ['events', 'endpoint.recovered'],
      ]),
    ),
  ).toEqual([{ tags: ['prod'], events: ['endpoint.down', 'endpoint.recovered'] }]);
});

test('a change keeps a secret that was left empty, and what no field shows; an emptied optional member goes', () => {
  const channel = { type: 'ntfy' as const, config: { topic: '[redacted]', server: 'https://ntfy.example', priority: 4 } };
  expect(configText(channel, 'topic')).toEqual({ shown: '', stored: true });
  expect(configText(channel, 'server')).toEqual({ shown: 'https://ntfy.example', stored: false });
  const untouched = form([
    ['config.topic', ''],
    ['config.server', ''],
    ['config.token', ''],
  ]);
  expect(readConfigChange(channel, untouched)).toEqual({ topic: '[redacted]', priority: 4 });
  const typed = form([
    ['config.topic', 'new-topic'],
    ['config.server', 'https://ntfy.example'],
  ]);
  expect(readConfigChange(channel, typed)).toEqual({ topic: 'new-topic', server: 'https://ntfy.example', priority: 4 });
});

import { expect, test } from 'vitest';
import { readConfig, readRoutes } from './channel-types.ts';

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

import type { StatusPage } from '@rollcall/contracts';
import { expect, test } from 'vitest';
import { changeOf, draftOf, moved } from './draft.ts';

const page: StatusPage = {
  id: 'sp_1',
  slug: 'acme',
  url: 'https://rollcall.example/status/acme',
  title: 'Acme',
  description: '',
  published: true,
  passwordProtected: true,
  customDomain: null,
  accentColor: '#3d4fd1',
  logo: null,
  homepageUrl: null,
  locale: 'en',
  show: { uptime: true, history: true, latency: true, tools: true, urls: false },
  publishing: { mode: 'auto' },
  components: [
    { id: 'sc_1', endpoint: 'ep_1', slug: 'search', name: 'Search', description: '', group: '', publishing: null },
    { id: 'sc_2', endpoint: 'ep_2', slug: 'docs', name: 'Docs', description: '', group: 'Public', publishing: { mode: 'manual' } },
  ],
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
};

test('an untouched draft changes nothing, the password least of all', () => expect(changeOf(page, draftOf(page))).toEqual({}));
test('only what was touched is sent; an emptied field becomes null', () =>
  expect(changeOf(page, { ...draftOf(page), title: 'Acme tools ', accentColor: '', password: null })).toEqual({
    title: 'Acme tools',
    accentColor: null,
    password: null,
  }));
test('a new order is sent with the ids, so that components keep their place in reports; a new one has none', () => {
  const draft = draftOf(page);
  const added = { key: 'new', endpoint: 'ep_3', slug: '', name: '', description: '', group: '', publishing: null };
  const sent = changeOf(page, { ...draft, components: [...moved(draft.components, 1, 0), added] }).components;
  expect(sent?.map(({ id, endpoint }) => [id, endpoint])).toEqual([
    ['sc_2', 'ep_2'],
    ['sc_1', 'ep_1'],
    [undefined, 'ep_3'],
  ]);
  expect(sent?.[2]).not.toHaveProperty('slug');
});
test('a move keeps every member, and none moves out of the list', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 3)).toEqual(['a', 'b', 'c']);
});

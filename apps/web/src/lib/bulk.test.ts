import { expect, it } from 'vitest';
import { inverseOf } from './bulk.ts';

const items = [
  { id: 'ep_1', tags: ['prod'], paused: false },
  { id: 'ep_2', tags: ['prod', 'eu'], paused: true },
  { id: 'ep_3', tags: [], paused: false },
];
const ids = (answer: ReturnType<typeof inverseOf>) => answer && { do: answer.what.do, ids: answer.items.map(({ id }) => id) };

it('takes back what was changed and nothing else', () => {
  expect(ids(inverseOf({ do: 'pause' }, items, ['ep_1', 'ep_2']))).toEqual({ do: 'resume', ids: ['ep_1'] });
  expect(ids(inverseOf({ do: 'resume' }, items, ['ep_1', 'ep_2']))).toEqual({ do: 'pause', ids: ['ep_2'] });
  expect(ids(inverseOf({ do: 'tag', tag: 'eu' }, items, ['ep_1', 'ep_2', 'ep_3']))).toEqual({ do: 'untag', ids: ['ep_1', 'ep_3'] });
  expect(ids(inverseOf({ do: 'untag', tag: 'eu' }, items, ['ep_1', 'ep_2']))).toEqual({ do: 'tag', ids: ['ep_2'] });
  expect(inverseOf({ do: 'pause' }, items, ['ep_2'])).toBeNull();
  expect(inverseOf({ do: 'delete' }, items, ['ep_1'])).toBeNull();
});

it('the tags that an undo sends are those from before', () => {
  expect(inverseOf({ do: 'tag', tag: 'eu' }, items, ['ep_1'])?.items).toEqual([{ id: 'ep_1', tags: ['prod', 'eu'], paused: false }]);
});

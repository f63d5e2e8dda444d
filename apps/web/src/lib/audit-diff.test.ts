import { describe, expect, it } from 'vitest';
import { differencesOf } from './audit-diff.ts';

describe('the difference of an audit entry', () => {
  it('names the members that differ and leaves the equal ones out', () => {
    expect(differencesOf({ name: 'a', paused: false, url: 'x' }, { name: 'b', paused: true, url: 'x' })).toEqual([
      { path: 'name', before: 'a', after: 'b' },
      { path: 'paused', before: 'false', after: 'true' },
    ]);
  });
  it('goes into records and lists of records, and keeps a list of plain values whole', () => {
    expect(
      differencesOf(
        { tags: ['a'], quietHours: null, routes: [{ kind: 'all' }] },
        { tags: ['a', 'b'], quietHours: { from: '22:00' }, routes: [{ kind: 'tag' }] },
      ),
    ).toEqual([
      { path: 'tags', before: 'a', after: 'a, b' },
      { path: 'quietHours', before: 'none', after: null },
      { path: 'routes[0].kind', before: 'all', after: 'tag' },
      { path: 'quietHours.from', before: null, after: '22:00' },
    ]);
  });
  it('of something made or removed is all of it', () => {
    expect(differencesOf(null, { name: 'a' })).toEqual([{ path: 'name', before: null, after: 'a' }]);
    expect(differencesOf({ name: 'a' }, undefined)).toEqual([{ path: 'name', before: 'a', after: null }]);
    expect(differencesOf(undefined, undefined)).toEqual([]);
  });
});

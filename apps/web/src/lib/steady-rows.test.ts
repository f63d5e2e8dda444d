import { describe, expect, it } from 'vitest';
import { steadyRows } from './steady-rows.ts';

const row = (id: string, text = '') => ({ id, text });
const idOf = ({ id }: { id: string }) => id;

describe('steady rows', () => {
  it('stand where they stood and say what is new of them; new ones wait, those that are gone stay', () => {
    const fresh = [row('new'), row('b', 'changed'), row('a')];
    expect(steadyRows([row('a'), row('b'), row('gone')], fresh, idOf)).toEqual({
      rows: [row('a'), row('b', 'changed'), row('gone')],
      waiting: 1,
    });
  });

  it('of none none are shown, and all wait', () => {
    expect(steadyRows([], [row('a'), row('b')], idOf)).toEqual({ rows: [], waiting: 2 });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffPart, diffWords, elide } from './text-diff.ts';

const without = (parts: DiffPart[], kind: DiffPart['kind']): string =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join('');

describe('diffWords', () => {
  it('says which words went and which came', () => {
    expect(diffWords('Reads an invoice.', 'Reads and sends an invoice.')).toEqual([
      { kind: 'same', text: 'Reads ' },
      { kind: 'added', text: 'and sends ' },
      { kind: 'same', text: 'an invoice.' },
    ]);
  });

  it('tells words that stand together as one change', () => {
    expect(diffWords('at most ten rows', 'at most five hundred rows')).toEqual([
      { kind: 'same', text: 'at most ' },
      { kind: 'removed', text: 'ten' },
      { kind: 'added', text: 'five hundred' },
      { kind: 'same', text: ' rows' },
    ]);
  });

  it('loses nothing of either text, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', ' ', '\n', '{', '"x"', '12', '\u202e', '🙂'), { maxLength: 40 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffWords(before, after);
        expect(without(parts, 'added')).toBe(before);
        expect(without(parts, 'removed')).toBe(after);
      }),
    );
  });

  it('tells two long texts with nothing in common as replaced, at once', () => {
    const parts = diffWords('a '.repeat(5000), 'b '.repeat(5000));
    expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added', 'same']);
  });
});

it('elide leaves out the middle of what did not change, and nothing of what did', () => {
  const long = 'x'.repeat(1000);
  const parts = elide(
    [
      { kind: 'same', text: long },
      { kind: 'removed', text: long },
      { kind: 'same', text: long },
    ],
    10,
  );
  expect(parts.map(({ text }) => text.length)).toEqual([13, 1000, 13]);
});

import { describe, expect, it } from 'vitest';
import { sha256 } from './json.ts';
import { readKnown } from './known-answers.ts';
import { readRpc } from './rpc.ts';

const answer = (result: unknown, id: number | string = 2) => JSON.stringify({ jsonrpc: '2.0', id, result });

describe('an answer', () => {
  it('that came before is the same value, in a body as in an event', () => {
    const text = answer({ tools: [{ name: 'same' }] });
    expect(readKnown(text, 2, sha256(text))).toBe(readKnown(text, 2, sha256(text)));
    expect(readKnown(text, 2)).toBe(readKnown(text, 2));
    expect(readKnown(text, 2)).toEqual(readRpc(text, 2));
  });

  it('is read anew for another question: its id is judged by what was asked', () => {
    const text = answer({ tools: [] }, 7);
    expect(readKnown(text, 7).id).toBe('same');
    expect(readKnown(text, 8).id).toBe('other');
    expect(readKnown(text, '7').id).toBe('stringified');
    expect(readKnown(text, 7).id).toBe('same');
  });

  it('that is no answer is read anew', () => {
    expect(readKnown('{"jsonrpc":"2.0"', 2)).toMatchObject({ parse: 'not_json' });
    expect(readKnown('\uFEFF{"jsonrpc":"2.0","id":2,"result":{}}', 2)).toMatchObject({ parse: 'not_json' });
  });

  it('is forgotten when others need the room, and never kept when it is long', () => {
    const text = answer({ tools: [{ name: 'first' }] });
    const first = readKnown(text, 2);
    for (let i = 0; i < 80; i += 1) readKnown(answer({ i, filler: 'x'.repeat(60_000) }), 2);
    expect(readKnown(text, 2)).not.toBe(first);
    expect(readKnown(text, 2)).toEqual(first);
    const long = answer({ filler: 'x'.repeat(70_000) });
    expect(readKnown(long, 2)).not.toBe(readKnown(long, 2));
  });
});

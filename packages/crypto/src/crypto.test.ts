import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, hashApiKey, isId, newApiKey, newId, SealError, Sealed } from './index.ts';

const secret = (fill: number) => Buffer.alloc(32, fill).toString('base64');

describe('ids', () => {
  it('sort by the millisecond they were made in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e9 }), (at, later) => {
        expect(newId('ep', at) < newId('ep', at + later)).toBe(true);
      }),
    );
  });
  it('are recognised by shape and kind', () => {
    const id = newId('ep');
    expect(isId('ep', id)).toBe(true);
    expect(isId('ch', id)).toBe(false);
    expect(isId('ep', `${id}x`)).toBe(false);
  });
});

describe('api keys', () => {
  it('are stored only as a hash that the key maps to', () => {
    const made = newApiKey();
    expect(made.key).toMatch(/^rc_[\w-]{32}$/);
    expect(hashApiKey(made.key)).toBe(made.hash);
    expect(made.hash).not.toContain(made.key.slice(3));
  });
});

describe('sealer', () => {
  it('opens what it sealed, for the same context only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealer = createSealer(secret(1));
        const sealed = sealer.seal(text, 'endpoint/1');
        expect(sealer.open(sealed, 'endpoint/1')).toBe(Buffer.from(text, 'utf8').toString('utf8'));
        expect(() => sealer.open(sealed, 'endpoint/2')).toThrow(SealError);
      }),
    );
  });
  it('names the key when the secret is another one, and opens values of a former secret', () => {
    const old = createSealer(secret(1)).seal('x', 'c');
    expect(() => createSealer(secret(2)).open(old, 'c')).toThrow(/another ROLLCALL_SECRET/);
    expect(createSealer(secret(2), [secret(1)]).open(old, 'c')).toBe('x');
  });
  it('notices a changed byte', () => {
    const sealer = createSealer(secret(1));
    const parts = sealer.seal('hello', 'c').split('.');
    const body = Buffer.from(parts[3] ?? '', 'base64url');
    body.writeUInt8(body.readUInt8(0) ^ 1, 0);
    expect(() => sealer.open([...parts.slice(0, 3), body.toString('base64url')].join('.'), 'c')).toThrow(/changed/);
  });
  it('refuses a secret that is not 32 bytes, naming the variable', () => {
    expect(() => createSealer('c2hvcnQ=')).toThrow(/ROLLCALL_SECRET/);
  });
});

describe('Sealed', () => {
  it('prints nothing of the secret however it is printed', () => {
    const sealed = new Sealed('hunter2');
    for (const text of [`${sealed}`, JSON.stringify({ sealed }), inspect({ sealed }), String(sealed)])
      expect(text).not.toContain('hunter2');
    expect(sealed.reveal()).toBe('hunter2');
  });
});

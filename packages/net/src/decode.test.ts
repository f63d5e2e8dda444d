import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDecoder } from './decode.ts';
import type { NetError } from './net-error.ts';

/** Feeds a decoder and waits until it is done with it: the text, or the code of the failure. */
function decode(coding: string, body: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const decoder = createDecoder(coding, 1024 * 1024, {
      onData: (chunk) => void parts.push(chunk),
      onEnd: () => resolve(Buffer.concat(parts).toString()),
      onError: (error: NetError) => resolve(error.code),
    });
    decoder?.write(body);
    decoder?.end();
  });
}

describe('a content coding', () => {
  it('that is known is undone, outermost first', async () => {
    expect(await decode('gzip', gzipSync('hello'))).toBe('hello');
    expect(await decode('gzip, gzip', gzipSync(gzipSync('hello')))).toBe('hello');
  });

  it.each(['zstd', 'gzip, zstd', 'zstd, gzip', 'gzip, gzip, gzip'])('that is unknown or one too many fails by name: %s', async (coding) => {
    expect(await decode(coding, gzipSync('hello'))).toBe('inflate_failed');
  });

  it('that is none needs no decoder', () => {
    expect(createDecoder('identity', 10, { onData: () => {}, onEnd: () => {}, onError: () => {} })).toBeNull();
    expect(createDecoder(undefined, 10, { onData: () => {}, onEnd: () => {}, onError: () => {} })).toBeNull();
  });
});

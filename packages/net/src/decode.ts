import { createBrotliDecompress, createGunzip, createInflate, constants as zlib } from 'node:zlib';
import { NetError } from './net-error.ts';

const MAX_CODINGS = 2;
/** Below this a high ratio is no bomb: small repetitive JSON compresses very well. */
const RATIO_MATTERS_FROM_BYTES = 1024 * 1024;
const MAX_RATIO = 100;

export interface Decoder {
  write(chunk: Buffer): void;
  /** The encoded body has ended; `onEnd` follows. */
  end(): void;
  destroy(): void;
}
export interface DecoderEvents {
  onData(chunk: Buffer): void;
  onEnd(): void;
  onError(error: NetError): void;
}

/** Decodes a Content-Encoding as it streams, bounded by `maxBytes` decoded and a ratio of 100. Null when the body is not encoded. */
export function createDecoder(contentEncoding: string | undefined, maxBytes: number, events: DecoderEvents): Decoder | null {
  if (contentEncoding === undefined) return null;
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length === 0) return null;
  let failed = false;
  const fail = (code: string): void => {
    if (failed) return;
    failed = true;
    for (const stage of stages) stage.destroy();
    // Asynchronously: the caller may still be inside the call that made the decoder.
    queueMicrotask(() => events.onError(new NetError('http', code)));
  };
  const named = codings.length > MAX_CODINGS ? [] : codings.reverse().map(stageFor);
  const stages = named.filter((stage) => stage !== undefined);
  const first = stages[0];
  const last = stages.at(-1);
  if (first === undefined || last === undefined || stages.length < named.length) {
    fail('inflate_failed');
    return { write: () => {}, end: () => {}, destroy: () => {} };
  }
  let decodedBytes = 0;
  for (const [index, stage] of stages.entries()) {
    stage.on('error', () => fail('inflate_failed'));
    const next = stages[index + 1];
    if (next !== undefined) stage.pipe(next);
  }
  last.on('data', (chunk: Buffer) => {
    decodedBytes += chunk.length;
    // What the first stage has taken in, not what has arrived: a bomb may stand whole in its buffer before it goes off.
    const bomb = decodedBytes > RATIO_MATTERS_FROM_BYTES && decodedBytes > first.bytesWritten * MAX_RATIO;
    if (bomb) fail('bomb');
    else if (decodedBytes > maxBytes) fail('body_too_large');
    if (!failed) events.onData(chunk);
  });
  last.on('end', () => {
    if (!failed) events.onEnd();
  });
  return {
    write(chunk) {
      if (!failed) first.write(chunk);
    },
    end: () => {
      if (!failed) first.end();
    },
    destroy() {
      failed = true;
      for (const stage of stages) stage.destroy();
    },
  };
}

function stageFor(coding: string) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ flush: zlib.Z_SYNC_FLUSH });
    case 'deflate':
      return createInflate({ flush: zlib.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliDecompress({ flush: zlib.BROTLI_OPERATION_FLUSH });
    default:
      return undefined;
  }
}

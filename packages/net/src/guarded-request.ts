import type { AddressPolicy } from './address.ts';
import { Connections } from './connections.ts';
import { Cutoff, type Ending, offEnd, onEnd } from './cutoff.ts';
import { NetError } from './net-error.ts';
import type { Resolve } from './resolve.ts';
import { parseTargetUrl } from './target-url.ts';

export interface GuardedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
  /** Everything, from the name look-up to the last byte. */
  readonly timeoutMs: number;
  /** The answer is cut here (`truncated`), decoded bytes. */
  readonly maxBytes: number;
  readonly policy: AddressPolicy;
  readonly signal?: AbortSignal | undefined;
  readonly resolve?: Resolve | undefined;
  readonly extraCa?: readonly string[] | undefined;
}

export interface GuardedResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly truncated: boolean;
  readonly durationMs: number;
}

/** One request to an outside address under the address policy. Never follows a redirect. Throws NetError. */
export async function guardedRequest(request: GuardedRequest): Promise<GuardedResponse> {
  const url = parseTargetUrl(request.url);
  const from = performance.now();
  const signal = new Cutoff();
  const timer = setTimeout(() => signal.abort(new NetError('timeout', 'deadline')), request.timeoutMs);
  const cancel = (): void => signal.abort(request.signal?.reason);
  if (request.signal?.aborted === true) cancel();
  onEnd(request.signal, cancel);
  const connections = new Connections({ policy: request.policy, signal, resolve: request.resolve, extraCa: request.extraCa });
  const chunks: Buffer[] = [];
  let bytes = 0;
  let truncated = false;
  try {
    const { exchange } = await withSignal(
      connections.start({
        method: request.method,
        url,
        headers: request.headers,
        body: request.body ?? null,
        firstByteMs: request.timeoutMs,
        bodyMs: 0,
        // One bound counts here, the decoded one; the raw bytes are never more than a bounded body decodes from.
        maxRawBytes: request.maxBytes + 1024 * 1024,
        maxDecodedBytes: 16 * 1024 * 1024,
        signal,
        onData: (chunk) => {
          const room = request.maxBytes - bytes;
          chunks.push(Buffer.from(chunk.subarray(0, Math.max(0, room))));
          bytes += Math.min(chunk.length, room);
          if (chunk.length <= room) return undefined;
          truncated = true;
          return 'enough';
        },
      }),
      signal,
    );
    const outcome = await exchange.outcome;
    if (outcome.failure !== null) throw outcome.failure;
    if (outcome.head === null) throw new NetError('http', 'reset');
    return {
      status: outcome.head.status,
      headers: { ...outcome.head.headers },
      body: Buffer.concat(chunks),
      truncated,
      durationMs: performance.now() - from,
    };
  } finally {
    clearTimeout(timer);
    offEnd(request.signal, cancel);
    connections.close();
  }
}

/** `work`, or the signal's reason, whichever comes first: a name look-up cannot be cancelled. */
export function withSignal<T>(work: Promise<T>, signal: Ending): Promise<T> {
  const reason = (): NetError => (signal.reason instanceof NetError ? signal.reason : new NetError('timeout', 'aborted'));
  if (signal.aborted) {
    work.catch(() => {});
    return Promise.reject(reason());
  }
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(reason());
    onEnd(signal, aborted);
    work.then(
      (value) => {
        offEnd(signal, aborted);
        resolve(value);
      },
      (error) => {
        offEnd(signal, aborted);
        reject(error);
      },
    );
  });
}

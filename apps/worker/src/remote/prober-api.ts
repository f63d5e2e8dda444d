import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  heartbeatAnswerSchema,
  heldSchema,
  type LeasedJobs,
  leasedJobsSchema,
  type ProberHeartbeat,
  type TakenResults,
  takenResultsSchema,
} from '@rollcall/contracts';

/**
 * What a call to the API came to. `denied`: the key opens nothing (any more), or may not be sent this way; asking again is no use.
 * `rejected`: this very request is not acceptable. `unavailable`: later.
 */
export type ProberApiFault = 'denied' | 'rejected' | 'unavailable';

export class ProberApiError extends Error {
  readonly kind: ProberApiFault;
  constructor(kind: ProberApiFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ProberApiError';
    this.kind = kind;
  }
}

/** The API as a remote prober sees it. Every call rejects with ProberApiError. */
export interface ProberApi {
  lease(max: number, waitMs: number, signal: AbortSignal): Promise<LeasedJobs>;
  /** In the order of the leases: whether each still holds. */
  renew(leases: readonly string[]): Promise<boolean[]>;
  giveBack(leases: readonly string[]): Promise<boolean[]>;
  /** Results as JSON texts. */
  deliver(results: readonly string[]): Promise<TakenResults>;
  heartbeat(how: ProberHeartbeat): Promise<{ region: string; now: string }>;
  /** Epoch ms of the last answer that was one of the API's; null before. */
  lastAnswerAt(): number | null;
}

export interface ProberApiOptions {
  readonly apiUrl: string;
  readonly regionKey: string;
}

const CALL_MS = 20_000;
/** Beyond how long the API itself waits. */
const LEASE_SLACK_MS = 10_000;
const DELIVER_MS = 60_000;
const zip = promisify(gzip);

export function createProberApi({ apiUrl, regionKey }: ProberApiOptions): ProberApi {
  let lastAnswerAt: number | null = null;

  async function call<T>(path: string, body: string, schema: Schema<T>, signal: AbortSignal): Promise<T> {
    const answer = await fetch(`${apiUrl}/api/v1/prober/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${regionKey}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: await zip(body),
      // The key goes to this address and to no other.
      redirect: 'error',
      signal,
    }).catch((error: unknown) => {
      throw new ProberApiError('unavailable', `${path}: no answer (${reasonOf(error)})`, error);
    });
    const text = await answer.text().catch((error: unknown) => {
      throw new ProberApiError('unavailable', `${path}: the answer was cut off`, error);
    });
    if (answer.ok) {
      const said = understand(path, schema, text);
      lastAnswerAt = Date.now();
      return said;
    }
    throw toError(path, answer, text);
  }
  const post = <T>(path: string, body: unknown, schema: Schema<T>) =>
    call(path, JSON.stringify(body), schema, AbortSignal.timeout(CALL_MS));

  return {
    lease: (max, waitMs, signal) =>
      call(
        'lease',
        JSON.stringify({ max, waitMs }),
        leasedJobsSchema,
        AbortSignal.any([signal, AbortSignal.timeout(waitMs + LEASE_SLACK_MS)]),
      ),
    renew: async (leases) => (await post('renew', { leases }, heldSchema)).held,
    giveBack: async (leases) => (await post('return', { leases }, heldSchema)).held,
    deliver: (results) => call('results', `{"results":[${results.join(',')}]}`, takenResultsSchema, AbortSignal.timeout(DELIVER_MS)),
    heartbeat: (how) => post('heartbeat', how, heartbeatAnswerSchema),
    lastAnswerAt: () => lastAnswerAt,
  };
}

/** An answer of the contract, whatever its kind. */
interface Schema<T> {
  parse(value: unknown): T;
}

function understand<T>(path: string, schema: Schema<T>, text: string): T {
  try {
    return schema.parse(parse(text));
  } catch (error) {
    throw new ProberApiError('unavailable', `${path}: the answer is not Rollcall's`, error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return (cause as { code?: string } | null)?.code ?? (cause instanceof Error ? cause.name : 'unknown');
}

/** A refusal is believed when it is a problem of the API: a proxy in front that says 401 for a moment is none. */
function toError(path: string, answer: Response, text: string): ProberApiError {
  const problem = answer.headers.get('content-type')?.startsWith('application/problem+json') ? parse(text) : null;
  const { code, detail } = (problem ?? {}) as { code?: unknown; detail?: unknown };
  const message = `${path}: ${answer.status}${typeof detail === 'string' ? ` ${detail.slice(0, 300)}` : ''}`;
  if (code === 'unauthenticated' || code === 'forbidden') return new ProberApiError('denied', message);
  if (code === 'invalid_request' || code === 'payload_too_large') return new ProberApiError('rejected', message);
  return new ProberApiError('unavailable', message);
}

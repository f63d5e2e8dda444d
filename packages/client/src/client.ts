import { addressOf } from './address.ts';
import type {
  Address,
  Answer,
  AnswerStatus,
  Arguments,
  CallOptions,
  Item,
  ListPath,
  Method,
  OptionsOf,
  PathOf,
  Retry,
} from './call-types.ts';
import { UnreachableError } from './errors.ts';
import { readAnswer } from './read-answer.ts';
import { pauseMs, wait } from './retry.ts';

type Headers = Readonly<Record<string, string>>;

export interface ClientOptions {
  /** Where Rollcall is: `https://rollcall.example.com`, without `/api/v1`. Empty, in a browser: where the page is from. */
  readonly baseUrl: string;
  /** `rc_…`. In a browser the session's cookie is sent instead. */
  readonly apiKey?: string | undefined;
  /** Sent with every call; a function is asked before each. */
  readonly headers?: Headers | (() => Headers | Promise<Headers>) | undefined;
  /** Default: the global one, as it is at the time of a call. */
  readonly fetch?: ((address: string, init: RequestInit) => Promise<Response>) | undefined;
  /** For every call that says nothing else. Default: nothing is repeated. */
  readonly retry?: Retry | undefined;
}

/** An answer with what its head says. */
export interface Reply<M extends Method, P extends PathOf<M>> {
  readonly status: AnswerStatus<M, P>;
  readonly data: Answer<M, P>;
  /** Of the version that was read; for `ifMatch`. */
  readonly etag: string | null;
  readonly headers: globalThis.Headers;
}

type Verb<M extends Method> = <P extends PathOf<M>>(path: P, ...options: Arguments<OptionsOf<M, P>>) => Promise<Answer<M, P>>;

/** Every call throws ApiError when the server refuses, UnreachableError when it does not answer, and the signal's reason when stopped. */
export interface Client {
  readonly get: Verb<'get'>;
  readonly post: Verb<'post'>;
  readonly put: Verb<'put'>;
  readonly patch: Verb<'patch'>;
  readonly delete: Verb<'delete'>;
  /** The same calls, for who needs the status, the ETag or another header of the answer. */
  request<M extends Method, P extends PathOf<M>>(method: M, path: P, ...options: Arguments<OptionsOf<M, P>>): Promise<Reply<M, P>>;
  /** The GET that `address` put into a text. */
  read<P extends PathOf<'get'>>(address: Address<P>, options?: CallOptions): Promise<Answer<'get', P>>;
  /** Every item of a list, page after page, asked for when it is needed. `limit` is the size of a page, 200 unless told. */
  list<P extends ListPath>(path: P, ...options: Arguments<OptionsOf<'get', P>>): AsyncGenerator<Item<P>, void, undefined>;
}

/** What the types have made sure of; the wire knows no types. */
interface Given extends CallOptions {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: string | undefined;
}
interface Page {
  readonly data: readonly unknown[];
  readonly nextCursor: string | null;
}

const LARGEST_PAGE = 200;

/** A client of one Rollcall. It keeps nothing between calls. */
export function createClient(options: ClientOptions): Client {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');

  async function once(method: string, path: string, given: Given): Promise<Reply<Method, never>> {
    const operation = `${method} ${path}`;
    const address = `${baseUrl}/api/v1${addressOf(path, given.path, given.query)}`;
    const init = await initOf(options, method, given);
    let response: Response;
    try {
      response = await (options.fetch ?? fetch)(address, init);
    } catch (error) {
      given.signal?.throwIfAborted();
      throw new UnreachableError(operation, baseUrl, error);
    }
    const data = await readAnswer(response, operation, baseUrl, given.signal);
    return { status: response.status as never, data: data as never, etag: response.headers.get('etag'), headers: response.headers };
  }

  async function request(method: Method, path: string, given: Given = {}): Promise<Reply<Method, never>> {
    const name = method.toUpperCase();
    const harmless = (method !== 'post' && method !== 'patch') || given.idempotencyKey !== undefined;
    for (let calls = 1; ; calls += 1) {
      try {
        return await once(name, path, given);
      } catch (error) {
        const ms = pauseMs(given.retry ?? options.retry, { error, calls, harmless, random: Math.random() });
        if (ms === null) throw error;
        await wait(ms, given.signal);
      }
    }
  }

  async function* list(path: string, given: Given = {}): AsyncGenerator<unknown, void, undefined> {
    let cursor = given.query?.['cursor'] ?? null;
    do {
      const query = { limit: LARGEST_PAGE, ...given.query, cursor };
      const { data } = (await request('get', path, { ...given, query })) as { data: Page };
      yield* data.data;
      cursor = data.nextCursor;
    } while (cursor !== null);
  }

  const verb =
    (method: Method) =>
    async (path: string, given?: Given): Promise<unknown> =>
      (await request(method, path, given)).data;
  const read = verb('get');
  const client = {
    read,
    get: verb('get'),
    post: verb('post'),
    put: verb('put'),
    patch: verb('patch'),
    delete: verb('delete'),
    request,
    list,
  };
  // Written for any path, offered for those of the contract only.
  return client as unknown as Client;
}

async function initOf({ apiKey, headers }: ClientOptions, method: string, given: Given): Promise<RequestInit> {
  const common = typeof headers === 'function' ? await headers() : headers;
  return {
    method,
    // A redirected POST would arrive as a GET and seem to succeed.
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(given.idempotencyKey === undefined ? {} : { 'idempotency-key': given.idempotencyKey }),
      ...(given.ifMatch === undefined ? {} : { 'if-match': given.ifMatch }),
      ...common,
      ...given.headers,
    },
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    ...(given.signal === undefined ? {} : { signal: given.signal }),
  };
}

import type { paths } from './generated/contract.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type Stream = { responses: { 200: { content: { 'text/event-stream': unknown } } } };

/** The paths that take this method, as the contract writes them: `/endpoints/{id}`. A stream has no end, so it is no call. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends Stream ? never : paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];

type GoodStatus = 200 | 201 | 202 | 204;
type ContentOf<R> = R extends { content: infer C } ? C[keyof C] : undefined;
type AnswerOf<O> = O extends { responses: infer R } ? { [S in keyof R & GoodStatus]: ContentOf<R[S]> }[keyof R & GoodStatus] : never;

/** What the operation answers when it does what was asked; undefined for 204. */
export type Answer<M extends Method, P extends PathOf<M>> = AnswerOf<paths[P][M]>;

/** The status of such an answer. */
export type AnswerStatus<M extends Method, P extends PathOf<M>> = paths[P][M] extends { responses: infer R } ? keyof R & GoodStatus : never;

/** What is sent is not changed: lists may be read-only ones. */
type Sent<T> = T extends readonly (infer I)[] ? readonly Sent<I>[] : T extends object ? { [K in keyof T]: Sent<T[K]> } : T;

/** What the operation takes as its body; never when it takes none. */
export type Body<M extends Method, P extends PathOf<M>> = paths[P][M] extends { requestBody: { content: { 'application/json': infer B } } }
  ? Sent<B>
  : never;

/** null and undefined are left out of the address. */
type QueryValues<Q> = { [K in keyof Q]: undefined extends Q[K] ? Q[K] | null | undefined : Q[K] };
type Present<T> = [NonNullable<T>] extends [never] ? false : true;

type Parameters<O, In extends string> = O extends { parameters: Partial<Record<In, infer T>> } ? T : never;
type PathPart<O> =
  Present<Parameters<O, 'path'>> extends true ? { readonly path: NonNullable<Parameters<O, 'path'>> } : { readonly path?: never };

/** What may stand behind the `?`. */
export type Query<M extends Method, P extends PathOf<M>> = QueryValues<NonNullable<Parameters<paths[P][M], 'query'>>>;
type QueryPart<M extends Method, P extends PathOf<M>> =
  Present<Parameters<paths[P][M], 'query'>> extends true
    ? paths[P][M] extends { parameters: { query: object } }
      ? { readonly query: Query<M, P> }
      : { readonly query?: Query<M, P> | undefined }
    : { readonly query?: never };

type BodyPart<M extends Method, P extends PathOf<M>> = [Body<M, P>] extends [never]
  ? { readonly body?: never }
  : { readonly body: Body<M, P> };

type HeaderNames<O> = keyof NonNullable<Parameters<O, 'header'>>;
type HeaderPart<O> = {
  /** 1 to 200 visible ASCII characters, kept for a day: the same request with the same key is carried out once. */
  readonly idempotencyKey?: 'idempotency-key' extends HeaderNames<O> ? string | undefined : never;
  /** The `etag` of the version that was read: a change of any later one is refused with 412. */
  readonly ifMatch?: 'if-match' extends HeaderNames<O> ? string | undefined : never;
};

/** When a call is made once more. Nothing is repeated unless this is given. */
export interface Retry {
  /** Calls after the first; 1 to 10. */
  readonly attempts: number;
  /** A server that asks for a longer pause than this is not waited for. Default 60 000. */
  readonly maxWaitMs?: number | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly retry?: Retry | false | undefined;
}

/** Everything that the operation takes. */
export type OptionsOf<M extends Method, P extends PathOf<M>> = CallOptions &
  PathPart<paths[P][M]> &
  QueryPart<M, P> &
  BodyPart<M, P> &
  HeaderPart<paths[P][M]>;

/** The options of a call, which may be left out when none of them is needed. */
export type Arguments<O> = Record<never, never> extends O ? [options?: O] : [options: O];

/** A GET as a text: the path filled, with its query. `P` is the path as the contract writes it. */
export type Address<P extends PathOf<'get'>> = string & { readonly [asked]: P };
declare const asked: unique symbol;

/** The lists: those that answer `{data, nextCursor}`. */
export type ListPath = {
  [P in PathOf<'get'>]: Answer<'get', P> extends { data: unknown[]; nextCursor: string | null } ? P : never;
}[PathOf<'get'>];

export type Item<P extends ListPath> = Answer<'get', P> extends { data: (infer T)[] } ? T : never;

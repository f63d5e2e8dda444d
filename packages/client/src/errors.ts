import type { Problem } from './generated/contract.ts';

/** What the server named as wrong: a member of the body as an RFC 6901 pointer (`/expect/latencyMs`), a parameter by its name. */
export interface Culprit {
  readonly pointer: string;
  readonly message: string;
}

/** Where something went wrong: `GET /endpoints/{id}`, without what was filled in. */
type OperationName = string;

/** The server answered and did not do what was asked. */
export class ApiError extends Error {
  readonly operation: OperationName;
  readonly status: number;
  /** The problem document (RFC 9457); null when the answer is not one of Rollcall's own, such as the page of a proxy. */
  readonly problem: Problem | null;
  /** How long to wait before the next call, in seconds, when the server said so (429, and 409 and 503 at times). */
  readonly retryAfterSeconds: number | null;

  constructor(
    status: number,
    problem: Problem | null,
    about: { readonly operation?: OperationName; readonly message?: string; readonly retryAfterSeconds?: number | null } = {},
  ) {
    super(problem?.detail ?? problem?.title ?? about.message ?? `The server answered ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
    this.operation = about.operation ?? '';
    this.retryAfterSeconds = about.retryAfterSeconds ?? null;
  }

  /** The stable name of the problem, such as `not_found`; null without a problem document. */
  get code(): string | null {
    return this.problem?.code ?? null;
  }

  /** Everything that the server found wrong with what was sent. */
  get culprits(): readonly Culprit[] {
    return this.problem?.errors ?? [];
  }

  /** What is wrong with one member of the body, or with something in it: `url`, `expect/latencyMs`. */
  fieldError(member: string): string | undefined {
    return this.culprits.find(({ pointer }) => {
      const place = pointer.replace(/^\//, '');
      return place === member || place.startsWith(`${member}/`);
    })?.message;
  }
}

/** The server did not answer: no connection, or one that broke. `cause` is what `fetch` threw. */
export class UnreachableError extends Error {
  readonly operation: OperationName;
  readonly baseUrl: string;

  constructor(operation: OperationName, baseUrl: string, cause: unknown) {
    super(`${baseUrl || 'The server'} does not answer (${reasonOf(cause)}).`, { cause });
    this.name = 'UnreachableError';
    this.operation = operation;
    this.baseUrl = baseUrl;
  }
}

/** fetch hides the reason one level down. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

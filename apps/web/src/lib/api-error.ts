import type { Problem } from '@rollcall/contracts';

/** An answer of the API that is not 2xx, with its problem document when it sent one. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null) {
    super(problem?.detail ?? problem?.title ?? `The server answered ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }

  /** What is wrong with one member of the body that was sent, or with something in it: `url`, `expect/latencyMs`. */
  fieldError(member: string): string | undefined {
    return this.problem?.errors?.find((entry) => {
      const place = entry.pointer.replace(/^\/?(body\/)?/, '');
      return place === member || place.startsWith(`${member}/`);
    })?.message;
  }
}

/** Reads the problem of a failed answer; a proxy's HTML page gives null. */
export async function toApiError(response: Response): Promise<ApiError> {
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const problem = isJson ? await response.json().catch(() => null) : null;
  return new ApiError(response.status, problem as Problem | null);
}

/** One sentence for a toast or an alert. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) {
    const first = error.problem?.errors?.[0];
    return first === undefined ? error.message : `${first.pointer.replace(/^\//, '') || 'request'}: ${first.message}`;
  }
  return 'Rollcall could not be reached. Check the connection and try again.';
}

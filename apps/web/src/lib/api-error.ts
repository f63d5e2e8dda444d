import { ApiError } from '@rollcall/client';
import type { Problem } from '@rollcall/contracts';

export { ApiError };

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

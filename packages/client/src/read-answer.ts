import { ApiError, UnreachableError } from './errors.ts';
import type { Problem } from './generated/contract.ts';
import { retryAfterSeconds } from './retry.ts';

/** The body of a good answer; undefined when it has none. @throws ApiError for any other, UnreachableError when it breaks off. */
export async function readAnswer(
  response: Response,
  operation: string,
  baseUrl: string,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status === 204) return undefined;
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    throw new UnreachableError(operation, baseUrl, error);
  }
  if (!response.ok) throw refusalOf(response, operation, type.includes('json') ? problemOf(text) : null);
  if (type.startsWith('text/plain')) return text;
  const value = type.includes('json') ? parse(text) : undefined;
  if (value !== undefined) return value;
  // Somebody stands in between, such as a sign-in page of a network.
  const what = type === '' ? 'something' : type.split(';', 1)[0];
  throw new ApiError(response.status, null, { operation, message: `${operation} was answered with ${what} that is not JSON.` });
}

function refusalOf(response: Response, operation: string, problem: Problem | null): ApiError {
  const location = response.headers.get('location');
  const redirected = response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
  const message = redirected
    ? `${operation} was redirected${location === null ? '' : ` to ${location}`}: the base URL must be where the API is.`
    : `The server answered ${response.status}.`;
  return new ApiError(response.status, problem, {
    operation,
    message,
    retryAfterSeconds: retryAfterSeconds(response.headers.get('retry-after'), new Date()),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error page of another program may be JSON as well. */
function problemOf(text: string): Problem | null {
  const value = parse(text) as Partial<Problem> | null | undefined;
  const isProblem = typeof value?.status === 'number' && typeof value.code === 'string' && typeof value.detail === 'string';
  return isProblem ? (value as Problem) : null;
}

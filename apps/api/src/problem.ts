import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '@rollcall/contracts';
import { AppError, type Culprit } from '@rollcall/core';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

/** An answer names so many culprits and no more: it must not grow with a hostile body. */
const MAX_CULPRITS = 50;
const MAX_POINTER = 200;
const PROBLEM_TYPE = 'application/problem+json';

/** RFC 9457. `code` is the stable name; `errors` names every culprit. */
export function toProblem(error: AppError, instance: string): Problem {
  return {
    type: `/docs/problems/${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    instance,
    ...(error.culprits.length > 0 ? { errors: error.culprits.map(({ pointer, message }) => ({ pointer, message })) } : {}),
  };
}

function pointerOf(path: readonly PropertyKey[], inBody: boolean): string {
  const parts = path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return inBody ? parts.map((part) => `/${part}`).join('') : parts.join('/');
}

/** Of several alternatives the one that came furthest says best what is wrong. */
function flatten(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  const deepest = issue.errors.toSorted((x, y) => depth(y) - depth(x))[0] ?? [];
  if (deepest.length === 0) return [issue];
  return deepest.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue));
}

/** Every issue of a schema as a culprit; each unknown member is one of its own. Body members as RFC 6901 pointers, parameters by name. */
export function toInvalidRequest(error: z.ZodError, httpPart: string | undefined): AppError {
  const inBody = httpPart === 'body' || httpPart === undefined;
  const all = error.issues.flatMap(flatten).flatMap((issue): Culprit[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key], inBody), message: 'is not known here' }));
    return [{ pointer: pointerOf(issue.path, inBody), message: issue.message }];
  });
  const culprits = all.slice(0, MAX_CULPRITS).map(({ pointer, message }) => ({ pointer: pointer.slice(0, MAX_POINTER), message }));
  const names = [...new Set(culprits.map(({ pointer }) => pointer || 'the body'))].slice(0, 5).join(', ');
  return new AppError('invalid_request', `The request is not acceptable: ${names}.`, { culprits });
}

/** Our own fault: the text is constant, the cause stays in the log. */
export function internalError(cause: unknown): AppError {
  return new AppError('internal', 'Something went wrong on our side. It has been logged.', { cause });
}

/** Fastify's own refusals (syntax, size, media type) in our terms; anything else is our fault and says nothing of the inside. */
function toAppError(error: FastifyError | AppError): AppError {
  if (error instanceof AppError) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AppError('payload_too_large', 'The body is larger than this address takes.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AppError('unsupported_media_type', 'The body must be JSON (Content-Type: application/json).', {
        culprits: [{ pointer: 'Content-Type', message: 'must be application/json' }],
      });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new AppError('invalid_request', 'The body is empty.', { culprits: [{ pointer: '', message: 'is missing' }] });
    case 'FST_ERR_BAD_URL':
      return new AppError('invalid_request', 'The address is not well encoded.', {
        culprits: [{ pointer: '', message: 'the path has a % that starts no UTF-8 character' }],
      });
    default:
  }
  if (error.statusCode === 429) return new AppError('rate_limited', 'Too many requests; slow down.', { cause: error });
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new AppError('invalid_request', 'The request cannot be read as JSON over HTTP.', {
      cause: error,
      culprits: [{ pointer: '', message: 'cannot be parsed' }],
    });
  }
  return internalError(error);
}

export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  // A route that knows a better challenge has set it.
  if (error.status === 401 && !reply.hasHeader('www-authenticate')) void reply.header('www-authenticate', 'Bearer realm="Rollcall"');
  if (error.retryAfterSeconds !== undefined) void reply.header('retry-after', String(error.retryAfterSeconds));
  return reply
    .code(error.status)
    .type(PROBLEM_TYPE)
    .serializer((problem: unknown) => JSON.stringify(problem))
    .send(toProblem(error, reply.request.url.split('?', 1)[0] ?? ''));
}

export function handleError(error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toAppError(error);
  if (known.status >= 500) request.log.error({ err: known.cause ?? error }, 'request.failed');
  return sendProblem(reply, known);
}

/** What Node refuses before there is a request: a head that is no HTTP, too large, or too slow. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  const title = STATUS_CODES[status] ?? 'Bad Request';
  const body = JSON.stringify({
    type: '/docs/problems/invalid_request',
    title,
    status,
    code: 'invalid_request',
    detail: status === 400 ? 'The request cannot be read as HTTP.' : `${title}.`,
    instance: '',
  });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

export function handleNotFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, new AppError('not_found', 'There is nothing at this address.'));
}

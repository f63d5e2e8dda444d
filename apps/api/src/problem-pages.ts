import { APP_ERROR_STATUS, AppError, type AppErrorCode } from '@rollcall/core';
import type { FastifyInstance } from 'fastify';

/** What the `type` of a problem leads to: what it means, and what to do. */
const MEANING: Readonly<Record<AppErrorCode, readonly [meaning: string, remedy: string]>> = {
  invalid_request: [
    'The request does not have the form that the call takes.',
    'Read `errors`: each names a member by its JSON pointer, or a parameter, and what is wrong with it. Sending the same again does not help.',
  ],
  unauthenticated: [
    'There are no credentials, or they are unknown, revoked or expired.',
    'Send an API key as Authorization: Bearer rc_…, or sign in.',
  ],
  forbidden: [
    'The credentials are good, but do not allow this.',
    'Use a key with the scope that `detail` names, or ask an owner or admin of the organization.',
  ],
  not_found: [
    'There is nothing with this address or id, or it belongs to another organization.',
    'Check the id, and which organization the key belongs to.',
  ],
  method_not_allowed: ['The address exists and does not take this method.', 'Use one of the methods in the Allow header.'],
  conflict: [
    'The present state does not allow this: somebody changed it at the same time, or it is done already.',
    'Read it again, then decide anew.',
  ],
  precondition_failed: [
    'If-Match names a version that is no longer the present one.',
    'Read it again, apply the change to what it is now, and send it with the new ETag.',
  ],
  payload_too_large: ['The body is larger than 1 MiB.', 'Send it in parts; bulk calls take up to 1,000 items each.'],
  unsupported_media_type: ['The body is of a type that the call does not read.', 'Send JSON with Content-Type: application/json.'],
  unprocessable: ['The request is well formed but contradicts itself or an earlier one.', 'Read `detail` and `errors`.'],
  rate_limited: [
    'Too many calls in a minute, by this caller or by the organization.',
    'Wait as long as Retry-After says. The RateLimit headers of every answer tell what is left.',
  ],
  quota_exceeded: [
    'The plan of the organization does not allow more; `detail` names the quota.',
    'Remove what is not needed, or ask the operator for another plan.',
  ],
  internal: ['Something went wrong on our side; it has been logged.', 'Try again later; a POST with the same Idempotency-Key is safe.'],
  unavailable: ['Something that is needed does not answer right now.', 'Try again as Retry-After says.'],
};

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Rollcall</title><main><h1>${title}</h1>${body}</main></html>`;
}

/** /docs/problems and a page for each code; pages of text, without a script or a style. */
export function registerProblemPages(app: FastifyInstance): void {
  const html = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; base-uri 'none'" };
  const codes = Object.keys(MEANING) as AppErrorCode[];
  app.get('/docs/problems', { schema: { hide: true } }, async (_request, reply) => {
    const items = codes.map((code) => `<li><a href="/docs/problems/${code}">${code}</a> (${APP_ERROR_STATUS[code]})</li>`);
    return reply.headers(html).send(page('Problems', `<ul>${items.join('')}</ul>`));
  });
  app.get<{ Params: { code: string } }>('/docs/problems/:code', { schema: { hide: true } }, async (request, reply) => {
    const code = codes.find((known) => known === request.params.code);
    if (code === undefined) throw new AppError('not_found', 'There is no such problem.');
    const [meaning, remedy] = MEANING[code];
    const body = `<p>HTTP status ${APP_ERROR_STATUS[code]}.</p><p>${escapeHtml(meaning)}</p><h2>What to do</h2><p>${escapeHtml(remedy)}</p><p><a href="/docs/problems">All problems</a></p>`;
    return reply.headers(html).send(page(code, body));
  });
}

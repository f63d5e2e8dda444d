import { isUtf8 } from 'node:buffer';
import { AppError } from '@rollcall/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** JSON as RFC 8259 §8.1 has it: UTF-8, or refused. Decoding quietly would store another text than the one that was sent. */
export function readJsonStrictly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isUtf8(body)) return parse(request, body.toString('utf8'), done);
    done(
      new AppError('invalid_request', 'The body is not UTF-8.', { culprits: [{ pointer: '', message: 'has bytes that are no UTF-8' }] }),
      undefined,
    );
  });
}

/** A call that takes no body takes an empty one, and refuses members like any other call: none of them is known. @throws AppError */
export function requireKnownBody({ body, routeOptions }: FastifyRequest): void {
  if (body === undefined || body === null || routeOptions.schema?.body !== undefined) return;
  const members = typeof body === 'object' && !Array.isArray(body) ? Object.keys(body).slice(0, 50) : [''];
  if (members.length === 0) return;
  const culprits = members.map((name) =>
    name === '' ? { pointer: '', message: 'this call takes no body' } : { pointer: pointerTo(name), message: 'is not known here' },
  );
  throw new AppError('invalid_request', 'This call takes no body.', { culprits });
}

function pointerTo(member: string): string {
  return `/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`.slice(0, 200);
}

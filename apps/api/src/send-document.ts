import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Sends a JSON document while it is made, as fast as it is taken; whoever goes away stops the making. */
export function sendDocument(reply: FastifyReply, pieces: AsyncIterable<string>, filename: string): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .send(Readable.from(pieces, { highWaterMark: 1 }));
}

import type { FastifyReply } from 'fastify';

/** Often enough for every proxy that cuts idle streams (the shortest usual limit is 30 s). */
const KEEP_ALIVE_MS = 15_000;

export interface EventStream {
  send(event: string, data: unknown): void;
  end(): void;
}

/** Turns the answer into a text/event-stream (WHATWG HTML §9.2), with the headers that were set so far. */
export function openEventStream(reply: FastifyReply): EventStream {
  reply.hijack();
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  reply.raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // nginx would hold the steps back until the end.
    'x-accel-buffering': 'no',
  });
  const alive = setInterval(() => write(': still at it\n\n'), KEEP_ALIVE_MS);
  const write = (text: string) => {
    if (!reply.raw.writableEnded && !reply.raw.destroyed) reply.raw.write(text);
  };
  reply.raw.once('close', () => clearInterval(alive));
  return {
    send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    end() {
      clearInterval(alive);
      reply.raw.end();
    },
  };
}

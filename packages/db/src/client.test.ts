import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createDb } from './client.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A message of the server (PostgreSQL protocol 3): type, length, body. */
function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

it('outlives a server that lets it in and shuts down in one breath', async () => {
  const signedIn = message('R', Buffer.alloc(4));
  const ready = message('Z', Buffer.from('I'));
  const fatal = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'));
  let welcomed = 0;
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      welcomed += 1;
      socket.end(Buffer.concat([signedIn, ready, fatal]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => server.close());
  const db = createDb(`postgresql://nobody@127.0.0.1:${(server.address() as AddressInfo).port}/none`);
  cleanups.push(() => db.$disconnect());
  // What nobody listens to ends the process, and fails this run.
  await expect(db.$transaction((tx) => tx.$queryRaw`select 1`)).rejects.toThrow();
  await expect(db.$queryRaw`select 1`).rejects.toThrow();
  expect(welcomed).toBeGreaterThanOrEqual(2);
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Connections } from './connections.ts';

let server: Server | undefined;
afterEach(() => server?.close());

it('an address that answered is dialled first from then on, so that a dead one beside it costs its wait once', async () => {
  const listening = createServer((_request, response) => response.end());
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://two.test:${(listening.address() as AddressInfo).port}/`);
  const connections = new Connections({
    policy: { allowPrivate: true },
    // The first is of a network for documentation: nobody answers there, nobody refuses.
    resolve: async () => [
      { address: '192.0.2.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
  });
  try {
    const first = await connections.dial(url);
    const second = await connections.dial(url);
    expect([first.facts.address, second.facts.address]).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(second.facts.addresses.map(({ address }) => address)).toEqual(['127.0.0.1', '192.0.2.1']);
    expect(second.facts.tcpMs).toBeLessThan(250);
  } finally {
    connections.close();
  }
});

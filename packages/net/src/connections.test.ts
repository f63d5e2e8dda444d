import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Connections } from './connections.ts';
import { Cutoff } from './cutoff.ts';
import { NetError } from './net-error.ts';
import type { RequestSpec } from './start-exchange.ts';

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

describe('an exchange that stands still is ended', () => {
  const LIMITS = { method: 'GET', headers: {}, body: null, firstByteMs: 0, bodyMs: 0, maxRawBytes: 1000, maxDecodedBytes: 1000 };

  async function ask(answer: (response: ServerResponse) => void, spec: Partial<RequestSpec>) {
    const listening = createServer((_request, response) => answer(response));
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(listening.address() as AddressInfo).port}/`);
    const connections = new Connections({ policy: { allowPrivate: true } });
    try {
      const { exchange } = await connections.start({ ...LIMITS, url, ...spec });
      return await exchange.outcome;
    } finally {
      connections.close();
      listening.closeAllConnections();
    }
  }

  it('by the clock of its body, also when part of it came with the head', async () => {
    const outcome = await ask((response) => response.write('half'), { bodyMs: 100 });
    expect(outcome).toMatchObject({ ended: 'failed', decodedBytes: 4, failure: { code: 'body_timeout' } });
  });

  it('by the clock of its first byte', async () => {
    expect(await ask(() => {}, { firstByteMs: 100 })).toMatchObject({ ended: 'failed', failure: { code: 'first_byte_timeout' } });
  });

  it('by the end of its work where it has no clock of its own, with the reason given', async () => {
    const end = new Cutoff();
    const asked = ask((response) => response.write('half'), {
      signal: end,
      onData: () => void end.abort(new NetError('timeout', 'deadline')),
    });
    expect(await asked).toMatchObject({ ended: 'failed', failure: { code: 'deadline' } });
  });
});

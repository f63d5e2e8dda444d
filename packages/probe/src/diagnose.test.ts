import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { check } from './check.ts';
import { diagnose } from './diagnose.ts';
import type { FailurePhase, Observation } from './observation.ts';

/** An observation in which every exchange went wrong with this code, on a standing connection unless `phase` says earlier. */
async function unanswered(code: string, phase?: FailurePhase): Promise<Observation> {
  const server = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { observation } = await check(
    {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
      transport: 'auto',
      era: 'auto',
      headers: {},
      auth: { type: 'none' },
      timeoutMs: 5000,
      deep: false,
      region: 'test',
      hint: null,
      expect: {},
      baseline: null,
    },
    { policy: { allowPrivate: true } },
  );
  server.close();
  const exchanges = observation.exchanges.map((exchange) => ({
    ...exchange,
    failure: exchange.failure === null ? null : { ...exchange.failure, code, ...(phase === undefined ? {} : { phase }) },
  }));
  return { ...observation, exchanges };
}

test('a connection that the network breaks while it waits is "no answer", with the code as evidence', async () => {
  const { verdict, cause } = diagnose(await unanswered('EHOSTUNREACH'));
  expect(verdict).toBe('down');
  expect(cause).toMatchObject({ code: 'http.no_response', evidence: { failure: 'EHOSTUNREACH', phase: 'http' } });
});

test.each([
  ['no_route', 'prober.offline', 'unknown'],
  ['EMFILE', 'prober.internal', 'unknown'],
  ['EADDRNOTAVAIL', 'prober.internal', 'unknown'],
  ['EPERM', 'prober.internal', 'unknown'],
  ['ECONNREFUSED', 'tcp.refused', 'down'],
  ['ECONNRESET', 'tcp.reset', 'down'],
  ['EHOSTUNREACH', 'tcp.timeout', 'down'],
  ['tcp_timeout', 'tcp.timeout', 'down'],
])('dialling that ends in %s is %s', async (code, cause, verdict) => {
  const found = diagnose(await unanswered(code, 'tcp'));
  expect([found.cause?.code, found.verdict]).toEqual([cause, verdict]);
});

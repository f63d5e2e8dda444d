import { afterEach, expect, it } from 'vitest';
import { type Answer, startServer } from '../test/servers.ts';
import { check } from './check.ts';
import { deepOnly } from './deep-only.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function probe(overrides: Parameters<typeof startServer>[0], deep = true) {
  const server = await startServer(overrides);
  cleanups.push(() => server.close());
  const { observation } = await check(
    {
      url: server.url,
      transport: 'auto',
      era: 'auto',
      headers: {},
      auth: { type: 'none' },
      timeoutMs: 8000,
      deep,
      region: 'default',
      hint: { transport: 'streamable-http', era: 'legacy', protocolVersion: '2025-11-25' },
      expect: {},
      baseline: null,
    },
    { policy: { allowPrivate: true }, deadlines: { firstByteMs: 1000, answerMs: 1000, endpointEventMs: 1000, idleMs: 200 } },
  );
  return deepOnly(observation);
}
const status =
  (code: number): Answer =>
  (response) =>
    response.writeHead(code).end();

it('a healthy server refutes whatever deep checks said before', async () => {
  expect(await probe({})).toEqual({ cause: null, complete: true });
});

it.each([
  ['that limits us', { every: status(429) }],
  ['that fails', { every: status(503) }],
  ['that asks for sign-in', { every: status(401) }],
])('a server %s neither shows nor refutes anything', async (_what, overrides) => {
  expect(await probe(overrides)).toBeNull();
});

it('an ordinary probe says nothing of it', async () => {
  expect(await probe({}, false)).toBeNull();
});

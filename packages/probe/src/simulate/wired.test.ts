import { afterEach, describe, expect, it } from 'vitest';
import { startServer } from '../../test/servers.ts';
import { check } from '../check.ts';
import { diagnose } from '../diagnose.ts';
import { judge } from '../judge.ts';
import type { ProbeDeps, ProbeTarget } from '../types.ts';
import { SIMULATED_CLIENTS, simulateClients } from './index.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function run(overrides: Parameters<typeof startServer>[0], more: Partial<ProbeTarget> = {}, deps: Partial<ProbeDeps> = {}) {
  const server = await startServer(overrides);
  cleanups.push(() => server.close());
  const target: ProbeTarget = {
    url: server.url,
    transport: 'auto',
    era: 'auto',
    headers: {},
    auth: { type: 'none' },
    timeoutMs: 8000,
    deep: true,
    region: 'default',
    hint: null,
    expect: {},
    baseline: null,
    ...more,
  };
  const deadlines = { firstByteMs: 1000, answerMs: 1000, endpointEventMs: 1000, idleMs: 200 };
  return { ...(await check(target, { policy: { allowPrivate: true }, deadlines, simulate: simulateClients, ...deps })), server };
}

describe('a deep probe runs the real clients', () => {
  it('and says of them what they did', async () => {
    const { observation, clients } = await run({});
    expect(observation.simulations?.map(({ client, outcome, toolCount }) => [client, outcome, toolCount])).toEqual([
      ['ts-sdk-v1.31', 'works', 1],
      ['ts-sdk-v1', 'works', 1],
      ['ts-client-v2', 'works', 1],
      ['ts-client-v2-auto', 'works', 1],
      ['ts-client-v2-modern', 'fails', null],
    ]);
    for (const id of SIMULATED_CLIENTS)
      expect(clients.find((client) => client.id === id)?.verdict).toBe(id === 'ts-client-v2-modern' ? 'fails' : 'works');
  });

  it('and what they did holds against what was expected, also when the stored facts are judged again', async () => {
    const { observation } = await run(
      {},
      {},
      {
        simulate: async () => [{ client: 'ts-sdk-v1', outcome: 'fails', error: 'it broke', tools: null, ms: 1 }],
      },
    );
    const again = JSON.parse(JSON.stringify(observation)) as typeof observation;
    const verdicts = judge(again, diagnose(again));
    expect(verdicts.find(({ id }) => id === 'ts-sdk-v1')).toMatchObject({ verdict: 'fails' });
    expect(verdicts.find(({ id }) => id === 'ts-client-v2')).toMatchObject({ verdict: 'works' });
  });

  it.each<[string, Parameters<typeof startServer>[0], Partial<ProbeTarget>]>([
    ['an ordinary probe', {}, { deep: false }],
    ['a server that limits us', { every: (response) => response.writeHead(429).end() }, {}],
    ['a server behind a sign-in', { every: (response) => response.writeHead(401, { 'www-authenticate': 'Bearer' }).end() }, {}],
  ])('but not for %s', async (_what, overrides, more) => {
    const { observation } = await run(overrides, more);
    expect(observation.simulations ?? null).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { FAULTS, RESULT_FAULTS, SSE_FAULTS } from '../../test/faults.ts';
import { startModernServer, startSseServer } from '../../test/sdk-servers.ts';
import { INITIALIZE, result, startServer } from '../../test/servers.ts';
import { check } from '../check.ts';
import type { ProbeTarget } from '../types.ts';
import { parityOf } from './parity.ts';
import { simulateClients } from './simulate-clients.ts';

function target(url: string, more: Partial<ProbeTarget> = {}): ProbeTarget {
  const settings = { transport: 'auto', era: 'auto', headers: {}, auth: { type: 'none' }, timeoutMs: 15_000, deep: false } as const;
  return { url, ...settings, region: 'default', hint: null, expect: {}, baseline: null, ...more };
}

const deps = { policy: { allowPrivate: true } };
const QUICK = { firstByteMs: 1500, answerMs: 1500, endpointEventMs: 1500 };

/** What each client did, what was said of it, and how the two compare. */
async function compare(
  url: string,
  more: Partial<ProbeTarget> = {},
  timeoutMs = 2500,
): Promise<{ client: string; did: string; said: string; parity: string }[]> {
  const { report } = await check(target(url, more), { ...deps, deadlines: QUICK });
  const simulations = await simulateClients(target(url, more), deps, { timeoutMs });
  return simulations.map((simulation) => {
    const verdict = report.clients.find(({ id }) => id === simulation.client);
    if (verdict === undefined) throw new Error(`no verdict for ${simulation.client}`);
    return {
      client: simulation.client,
      did: `${simulation.outcome} ${simulation.error ?? simulation.tools?.join(',')}`,
      said: `${verdict.verdict} ${verdict.because ?? ''}`,
      parity: parityOf(simulation, verdict, report.tools?.count ?? null),
    };
  });
}

describe.concurrent('what is said of a client is what the client does', () => {
  it.each([...FAULTS, ...RESULT_FAULTS, ...SSE_FAULTS])('%s', async (_name, faults) => {
    const server = await startServer(faults);
    try {
      const compared = await compare(server.url);
      expect(compared.filter(({ parity }) => parity === 'disagree')).toEqual([]);
      expect(compared.filter(({ said }) => said.includes('prober.'))).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it.each([
    ['of 2026-07-28 alone', () => startModernServer('modern-only')],
    ['of both eras', () => startModernServer('dual')],
    ['of the old SSE transport', startSseServer],
  ])('a healthy server %s', async (_name, start) => {
    const server = await start();
    try {
      const compared = await compare(server.url);
      expect(compared.filter(({ parity }) => parity !== 'agree')).toEqual([]);
      expect(compared.some(({ did }) => did.startsWith('works one'))).toBe(true);
    } finally {
      await server.close();
    }
  });

  it.each([
    ['without a credential', {}, 'fails redirect.cross_origin_refused'],
    ['with one', { auth: { type: 'bearer', token: 'tok_6f1c9a2e7b' } }, 'fails redirect.cross_origin_refused'],
  ] as const)('a redirect to another origin %s', async (_name, more, said) => {
    const home = await startServer({
      initialize: (response, message, request) => {
        if ('auth' in more && request.headers.authorization === undefined) response.writeHead(401).end();
        else result(response, message, INITIALIZE);
      },
    });
    const away = await startServer({ every: (response) => response.writeHead(308, { location: home.url }).end() });
    try {
      const compared = await compare(away.url, more);
      expect(compared.filter(({ parity }) => parity === 'disagree')).toEqual([]);
      expect(compared.find(({ client }) => client === 'ts-sdk-v1')?.said).toBe(said);
      expect(compared.find(({ client }) => client === 'ts-sdk-v1.31')?.did).toContain('auth' in more ? 'fails' : 'works one');
    } finally {
      await Promise.all([home.close(), away.close()]);
    }
  });
});

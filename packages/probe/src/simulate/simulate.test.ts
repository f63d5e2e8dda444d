import { describe, expect, it } from 'vitest';
import { FAULTS, RESULT_FAULTS } from '../../test/faults.ts';
import { startModernServer, startSseServer } from '../../test/sdk-servers.ts';
import { startServer } from '../../test/servers.ts';
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
async function compare(url: string, timeoutMs = 2500): Promise<{ client: string; did: string; said: string; parity: string }[]> {
  const { report } = await check(target(url), { ...deps, deadlines: QUICK });
  const simulations = await simulateClients(target(url), deps, { timeoutMs });
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
  it.each([...FAULTS, ...RESULT_FAULTS])('%s', async (_name, faults) => {
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
});

import { check } from '@rollcall/probe';
import { type Parity, parityOf, SIMULATED_CLIENTS, simulateClients } from '@rollcall/probe/simulate';
import { Bench, type BenchOptions } from './bench.ts';
import { nameOf, probeOf } from './run.ts';
import type { Scenario } from './types.ts';

/** A client that has said nothing for this long does not work; the lab's servers answer within half of it. */
const CLIENT_TIMEOUT_MS = 6000;

export interface ParityRow {
  readonly name: string;
  readonly side: 'fault' | 'twin';
  readonly client: string;
  /** What the verdict was, and because of what. */
  readonly predicted: string;
  /** What the client did, with its error. */
  readonly did: string;
  readonly parity: Parity | 'error';
}

/** Why a scenario has no place in the comparison, or null. */
export function withoutParity(scenario: Scenario): string | null {
  if (scenario.noParity !== undefined) return scenario.noParity;
  return scenario.code.startsWith('prober.') ? 'the fault is the monitor’s own' : null;
}

/** Whether what the probe predicts of each SDK client is what the real client then does, on a fresh copy of the setting for each. */
export async function compareClients(scenario: Scenario, side: 'fault' | 'twin', options: BenchOptions): Promise<ParityRow[]> {
  const name = nameOf(scenario);
  const predicted = await onFreshBench(options, async (bench) => {
    const { target, deps } = probeOf(await scenario[side](bench), scenario, bench);
    return (await check(target, deps)).report;
  });
  const rows: ParityRow[] = [];
  for (const client of SIMULATED_CLIENTS) {
    const verdict = predicted.clients.find(({ id }) => id === client);
    if (verdict === undefined) throw new Error(`the report says nothing of ${client}`);
    const run = async (timeoutMs: number) => {
      const [result] = await onFreshBench(options, async (bench) => {
        const { target, deps } = probeOf(await scenario[side](bench), scenario, bench);
        return simulateClients(target, deps, { clients: [client], timeoutMs });
      });
      if (result === undefined) throw new Error(`${client} was not run`);
      return result;
    };
    let result = await run(CLIENT_TIMEOUT_MS);
    // A busy machine is no fault of the client's: who was expected to work gets as long again as it may ever need.
    if (result.outcome === 'hangs' && verdict.verdict === 'works') result = await run(4 * CLIENT_TIMEOUT_MS);
    rows.push({
      name,
      side,
      client,
      predicted: `${verdict.verdict}${verdict.because === null ? '' : ` (${verdict.because})`}`,
      did: `${result.outcome}${result.error === null ? '' : `: ${result.error.slice(0, 200)}`}`,
      parity: parityOf(result, verdict, predicted.tools?.count ?? null),
    });
  }
  return rows;
}

async function onFreshBench<T>(options: BenchOptions, work: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = new Bench(options);
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}

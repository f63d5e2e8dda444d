import { NetError } from '@rollcall/net';
import { catalogue, check, type ProbeDeps, type ProbeTarget } from '@rollcall/probe';
import { Bench, type BenchOptions } from './bench.ts';
import type { Scenario, Setting } from './types.ts';

/** Timers short enough that a hanging server does not hold the lab up. */
const DEADLINES = {
  dnsMs: 1500,
  tcpMs: 1500,
  tlsMs: 1500,
  firstByteMs: 2500,
  answerMs: 2500,
  endpointEventMs: 2500,
  idleMs: 2500,
} as const;

export interface Seen {
  readonly verdict: string;
  readonly cause: string | null;
  /** Cause and findings. */
  readonly codes: readonly string[];
  readonly clients: readonly { readonly id: string; readonly verdict: string; readonly because: string | null }[];
}
export interface Result {
  readonly name: string;
  readonly code: string;
  readonly fault: Seen | { readonly error: string };
  readonly twin: Seen | { readonly error: string };
  /** In which way the scenario did not show exactly its cause; empty when it did. */
  readonly problems: readonly string[];
  /** What the probe said of the fault: the cause, or what it found that it does not find in the twin. */
  readonly reported: string;
  readonly ms: number;
  /** What went wrong at the first run; absent when there was no second. */
  readonly firstRun?: readonly string[];
}

export function nameOf({ code, variant }: Scenario): string {
  return variant === undefined ? code : `${code} (${variant})`;
}

/** The target and dependencies with which a setting is probed. */
export function probeOf(setting: Setting, scenario: Scenario, bench: Bench): { target: ProbeTarget; deps: ProbeDeps } {
  const names = setting.names ?? {};
  return {
    target: {
      url: setting.url,
      transport: 'auto',
      era: 'auto',
      headers: {},
      auth: { type: 'none' },
      timeoutMs: 20_000,
      deep: scenario.deep ?? false,
      region: 'lab',
      hint: null,
      expect: {},
      baseline: null,
      ...setting.target,
    },
    deps: {
      policy: { allowPrivate: true },
      resolve: async (host) => {
        const answer = names[host] ?? [bench.address];
        if (typeof answer === 'string') throw new NetError('dns', answer);
        return answer.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }));
      },
      ...setting.deps,
      deadlines: { ...DEADLINES, ...setting.deps?.deadlines },
    },
  };
}

/** Builds the fault, then the twin, probes each, and says whether exactly the cause was reported. */
export async function runScenario(scenario: Scenario, options: BenchOptions): Promise<Result> {
  const from = performance.now();
  const fault = await look(scenario, 'fault', options);
  const twin = await look(scenario, 'twin', options);
  const { problems, reported } = compare(scenario, fault, twin);
  return { name: nameOf(scenario), code: scenario.code, fault, twin, problems, reported, ms: Math.round(performance.now() - from) };
}

async function look(scenario: Scenario, side: 'fault' | 'twin', options: BenchOptions): Promise<Result['fault']> {
  const bench = new Bench(options);
  try {
    const setting = await scenario[side](bench);
    const { target, deps } = probeOf(setting, scenario, bench);
    const { report } = await check(target, deps);
    return {
      verdict: report.verdict,
      cause: report.cause?.code ?? null,
      codes: [...(report.cause === null ? [] : [report.cause.code]), ...report.findings.map(({ code }) => code)],
      clients: report.clients.map(({ id, verdict, because }) => ({ id, verdict, because })),
    };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message).slice(0, 2000) : String(error) };
  } finally {
    await bench.close();
  }
}

/** Pure: what is wrong with this pair of reports. */
export function compare(scenario: Scenario, fault: Result['fault'], twin: Result['twin']): Pick<Result, 'problems' | 'reported'> {
  const { code, also = [] } = scenario;
  const problems: string[] = [];
  if ('error' in fault) return { problems: [`the fault could not be set up: ${fault.error}`], reported: 'error' };
  if ('error' in twin) problems.push(`the twin could not be set up: ${twin.error}`);
  const healthy = 'error' in twin ? [] : twin.codes;
  const added = fault.codes.filter((found) => !healthy.includes(found) && !also.includes(found as never));
  // What the twin says as well (that it asks for sign-in, say) is not what the fault is.
  const reported = fault.cause !== null && added.includes(fault.cause) ? fault.cause : (added[0] ?? 'nothing');
  if (!fault.codes.includes(code)) problems.push(`the fault is not named: it says ${fault.codes.join(', ') || 'nothing'}`);
  const others = added.filter((found) => found !== code);
  if (others.length > 0) problems.push(`the fault brings other codes: ${others.join(', ')}`);
  if (healthy.includes(code)) problems.push('the twin shows it, too');
  const entry = catalogue[code];
  const verdict =
    scenario.verdict ?? entry.verdictOverride ?? (entry.severity === 'down' ? 'down' : entry.severity === 'degraded' ? 'degraded' : 'up');
  if (fault.verdict !== verdict) problems.push(`the fault's verdict is ${fault.verdict}, not ${verdict}`);
  if ((verdict === 'down' || verdict === 'degraded') && fault.cause !== code) problems.push(`the cause is ${fault.cause}`);
  const twinVerdict = scenario.twinVerdict ?? 'up';
  if (!('error' in twin) && twin.verdict !== twinVerdict)
    problems.push(`the twin's verdict is ${twin.verdict} (${twin.codes.join(', ')}), not ${twinVerdict}`);
  return { problems, reported };
}

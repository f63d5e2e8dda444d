import { diagnose } from './diagnose.ts';
import { judge } from './judge.ts';
import type { Observation, SimulatedClientFacts } from './observation.ts';
import { observe } from './observe/observe.ts';
import { createTokenCache } from './observe/token-cache.ts';
import { override } from './override.ts';
import { toReport } from './report.ts';
import type { CheckResult, ProbeDeps, ProbeTarget, TokenCache } from './types.ts';

/** Longest that one SDK client may take: a healthy server needs a fraction of it, and five clients run one after another. */
const CLIENT_TIMEOUT_MS = 5000;
/** And all of them together: the job's lease is the probe's timeout and a little more. */
const CLIENTS_TIMEOUT_MS = 10_000;

/** Observe, run the real clients when deep, diagnose, judge, report. */
export async function check(target: ProbeTarget, deps: ProbeDeps): Promise<CheckResult> {
  const tokens = rememberingLast(deps.tokens ?? createTokenCache());
  const observed = await observe(target, { ...deps, tokens });
  const simulations = await simulate(observed, target, deps, tokens.last());
  const observation = simulations === null ? observed : { ...observed, simulations };
  // What clients meet is no matter of what the owner makes of it.
  const found = diagnose(observation);
  const clients = judge(observation, found);
  const diagnosis = override(found, target.overrides ?? []);
  return { observation, diagnosis, clients, report: toReport(observation, diagnosis, clients) };
}

/**
 * Only where a client gets as far as an answer of the server: what the network refuses, it refuses everybody. A server that limits us
 * is left alone, and who may sign in where we may not is not found out by trying.
 */
async function simulate(
  observed: Observation,
  target: ProbeTarget,
  deps: ProbeDeps,
  accessToken: string | null,
): Promise<SimulatedClientFacts[] | null> {
  if (!target.deep || deps.simulate === undefined || !worthRunning(observed)) return null;
  if (target.auth.type === 'oauth' && accessToken === null) return null;
  const over = AbortSignal.timeout(CLIENTS_TIMEOUT_MS);
  const signal = deps.signal === undefined ? over : AbortSignal.any([deps.signal, over]);
  const results = await deps.simulate(
    target,
    { ...deps, signal },
    { timeoutMs: CLIENT_TIMEOUT_MS, ...(accessToken === null ? {} : { accessToken }) },
  );
  // Who was cut short by the end of the time for all of them has shown nothing.
  const told = results.filter(({ outcome, ms }) => outcome !== 'hangs' || ms >= CLIENT_TIMEOUT_MS - 50);
  return told.map(({ client, outcome, error, tools, ms }) => ({ client, outcome, error, toolCount: tools?.length ?? null, ms }));
}

function worthRunning({ exchanges, deep }: Observation): boolean {
  if (exchanges.some(({ status }) => status === 429)) return false;
  const asked = exchanges.filter(
    ({ purpose, status }) => status !== null && (purpose === 'discover' || purpose === 'initialize' || purpose === 'sse'),
  );
  return deep !== null && asked.some(({ status }) => status !== 401 && status !== 403);
}

/** The cache, knowing which token was used last: the clients are to use the same. */
function rememberingLast(cache: TokenCache): TokenCache & { last(): string | null } {
  let last: string | null = null;
  return {
    get(key) {
      const found = cache.get(key);
      last = found?.token ?? last;
      return found;
    },
    set(key, value) {
      last = value.token;
      cache.set(key, value);
    },
    delete(key) {
      last = null;
      cache.delete(key);
    },
    last: () => last,
  };
}

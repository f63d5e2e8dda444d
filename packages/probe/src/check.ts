import { diagnose } from './diagnose.ts';
import { judge } from './judge.ts';
import { observe } from './observe/observe.ts';
import { toReport } from './report.ts';
import type { CheckResult, ProbeDeps, ProbeTarget } from './types.ts';

/** Observe, diagnose, judge, report. */
export async function check(target: ProbeTarget, deps: ProbeDeps): Promise<CheckResult> {
  const observation = await observe(target, deps);
  const diagnosis = diagnose(observation);
  const clients = judge(observation, diagnosis);
  return { observation, diagnosis, clients, report: toReport(observation, diagnosis, clients) };
}

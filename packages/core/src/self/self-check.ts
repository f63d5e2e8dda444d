/** What the installation knows of itself at one moment. */
export interface SelfFacts {
  /** How long the oldest due probe has waited to be claimed, ms. */
  readonly lagMs: number;
  /** Jobs waiting, by region. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Regions whose prober says that it is cut off. */
  readonly offlineRegions: readonly string[];
  /** Endpoints of which nothing was measured for two intervals. */
  readonly silentEndpoints: number;
  /** How long the oldest notice is overdue, ms. */
  readonly noticeLagMs: number;
}

export interface SelfProblem {
  readonly code: 'scheduler.lag' | 'queue.depth' | 'prober.offline' | 'endpoints.no_data' | 'notices.late';
  readonly text: string;
}

export const SELF_LIMITS = { lagMs: 30_000, waiting: 5000, noticeLagMs: 120_000 } as const;

/** What the operator of the installation has to know. Pure. */
export function selfProblems(facts: SelfFacts): SelfProblem[] {
  const problems: SelfProblem[] = [];
  if (facts.lagMs > SELF_LIMITS.lagMs)
    problems.push({
      code: 'scheduler.lag',
      text: `Probes start ${Math.round(facts.lagMs / 1000)} s late. Is a scheduler running, and are there enough probers?`,
    });
  const deep = Object.entries(facts.waiting).filter(([, jobs]) => jobs > SELF_LIMITS.waiting);
  if (deep.length > 0)
    problems.push({
      code: 'queue.depth',
      text: `Jobs wait in ${deep.map(([region, jobs]) => `${region} (${jobs})`).join(', ')}. Is there a prober for every region?`,
    });
  if (facts.offlineRegions.length > 0)
    problems.push({
      code: 'prober.offline',
      text: `The prober of ${facts.offlineRegions.join(', ')} cannot reach the network. Its endpoints become no_data; nobody is paged for them.`,
    });
  if (facts.silentEndpoints > 0)
    problems.push({ code: 'endpoints.no_data', text: `${facts.silentEndpoints} endpoints were not probed for two intervals.` });
  if (facts.noticeLagMs > SELF_LIMITS.noticeLagMs)
    problems.push({
      code: 'notices.late',
      text: `The oldest notice has waited ${Math.round(facts.noticeLagMs / 1000)} s for its attempt. Is an alerter running?`,
    });
  return problems;
}

/** What was told the operator: codes with the instant since which they hold, epoch ms. */
export interface SelfMemory {
  readonly open: Readonly<Record<string, { readonly since: number; readonly told: boolean }>>;
}
export const NO_PROBLEMS: SelfMemory = { open: {} };

/** A problem is told once it has held this long, and its end is told if it was. */
export const TELL_AFTER_MS = 60_000;

/** Pure: what is newly worth telling, and what is over. */
export function stepSelf(
  memory: SelfMemory,
  problems: readonly SelfProblem[],
  now: number,
): { memory: SelfMemory; tell: SelfProblem[]; over: string[] } {
  const open: Record<string, { since: number; told: boolean }> = {};
  const tell: SelfProblem[] = [];
  for (const problem of problems) {
    const former = memory.open[problem.code] ?? { since: now, told: false };
    const due = !former.told && now - former.since >= TELL_AFTER_MS;
    if (due) tell.push(problem);
    open[problem.code] = { since: former.since, told: former.told || due };
  }
  const over = Object.entries(memory.open).flatMap(([code, { told }]) => (told && !(code in open) ? [code] : []));
  return { memory: { open }, tell, over };
}

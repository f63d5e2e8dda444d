/** What the newest observations of one region showed. */
export interface RegionSight {
  readonly hash: string;
  /** Equal ones in a row, up to two: more say no more. */
  readonly times: number;
  /** Epoch ms of the newest. */
  readonly at: number;
}

/** What an endpoint is known to offer. Hashes are of whole snapshots. */
export interface DriftMemory {
  /** Epoch ms of the first observation: what came before was of another server. */
  readonly since: number;
  /** As two equal observations in a row have shown it. */
  readonly settled: string;
  /** As the owner last accepted it. */
  readonly baseline: string;
  /** How many tools the baseline has. */
  readonly baselineCount: number;
  readonly sights: Readonly<Record<string, RegionSight>>;
}

export interface Sighting {
  readonly hash: string;
  readonly count: number;
  readonly region: string;
  readonly at: number;
}

export interface DriftStep {
  readonly memory: DriftMemory;
  /** `first`: nothing was known before. */
  readonly outcome: { readonly type: 'first' } | { readonly type: 'changed'; readonly from: string; readonly to: string } | null;
}

const ENOUGH = 2;

/**
 * Takes one observation in. A change counts once two equal observations in a row have shown it and no region that looked within
 * `staleMs` sees anything else: a list that differs from request to request, from replica to replica or from region to region
 * is no change.
 */
export function seeSnapshot(memory: DriftMemory | null, { hash, count, region, at }: Sighting, staleMs: number): DriftStep {
  if (memory === null) {
    const sights = { [region]: { hash, times: 1, at } };
    return { memory: { since: at, settled: hash, baseline: hash, baselineCount: count, sights }, outcome: { type: 'first' } };
  }
  const known = Object.hasOwn(memory.sights, region) ? memory.sights[region] : undefined;
  const times = known?.hash === hash ? Math.min(known.times + 1, ENOUGH) : 1;
  const fresh = Object.entries(memory.sights).filter(([name, sight]) => name !== region && at - sight.at <= staleMs);
  const sights = Object.fromEntries<RegionSight>([...fresh, [region, { hash, times, at }]]);
  const next = { ...memory, sights };
  if (hash === memory.settled) return { memory: next, outcome: null };
  const all = Object.values(sights);
  const agreed = all.every((sight) => sight.hash === hash) && all.reduce((sum, sight) => sum + sight.times, 0) >= ENOUGH;
  if (!agreed) return { memory: next, outcome: null };
  return { memory: { ...next, settled: hash }, outcome: { type: 'changed', from: memory.settled, to: hash } };
}

/** The owner accepts a snapshot: from now on it is what the server is measured by. */
export function acceptBaseline(memory: DriftMemory, hash: string, count: number): DriftMemory {
  return { ...memory, baseline: hash, baselineCount: count };
}

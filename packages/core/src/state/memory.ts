import { z } from 'zod';

/** What a probe can settle. `no_data`, `paused` and `maintenance` come from elsewhere. */
export const MEASURED_STATUSES = ['up', 'gated', 'degraded', 'down'] as const;
export type MeasuredStatus = (typeof MEASURED_STATUSES)[number];

/** How bad a status is; a change is confirmed at the level that every one of its results reaches. */
export const RANK: Readonly<Record<MeasuredStatus, number>> = { up: 0, gated: 1, degraded: 2, down: 3 };

const measured = z.enum(MEASURED_STATUSES);

/**
 * A change that waits for its proof: results in a row, all worse (or all better) than the settled status.
 * Instants are epoch milliseconds.
 */
const candidateSchema = z.object({
  direction: z.enum(['worse', 'better']),
  level: measured,
  /** Start of the first of them: where the incident, or the recovery, will be dated. */
  firstAt: z.number(),
  /** Start of the last one that counted; the next counts from one confirmation step later on. */
  countedAt: z.number(),
  count: z.number().int(),
  cause: z.string().nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** What one region has proved. */
const regionMemorySchema = z.object({
  /** Settled by proof; null before the first result. */
  settled: measured.nullable(),
  since: z.number(),
  cause: z.string().nullable(),
  /** Newest slot seen: an older or a repeated one changes nothing. */
  lastSlot: z.number().nullable(),
  /** Start of the newest probe that said anything (of any, before the first that did); a region that has fallen silent has no vote. */
  lastAt: z.number(),
  candidate: candidateSchema.nullable(),
});
export type RegionMemory = z.infer<typeof regionMemorySchema>;

/** The state machine's memory: all that `step` knows of the past. Stored as JSON with the endpoint's state. */
export const endpointMemorySchema = z.object({
  version: z.literal(2),
  regions: z.record(z.string(), regionMemorySchema),
  /** What the regions agree on by the policy's quorum; null before the first result. */
  settled: measured.nullable(),
  since: z.number(),
  cause: z.string().nullable(),
  /** A different cause seen once within an open incident; the second time in a row it is recorded. */
  nextCause: z.string().nullable(),
  /** Since when nothing was measured, while that is so. */
  silentSince: z.number().nullable(),
  /** The silence was ours and nobody was told of it: nobody is told of its end either. */
  silenceUntold: z.boolean().default(false),
  paused: z.boolean(),
  /** A maintenance window holds everything back; `overSince`: it has ended, and not every region has reported since. */
  maintenance: z.object({ since: z.number(), overSince: z.number().nullable() }).nullable(),
  incidentOpen: z.boolean(),
  /** Changes between well and ill within the last ten minutes. */
  transitions: z.array(z.number()),
  /** Since when notices are held because it changes too often, and how many changes that has been. */
  flapping: z.object({ since: z.number(), changes: z.number().int() }).nullable(),
});
export type EndpointMemory = z.infer<typeof endpointMemorySchema>;

/** The memory of installations before regions had a voice of their own. */
const formerMemorySchema = z.object({
  version: z.literal(1),
  settled: measured.nullable(),
  since: z.number(),
  cause: z.string().nullable(),
  nextCause: z.string().nullable(),
  lastSlot: z.number().nullable(),
  silentSince: z.number().nullable(),
  paused: z.boolean(),
  candidate: candidateSchema.nullable(),
  incidentOpen: z.boolean(),
});

/** Under this name stands what was learnt before regions were told apart; the first region that reports takes it over. */
export const UNNAMED_REGION = '';

export function initialMemory(now: Date): EndpointMemory {
  return {
    version: 2,
    regions: {},
    settled: null,
    since: now.getTime(),
    cause: null,
    nextCause: null,
    silentSince: null,
    silenceUntold: false,
    paused: false,
    maintenance: null,
    incidentOpen: false,
    transitions: [],
    flapping: null,
  };
}

export function initialRegion(): RegionMemory {
  return { settled: null, since: 0, cause: null, lastSlot: null, lastAt: 0, candidate: null };
}

/** Reads what is stored; anything unreadable starts afresh rather than stopping the monitoring. */
export function parseMemory(stored: unknown, now: Date): EndpointMemory {
  const parsed = endpointMemorySchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const former = formerMemorySchema.safeParse(stored);
  if (!former.success) return initialMemory(now);
  const { settled, since, cause, nextCause, lastSlot, silentSince, paused, candidate, incidentOpen } = former.data;
  const region = { settled, since, cause, lastSlot, lastAt: lastSlot ?? since, candidate };
  return {
    ...initialMemory(now),
    regions: { [UNNAMED_REGION]: region },
    settled,
    since,
    cause,
    nextCause,
    silentSince,
    paused,
    incidentOpen,
  };
}

/** Something waits for its proof in some region. */
export function awaitsProof(memory: EndpointMemory): boolean {
  return Object.values(memory.regions).some((region) => region.candidate !== null);
}

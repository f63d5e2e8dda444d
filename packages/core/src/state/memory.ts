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

/** The state machine's memory: all that `step` knows of the past. Stored as JSON with the endpoint's state. */
export const endpointMemorySchema = z.object({
  version: z.literal(1),
  /** Settled by proof; null before the first result. */
  settled: measured.nullable(),
  since: z.number(),
  cause: z.string().nullable(),
  /** A different cause seen once within an open incident; the second time in a row it is recorded. */
  nextCause: z.string().nullable(),
  /** Newest slot seen: an older or a repeated one changes nothing. */
  lastSlot: z.number().nullable(),
  /** Since when nothing was measured, while that is so. */
  silentSince: z.number().nullable(),
  paused: z.boolean(),
  candidate: candidateSchema.nullable(),
  incidentOpen: z.boolean(),
});
export type EndpointMemory = z.infer<typeof endpointMemorySchema>;

export function initialMemory(now: Date): EndpointMemory {
  return {
    version: 1,
    settled: null,
    since: now.getTime(),
    cause: null,
    nextCause: null,
    lastSlot: null,
    silentSince: null,
    paused: false,
    candidate: null,
    incidentOpen: false,
  };
}

/** Reads what is stored; anything unreadable starts afresh rather than stopping the monitoring. */
export function parseMemory(stored: unknown, now: Date): EndpointMemory {
  const parsed = endpointMemorySchema.safeParse(stored);
  return parsed.success ? parsed.data : initialMemory(now);
}

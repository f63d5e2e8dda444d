import { ERA_SETTINGS, ERAS, TRANSPORT_SETTINGS, TRANSPORTS } from '@rollcall/core';
import { z } from 'zod';
import { PROBE_KINDS } from '../jobs.ts';
import { causeSchema, reportSchema } from '../report.ts';
import { instantSchema } from './common.ts';
import { authInputSchema, expectSchema, policySchema } from './endpoints.ts';

/** Most jobs that one call leases, and most results that one call brings. */
export const MAX_LEASES = 100;
export const MAX_RESULTS = 100;
/** Longest that a call for jobs waits for the first one. */
export const MAX_LEASE_WAIT_MS = 25_000;
/** A body of results is at most this long, and a prober sends less at a time. */
export const MAX_RESULTS_BYTES = 32 * 1024 * 1024;
/** A lease that nobody renews for so long is over, and its job goes to the next who asks. */
export const LEASE_MS = 30_000;

/** What is held and by whom, sealed: nothing but the installation can read or make one. */
const lease = z.string().min(1).max(2000);

/** What a prober needs for one probe, credentials included. The ProbeTarget of packages/probe. */
export const probeTargetSchema = z.object({
  url: z.string(),
  transport: z.enum(TRANSPORT_SETTINGS),
  era: z.enum(ERA_SETTINGS),
  headers: z.record(z.string(), z.string()),
  auth: authInputSchema,
  boundIssuer: z.object({ issuer: z.string(), tokenOrigin: z.string().nullable() }).optional(),
  timeoutMs: z.number().int(),
  /** The endpoint is due for a deep probe; a prober without a free place makes an ordinary one. */
  deep: z.boolean(),
  region: z.string(),
  hint: z.object({ transport: z.enum(TRANSPORTS), era: z.enum(ERAS), protocolVersion: z.string().nullable() }).nullable(),
  expect: expectSchema,
  baseline: z.object({ toolCount: z.number().int() }).nullable(),
  overrides: policySchema.shape.overrides,
});

export const leaseJobsSchema = z.strictObject({
  max: z.number().int().min(1).max(MAX_LEASES),
  waitMs: z.number().int().min(0).max(MAX_LEASE_WAIT_MS).default(0),
});
export const leasedJobsSchema = z.object({
  jobs: z.array(
    z.object({
      lease,
      endpointId: z.string(),
      /** The instant for which it was due, epoch ms. */
      slot: z.number().int(),
      kind: z.enum(PROBE_KINDS),
      target: probeTargetSchema,
    }),
  ),
  /** A lease that is not renewed for so long is over. */
  leaseMs: z.number().int(),
});
export type LeasedJobs = z.infer<typeof leasedJobsSchema>;
export type LeasedJob = LeasedJobs['jobs'][number];

export const leasesSchema = z.strictObject({ leases: z.array(lease).min(1).max(2000) });
export type LeaseList = z.infer<typeof leasesSchema>;
/** In the order of the request: true where the lease still holds. */
export const heldSchema = z.object({ held: z.array(z.boolean()) });

const resultSchema = z.strictObject({
  lease,
  deep: z.boolean(),
  report: reportSchema,
  /** The facts of the probe (packages/probe Observation), as JSON. */
  observation: z.unknown(),
  deepOnly: z.object({ cause: causeSchema.nullable(), complete: z.boolean() }).nullable(),
  /** What the target asked us to wait, ms. */
  retryAfterMs: z.number().min(0).max(3_600_000).nullable(),
});
export type ProberResult = z.infer<typeof resultSchema>;
export const proberResultsSchema = z.strictObject({ results: z.array(resultSchema).min(1).max(MAX_RESULTS) });

/** Why a result was not taken: it is not worth sending again. */
export const REFUSALS = ['not_leased', 'too_late', 'wrong_region', 'wrong_clock', 'unrecordable'] as const;
export type Refusal = (typeof REFUSALS)[number];
export const takenResultsSchema = z.object({
  recorded: z.number().int(),
  /** Recorded before, by whoever came first. */
  repeated: z.number().int(),
  refused: z.array(z.object({ pointer: z.string(), code: z.enum(REFUSALS), message: z.string() })),
});
export type TakenResults = z.infer<typeof takenResultsSchema>;

/** How a prober is. */
export const proberHeartbeatSchema = z.strictObject({
  /** It cannot reach its canary nor most of its targets: nothing it measures is held against them. */
  offline: z.boolean(),
  inFlight: z.number().int().min(0),
  /** Results that wait to be delivered. */
  waiting: z.number().int().min(0),
  /** Results it had to give up since it started, because more waited than it keeps. */
  dropped: z.number().int().min(0),
  startedAt: instantSchema,
});
export type ProberHeartbeat = z.infer<typeof proberHeartbeatSchema>;
export const heartbeatAnswerSchema = z.object({ region: z.string(), now: instantSchema });

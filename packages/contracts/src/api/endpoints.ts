import { ENDPOINT_SORTS, ENDPOINT_STATUSES, ERA_SETTINGS, PROBE_VERDICTS, SEVERITIES, TRANSPORT_SETTINGS } from '@rollcall/core';
import { z } from 'zod';
import { causeSchema, clientVerdictSchema, reportExchangeSchema, stepSchema } from '../report.ts';
import { instantSchema, listQuerySchema } from './common.ts';

const headerName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be an HTTP header name (RFC 9110 §5.1)');
const headerValue = z
  .string()
  .max(8192)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be an HTTP header value (RFC 9110 §5.5)');
const tag = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.:/-]+$/, 'may hold letters, digits and _ . : / -');

/** How we sign in to the monitored server. Write-only: the values never come back. */
export const authInputSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('bearer'), token: z.string().min(1).max(8192) }),
  z.strictObject({
    type: z.literal('oauth'),
    clientId: z.string().min(1).max(512),
    clientSecret: z.string().min(1).max(4096),
    scope: z.string().max(1024).optional(),
    /** The one authorization server that the secret may go to. Without it: the one that gives the first token. */
    issuer: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional(),
  }),
]);
export type AuthInput = z.infer<typeof authInputSchema>;

const scalar = z.union([z.string().max(4096), z.number(), z.boolean()]);

/** What must stand at a place of the result. `path` is an RFC 6901 pointer; texts are compared as they are, never run as patterns. */
const assertionSchema = z
  .strictObject({
    path: z
      .string()
      .max(512)
      .refine((path) => path === '' || path.startsWith('/'), 'must be a JSON pointer (RFC 6901), such as /content/0/text'),
    equals: scalar.nullable().optional(),
    /** Of a text: this text; of a list: this member. */
    contains: scalar.optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  })
  .refine(({ path: _, ...rest }) => Object.values(rest).some((value) => value !== undefined), 'asserts nothing');

const MAX_ARGUMENTS_CHARS = 16_384;
/** A tool that every probe calls. Opt-in: without it no tool is ever called. Not for secrets: it is shown as it is. */
const expectCallSchema = z.strictObject({
  tool: z.string().min(1).max(256),
  arguments: z
    .record(z.string().max(256), z.unknown())
    .refine((given) => JSON.stringify(given).length <= MAX_ARGUMENTS_CHARS, 'must not exceed 16 KiB of JSON')
    .default({}),
  assert: z.array(assertionSchema).max(20).default([]),
});

/** What the owner expects beyond "it works"; a broken expectation is a finding of layer tools, protocol or client. */
export const expectSchema = z.strictObject({
  latencyMs: z.number().int().min(1).max(600_000).optional(),
  minTools: z.number().int().min(0).max(20_000).optional(),
  requiredTools: z.array(z.string().min(1).max(256)).max(500).optional(),
  protocolVersions: z.array(z.string().min(1).max(32)).max(20).optional(),
  serverName: z.string().max(256).optional(),
  serverVersion: z.string().max(256).optional(),
  certificateDays: z.number().int().min(1).max(365).optional(),
  call: expectCallSchema.optional(),
});
export type Expect = z.infer<typeof expectSchema>;

/** What the owner makes of a cause or finding. `mute`: it is shown and counts for nothing. */
const overrideSchema = z.strictObject({
  code: z.string().min(1).max(100),
  severity: z.enum([...SEVERITIES, 'mute']),
  /** Shown with it wherever it is shown. */
  reason: z.string().trim().min(1).max(500),
  /** Needed to make a failure of a code that stands for "gated" or "unknown". */
  force: z.boolean().optional(),
});

const driftAction = z.enum(['alert', 'record']);

/** How many confirmations a change needs (default two), in both directions, and how many of several regions must agree (default `majority`). */
export const policySchema = z.strictObject({
  confirmations: z.number().int().min(0).max(10).optional(),
  recoveryConfirmations: z.number().int().min(0).max(10).optional(),
  quorum: z.union([z.enum(['any', 'majority', 'all']), z.number().int().min(1).max(20)]).optional(),
  overrides: z.array(overrideSchema).max(100).optional(),
  /** What is told of changes of the tools, by class; default: breaking and text. */
  drift: z.strictObject({ breaking: driftAction.optional(), text: driftAction.optional(), additive: driftAction.optional() }).optional(),
});
export type PolicyInput = z.infer<typeof policySchema>;

const writable = {
  name: z.string().trim().min(1).max(200),
  url: z.string().min(1).max(2048),
  transport: z.enum(TRANSPORT_SETTINGS),
  era: z.enum(ERA_SETTINGS),
  intervalSeconds: z.number().int().min(10).max(86_400),
  timeoutMs: z.number().int().min(1000).max(120_000),
  regions: z
    .array(
      z
        .string()
        .min(1)
        .max(64)
        .regex(/^[a-z0-9-]+$/),
    )
    .min(1)
    .max(20),
  headers: z.record(headerName, headerValue).refine((h) => Object.keys(h).length <= 50, 'at most 50 headers'),
  auth: authInputSchema,
  expect: expectSchema,
  policy: policySchema,
  tags: z.array(tag).max(50),
  paused: z.boolean(),
};

export const createEndpointSchema = z.strictObject({
  name: writable.name,
  url: writable.url,
  transport: writable.transport.default('auto'),
  era: writable.era.default('auto'),
  intervalSeconds: writable.intervalSeconds.default(60),
  timeoutMs: writable.timeoutMs.default(30_000),
  regions: writable.regions.optional(),
  headers: writable.headers.optional(),
  auth: writable.auth.optional(),
  expect: writable.expect.optional(),
  policy: writable.policy.optional(),
  tags: writable.tags.default([]),
  paused: writable.paused.default(false),
});
export type CreateEndpoint = z.infer<typeof createEndpointSchema>;

export const updateEndpointSchema = z
  .strictObject(writable)
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'names nothing to change');
export type UpdateEndpoint = z.infer<typeof updateEndpointSchema>;

/** The state every endpoint carries. `cause` is the short form: the whole one is on the incident and the probe. */
export const endpointStateSchema = z.object({
  status: z.enum(ENDPOINT_STATUSES),
  since: instantSchema,
  cause: z.object({ code: z.string(), title: z.string(), severity: z.string() }).nullable(),
  lastProbeAt: instantSchema.nullable(),
  nextProbeAt: instantSchema.nullable(),
  latencyMs: z.number().nullable(),
  transport: z.string().nullable(),
  era: z.string().nullable(),
  protocolVersion: z.string().nullable(),
  server: z.object({ name: z.string(), version: z.string() }).nullable(),
  toolCount: z.number().int().nullable(),
  /** Of the newest trusted handshake; `daysLeft` counts from the last probe. Null for http:// and before the first. */
  certificate: z
    .object({ subject: z.string(), issuer: z.string(), notBefore: instantSchema, notAfter: instantSchema, daysLeft: z.number().int() })
    .nullable(),
  openIncidentId: z.string().nullable(),
});

export const endpointSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  transport: z.enum(TRANSPORT_SETTINGS),
  era: z.enum(ERA_SETTINGS),
  intervalSeconds: z.number().int(),
  timeoutMs: z.number().int(),
  regions: z.array(z.string()),
  /** Names only; the values are write-only. */
  headers: z.record(z.string(), z.literal('[redacted]')),
  /** `issuer`: the authorization server that the client secret is bound to; absent until one has given a token. */
  auth: z.object({ type: z.enum(['none', 'bearer', 'oauth']), issuer: z.string().optional() }),
  expect: expectSchema,
  policy: policySchema,
  tags: z.array(z.string()),
  paused: z.boolean(),
  demo: z.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  state: endpointStateSchema,
  /** In the answer to POST and PATCH: what speaks against what was asked for, which was done all the same. */
  warnings: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

export const listEndpointsQuerySchema = listQuerySchema.extend({
  status: z.enum(ENDPOINT_STATUSES).optional(),
  tag: z.string().max(64).optional(),
  /** Code of the cause that it fails with at present. */
  cause: z.string().max(100).optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(ENDPOINT_SORTS).default('newest'),
  /** Holds the place in the order, such as a name: longer than that of other lists. */
  cursor: z.string().max(400).optional(),
});

export const MAX_HOURS_IDS = 200;
export const endpointHoursQuerySchema = z.strictObject({
  ids: z
    .string()
    .max(MAX_HOURS_IDS * 32)
    .regex(/^[^,]+(,[^,]+)*$/, 'must be ids separated by commas')
    .refine((ids) => ids.split(',').length <= MAX_HOURS_IDS, `must not name more than ${MAX_HOURS_IDS} endpoints`),
});
export const HOUR_STATUSES = ['up', 'degraded', 'down', 'gated', 'no_data'] as const;
/** `GET /endpoints/hours`: the last 24 hours of many endpoints, an hour each, the running one last. Others' endpoints are left out. */
export const endpointHoursSchema = z.object({
  /** Where the first hour begins. */
  from: instantSchema,
  data: z.array(z.object({ id: z.string(), hours: z.array(z.enum(HOUR_STATUSES)) })),
});
export type EndpointHours = z.infer<typeof endpointHoursSchema>;

/** One probe in a list. `id` is `pr_…` and opaque. */
export const probeSchema = z.object({
  id: z.string(),
  endpointId: z.string(),
  region: z.string(),
  kind: z.string(),
  slot: instantSchema,
  startedAt: instantSchema,
  durationMs: z.number(),
  verdict: z.enum(PROBE_VERDICTS),
  cause: z.string().nullable(),
  toolCount: z.number().int().nullable(),
  steps: z.array(stepSchema),
});
export type Probe = z.infer<typeof probeSchema>;

/** One probe with its transcript; `report` parts are null when the exchanges were not kept. */
export const probeDetailSchema = probeSchema.extend({
  causeDetail: causeSchema.nullable(),
  findings: z.array(causeSchema),
  /** Absent when the probe's facts were not kept. */
  clients: z.array(clientVerdictSchema).optional(),
  exchanges: z.array(reportExchangeSchema).nullable(),
});
export type ProbeDetail = z.infer<typeof probeDetailSchema>;

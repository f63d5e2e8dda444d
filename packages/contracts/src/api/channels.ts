import { CHANNEL_TYPES, EVENT_TYPES, NOTICE_TYPES, SEVERITIES } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema, listQuerySchema } from './common.ts';
import { timeZoneSchema } from './maintenance.ts';

/** Which notices go to the channel; an empty list of routes means all of them. Members of one route are ANDed, routes are ORed. */
export const routeSchema = z.strictObject({
  tags: z.array(z.string().min(1).max(64)).max(50).optional(),
  endpoints: z.array(z.string().min(1).max(64)).max(500).optional(),
  events: z.array(z.enum(EVENT_TYPES)).max(EVENT_TYPES.length).optional(),
  /** How bad it is: of the incident it belongs to, else of the event itself. */
  severities: z.array(z.enum(SEVERITIES)).max(SEVERITIES.length).optional(),
});
export type Route = z.infer<typeof routeSchema>;

const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');

/** Local hours in which notices wait until they end, but for the types in `through`. `to` not after `from`: of the next day. */
export const quietHoursSchema = z
  .strictObject({
    from: clockTimeSchema,
    to: clockTimeSchema,
    timeZone: timeZoneSchema.default('UTC'),
    /** On which they begin, as ISO 8601 numbers them (Monday is 1); absent: every day. */
    weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
    through: z.array(z.enum(EVENT_TYPES)).max(EVENT_TYPES.length).default(['endpoint.down']),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from "from"' });

/** Who is told when nobody has acknowledged so long after this channel was told; one after the other. */
export const escalationSchema = z
  .array(z.strictObject({ afterMinutes: z.number().int().min(1).max(10_080), channel: z.string().min(1).max(64) }))
  .max(10)
  .refine(
    (steps) => steps.every((step, n) => n === 0 || step.afterMinutes > (steps[n - 1]?.afterMinutes ?? 0)),
    'must be later from step to step',
  );

const remindMinutesSchema = z.number().int().min(5).max(10_080).nullable();

/** `config` is checked by the channel type's own schema in packages/notify. Its secrets are write-only. */
export const createChannelSchema = z.strictObject({
  type: z.enum(CHANNEL_TYPES),
  name: z.string().trim().min(1).max(200),
  config: z.record(z.string(), z.unknown()),
  routes: z.array(routeSchema).max(50).default([]),
  enabled: z.boolean().default(true),
  quietHours: quietHoursSchema.nullable().default(null),
  /** Repeat what is open and not acknowledged so often; null: never. */
  remindMinutes: remindMinutesSchema.default(null),
  escalation: escalationSchema.default([]),
  /** Takes nothing by its routes, only what is escalated to it. */
  standby: z.boolean().default(false),
});
export type CreateChannel = z.infer<typeof createChannelSchema>;

export const updateChannelSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    config: z.record(z.string(), z.unknown()),
    routes: z.array(routeSchema).max(50),
    enabled: z.boolean(),
    quietHours: quietHoursSchema.nullable(),
    remindMinutes: remindMinutesSchema,
    escalation: escalationSchema,
    standby: z.boolean(),
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'names nothing to change');
export type UpdateChannel = z.infer<typeof updateChannelSchema>;

export const channelSchema = z.object({
  id: z.string(),
  type: z.enum(CHANNEL_TYPES),
  name: z.string(),
  /** With every secret replaced by "[redacted]". */
  config: z.record(z.string(), z.unknown()),
  routes: z.array(routeSchema),
  enabled: z.boolean(),
  quietHours: quietHoursSchema.nullable(),
  remindMinutes: z.number().int().nullable(),
  escalation: z.array(z.object({ afterMinutes: z.number().int(), channel: z.string() })),
  standby: z.boolean(),
  /** Its first failure since it last worked. */
  failingSince: instantSchema.nullable(),
  /** Since when it counts as out of order: several failures in a row, or a notice given up. */
  unhealthySince: instantSchema.nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Channel = z.infer<typeof channelSchema>;

/** The one answer that shows a generated signing secret: the 201 of a webhook channel created without one. */
export const createdChannelSchema = channelSchema.extend({ secret: z.string().optional() });

export const deliverySchema = z.object({
  id: z.string(),
  /** The notice's id: the webhook-id of every attempt. */
  noticeId: z.string(),
  channelId: z.string(),
  type: z.enum(NOTICE_TYPES),
  attempt: z.number().int(),
  status: z.enum(['delivered', 'failed']),
  /** Whether and when the notice is tried again; null when delivered or given up. */
  nextAttemptAt: instantSchema.nullable(),
  startedAt: instantSchema,
  durationMs: z.number(),
  request: z.record(z.string(), z.unknown()),
  response: z.record(z.string(), z.unknown()),
  error: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const listDeliveriesQuerySchema = listQuerySchema.extend({
  channel: z.string().max(64).optional(),
  status: z.enum(['delivered', 'failed']).optional(),
});

/** `grouped`: told by the notice `leaderId`, which names its endpoint. `withdrawn`: began and ended within a silence. `dead`: given up. */
export const NOTICE_STATUSES = ['pending', 'delivered', 'dead', 'grouped', 'withdrawn'] as const;

export const noticeSchema = z.object({
  id: z.string(),
  channelId: z.string(),
  endpointId: z.string().nullable(),
  incidentId: z.string().nullable(),
  type: z.enum(NOTICE_TYPES),
  status: z.enum(NOTICE_STATUSES),
  attempts: z.number().int(),
  nextAttemptAt: instantSchema.nullable(),
  /** What it waits for the end of; null: for nothing but its turn. */
  heldBy: z.enum(['quiet', 'silence']).nullable(),
  /** It tells again what another notice told; null: it tells something new. */
  followUp: z.enum(['reminder', 'escalation']).nullable(),
  leaderId: z.string().nullable(),
  /** How many endpoints it names. */
  groupSize: z.number().int(),
  /** Of its last attempt; null when there was none or it went well. */
  lastError: z.string().nullable(),
  createdAt: instantSchema,
  deliveredAt: instantSchema.nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

export const listNoticesQuerySchema = listQuerySchema.extend({
  channel: z.string().max(64).optional(),
  status: z.enum(NOTICE_STATUSES).optional(),
});

export const channelTestResultSchema = z.object({ delivered: z.boolean(), delivery: deliverySchema });

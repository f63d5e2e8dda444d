import { CHANNEL_TYPES, EVENT_TYPES, NOTICE_TYPES } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema, listQuerySchema } from './common.ts';

/** Which notices go to the channel; an empty list of routes means all of them. Members of one route are ANDed, routes are ORed. */
export const routeSchema = z.strictObject({
  tags: z.array(z.string().min(1).max(64)).max(50).optional(),
  endpoints: z.array(z.string().min(1).max(64)).max(500).optional(),
  events: z.array(z.enum(EVENT_TYPES)).max(EVENT_TYPES.length).optional(),
});
export type Route = z.infer<typeof routeSchema>;

/** `config` is checked by the channel type's own schema in packages/notify. Its secrets are write-only. */
export const createChannelSchema = z.strictObject({
  type: z.enum(CHANNEL_TYPES),
  name: z.string().trim().min(1).max(200),
  config: z.record(z.string(), z.unknown()),
  routes: z.array(routeSchema).max(50).default([]),
  enabled: z.boolean().default(true),
});
export type CreateChannel = z.infer<typeof createChannelSchema>;

export const updateChannelSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    config: z.record(z.string(), z.unknown()),
    routes: z.array(routeSchema).max(50),
    enabled: z.boolean(),
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
  failingSince: instantSchema.nullable(),
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

export const channelTestResultSchema = z.object({ delivered: z.boolean(), delivery: deliverySchema });

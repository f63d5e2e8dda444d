import { EVENT_TYPES } from '@rollcall/core';
import { z } from 'zod';
import { causeSchema } from './report.ts';

/**
 * The body of a webhook and the payload of every notice: channels render it, none of them asks the database again.
 * Signed as Standard Webhooks; `webhook-id` is the notice's id, the same on each retry.
 */
export const eventSchema = z.object({
  type: z.enum(EVENT_TYPES),
  timestamp: z.string(),
  data: z.object({
    endpoint: z.object({ id: z.string(), name: z.string(), url: z.string(), tags: z.array(z.string()) }).nullable(),
    incident: z
      .object({
        id: z.string(),
        openedAt: z.string(),
        resolvedAt: z.string().nullable(),
        cause: causeSchema.nullable(),
        affectedClients: z.array(z.object({ id: z.string(), name: z.string() })),
        url: z.string(),
      })
      .nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    /** What a certificate.expiring, tools.changed or test event says beyond the above. */
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type Event = z.infer<typeof eventSchema>;

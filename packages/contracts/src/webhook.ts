import { NOTICE_TYPES } from '@rollcall/core';
import { z } from 'zod';
import { REPORT_STATUSES } from './api/status-pages.ts';
import { causeSchema } from './report.ts';

/**
 * The body of a webhook and the payload of every notice: channels render it, none of them asks the database again.
 * Signed as Standard Webhooks; `webhook-id` is the notice's id, the same on each retry.
 */
export const eventSchema = z.object({
  type: z.enum(NOTICE_TYPES),
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
    /** Of the events for subscribers of a status page (status.…): the page and, but for status.confirm, what is told. */
    page: z.object({ title: z.string(), url: z.string(), language: z.string().optional() }).optional(),
    entry: z
      .object({
        id: z.string(),
        kind: z.enum(['incident', 'report']),
        title: z.string(),
        status: z.enum(REPORT_STATUSES),
        text: z.string(),
        components: z.array(z.string()),
        startedAt: z.string(),
        resolvedAt: z.string().nullable(),
        url: z.string(),
      })
      .optional(),
    /** The subscriber's own links; added when it is sent. */
    subscription: z.object({ confirmUrl: z.string().nullable(), unsubscribeUrl: z.string() }).optional(),
  }),
});
export type Event = z.infer<typeof eventSchema>;

import { CHANGE_CLASSES, ENDPOINT_STATUSES } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema } from './common.ts';
import { incidentSchema } from './incidents.ts';

const subject = z.object({ id: z.string(), name: z.string(), url: z.string() });

/** `GET /overview`: what the first screen needs, in one answer of bounded size. */
export const overviewSchema = z.object({
  /** Every status is named, also those with none. */
  counts: z.record(z.enum(ENDPOINT_STATUSES), z.number().int()),
  /** Newest first, at most 20. */
  openIncidents: z.array(incidentSchema),
  /** Endpoints by their newest latency, slowest first, at most 5. */
  slowest: z.array(z.object({ endpoint: subject, status: z.enum(ENDPOINT_STATUSES), latencyMs: z.number() })),
  /** Incidents opened and resolved in the last 24 h, newest first, at most 10. */
  recentChanges: z.array(
    z.object({
      at: instantSchema,
      endpoint: subject,
      type: z.enum(['opened', 'resolved', 'cause_changed', 'severity_changed']),
      incidentId: z.string(),
      cause: z.object({ code: z.string(), title: z.string(), severity: z.string() }),
    }),
  ),
  /** Certificates that end within 30 days or have ended, soonest first, at most 5. */
  certificates: z.array(z.object({ endpoint: subject, notAfter: instantSchema, daysLeft: z.number().int() })),
  /** Changes of tools within 7 days that nobody has accepted, newest first, at most 5. */
  toolChanges: z.array(
    z.object({ id: z.string(), at: instantSchema, endpoint: subject, class: z.enum(CHANGE_CLASSES), summary: z.string() }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;

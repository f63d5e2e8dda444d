import { z } from 'zod';
import { causeSchema } from '../report.ts';
import { instantSchema, listQuerySchema } from './common.ts';

export const incidentEventSchema = z.object({
  id: z.string(),
  at: instantSchema,
  type: z.enum([
    'opened',
    'cause_changed',
    'severity_changed',
    'flapping',
    'acknowledged',
    'unacknowledged',
    'snoozed',
    'escalated',
    'note',
    'resolved',
  ]),
  actor: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});

export const incidentSchema = z.object({
  id: z.string(),
  endpoint: z.object({ id: z.string(), name: z.string(), url: z.string() }),
  status: z.enum(['open', 'resolved']),
  severity: z.string(),
  openedAt: instantSchema,
  confirmedAt: instantSchema,
  resolvedAt: instantSchema.nullable(),
  cause: causeSchema,
  affectedClients: z.array(z.object({ id: z.string(), name: z.string() })),
  acknowledgedAt: instantSchema.nullable(),
  acknowledgedBy: z.string().nullable(),
  /** Until then no reminder and no escalation; null: neither is put off. */
  snoozedUntil: instantSchema.nullable(),
  url: z.string(),
});
export type Incident = z.infer<typeof incidentSchema>;

export const incidentDetailSchema = incidentSchema.extend({
  timeline: z.array(incidentEventSchema),
  /** What people make of it, with whoever wrote it last and when; null: nothing is written yet. */
  postmortem: z.object({ text: z.string(), at: instantSchema, by: z.string().nullable() }).nullable(),
});
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

export const listIncidentsQuerySchema = listQuerySchema.extend({
  status: z.enum(['open', 'resolved']).optional(),
  endpoint: z.string().max(64).optional(),
});

/** For how long, from now; at most a week. */
export const silenceForSchema = z.strictObject({ minutes: z.number().int().min(1).max(10_080) });

/** Until when nobody is told anything new of an endpoint, and who wanted it; null: it is not silenced. */
export const silenceSchema = z.object({ until: instantSchema.nullable(), by: z.string().nullable() });
export type Silence = z.infer<typeof silenceSchema>;

/** Null takes the text away. */
export const updateIncidentSchema = z.strictObject({ postmortem: z.string().trim().min(1).max(50_000).nullable() });

export const createNoteSchema = z.strictObject({ text: z.string().trim().min(1).max(10_000) });

import { ENDPOINT_STATUSES } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema } from './common.ts';
import { IMPACTS, REPORT_STATUSES, showSchema } from './status-pages.ts';

/** What the public is told of a component. `unknown`: not measured, never shown green. */
export const PUBLIC_STATUSES = ['operational', 'degraded', 'outage', 'maintenance', 'unknown'] as const;
export type PublicStatus = (typeof PUBLIC_STATUSES)[number];
/** Of a page as a whole: `partial_outage` when some components are out and others are not. */
export const OVERALL_STATUSES = ['operational', 'degraded', 'partial_outage', 'outage', 'maintenance', 'unknown'] as const;
export type OverallStatus = (typeof OVERALL_STATUSES)[number];

export const publicComponentSchema = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  status: z.enum(PUBLIC_STATUSES),
  since: instantSchema.nullable(),
  /** 0…1 over the days below; null where nothing was measured. */
  uptime90d: z.number().nullable(),
  /** Oldest first; UTC days, the last one is today. */
  days: z.array(z.object({ date: z.string(), uptime: z.number().nullable(), worst: z.enum(ENDPOINT_STATUSES), downSeconds: z.number() })),
  /** Median of the last 24 hours and of each of them, oldest first; milliseconds. */
  latency: z.object({ p50Ms: z.number().nullable(), hours: z.array(z.number().nullable()) }).nullable(),
  tools: z.object({ count: z.number().int(), lastChangedAt: instantSchema.nullable() }).nullable(),
  url: z.string().nullable(),
});
export type PublicComponent = z.infer<typeof publicComponentSchema>;

export const publicIncidentSchema = z.object({
  id: z.string(),
  /** `incident`: measured. `report`: written by people. */
  kind: z.enum(['incident', 'report']),
  title: z.string(),
  status: z.enum(REPORT_STATUSES),
  impact: z.enum(IMPACTS),
  /** Slugs. */
  components: z.array(z.string()),
  startedAt: instantSchema,
  resolvedAt: instantSchema.nullable(),
  /** Newest first. */
  updates: z.array(z.object({ id: z.string(), at: instantSchema, status: z.enum(REPORT_STATUSES), text: z.string() })),
  url: z.string(),
});
export type PublicIncident = z.infer<typeof publicIncidentSchema>;

export const publicMaintenanceSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  announcedAt: instantSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  active: z.boolean(),
  components: z.array(z.string()),
});
export type PublicMaintenance = z.infer<typeof publicMaintenanceSchema>;

/** GET /status/{slug}.json: all that the page shows, and nothing else. */
export const publicPageSchema = z.object({
  schema: z.literal('rollcall.status/1'),
  page: z.object({
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    url: z.string(),
    homepageUrl: z.string().nullable(),
    logo: z.string().nullable(),
    accentColor: z.string().nullable(),
    locale: z.string(),
    passwordProtected: z.boolean(),
    show: z.object(showSchema.shape),
  }),
  generatedAt: instantSchema,
  status: z.enum(OVERALL_STATUSES),
  /** The status in a sentence. */
  summary: z.string(),
  groups: z.array(z.object({ name: z.string().nullable(), components: z.array(publicComponentSchema) })),
  /** Open incidents and reports, newest first. */
  open: z.array(publicIncidentSchema),
  /** Going on, or within the next 30 days. */
  maintenance: z.array(publicMaintenanceSchema),
  /** What was resolved within 90 days, newest month first. */
  history: z.array(z.object({ month: z.string(), incidents: z.array(publicIncidentSchema) })),
  uptimeFormula: z.string(),
});
export type PublicPage = z.infer<typeof publicPageSchema>;

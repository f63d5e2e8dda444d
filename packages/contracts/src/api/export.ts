import { MEMBER_ROLES } from '@rollcall/core';
import { z } from 'zod';
import { apiKeySchema } from './api-keys.ts';
import { auditEntrySchema } from './audit-log.ts';
import { channelSchema } from './channels.ts';
import { instantSchema } from './common.ts';
import { endpointSchema } from './endpoints.ts';
import { incidentDetailSchema } from './incidents.ts';
import { maintenanceSchema } from './maintenance.ts';
import { accountSchema, invitationSchema, memberSchema, sessionSchema } from './members.ts';
import { statusPageSchema, statusReportSchema, subscriberSchema } from './status-pages.ts';
import { toolChangeSchema } from './tools.ts';

/** An endpoint's UTC day in a region. */
export const dailyRollupSchema = z.object({
  endpoint: z.string(),
  region: z.string(),
  /** YYYY-MM-DD, UTC. */
  date: z.string(),
  probes: z.object({ up: z.number(), degraded: z.number(), down: z.number(), gated: z.number(), unknown: z.number() }),
  latencyMs: z.object({ p50: z.number().nullable(), p95: z.number().nullable() }),
  firstAt: instantSchema.nullable(),
  lastAt: instantSchema.nullable(),
});
export type DailyRollup = z.infer<typeof dailyRollupSchema>;

const ofPage = { statusPage: z.string() };

/** `GET /organization/export`: all that an organization has, without secrets, as one document that is written while it is read. */
export const organizationExportSchema = z.object({
  schema: z.literal('rollcall.organization/1'),
  exportedAt: instantSchema,
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string(), plan: z.string(), createdAt: instantSchema }),
  members: z.array(memberSchema),
  invitations: z.array(invitationSchema),
  apiKeys: z.array(apiKeySchema),
  endpoints: z.array(endpointSchema),
  channels: z.array(channelSchema),
  maintenanceWindows: z.array(maintenanceSchema),
  statusPages: z.array(statusPageSchema),
  statusReports: z.array(statusReportSchema.extend(ofPage)),
  statusSubscribers: z.array(subscriberSchema.extend(ofPage)),
  incidents: z.array(incidentDetailSchema),
  toolChanges: z.array(toolChangeSchema.extend({ endpoint: z.string() })),
  dailyRollups: z.array(dailyRollupSchema),
  auditLog: z.array(auditEntrySchema),
});
export type OrganizationExport = z.infer<typeof organizationExportSchema>;

/** `GET /me/export`: what is kept about a person. */
export const accountExportSchema = z.object({
  schema: z.literal('rollcall.account/1'),
  exportedAt: instantSchema,
  user: accountSchema.shape.user.extend({ createdAt: instantSchema }),
  organizations: z.array(z.object({ id: z.string(), name: z.string(), role: z.enum(MEMBER_ROLES), joinedAt: instantSchema })),
  /** How they sign in: `credential` is the password. */
  signIns: z.array(z.object({ provider: z.string(), accountId: z.string(), createdAt: instantSchema })),
  sessions: z.array(sessionSchema),
  invitations: z.array(z.object({ organization: z.string(), role: z.string(), status: z.string(), createdAt: instantSchema })),
  /** What they did, wherever that was; before and after belong to the organization. */
  actions: z.array(
    z.object({ at: instantSchema, organization: z.string(), action: z.string(), target: z.string(), address: z.string().nullable() }),
  ),
});
export type AccountExport = z.infer<typeof accountExportSchema>;

import { zoneOf } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema } from './common.ts';

const MAX_LENGTH_MS = 30 * 86_400_000;

export const timeZoneSchema = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      zoneOf(name);
      return true;
    } catch {
      return false;
    }
  }, 'is no IANA time zone');

/** Comes back at the same wall-clock time in its zone. Weekdays as ISO 8601 numbers them: Monday is 1. */
export const recurrenceSchema = z.strictObject({
  every: z.enum(['day', 'week']),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
  timeZone: timeZoneSchema.default('UTC'),
  until: instantSchema.nullable().default(null),
});

const writable = {
  name: z.string().trim().min(1).max(200),
  description: z.string().max(10_000),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
  recurrence: recurrenceSchema.nullable(),
  endpoints: z.array(z.string().min(1).max(64)).max(1000),
  tags: z.array(z.string().trim().min(1).max(64)).max(50),
};

/** Shared by creation and, on the merged window, by change. */
export function maintenanceProblem(window: {
  startsAt: string;
  endsAt: string;
  recurrence: z.infer<typeof recurrenceSchema> | null;
}): string | null {
  const length = Date.parse(window.endsAt) - Date.parse(window.startsAt);
  if (length <= 0) return 'must be later than startsAt';
  if (length > MAX_LENGTH_MS) return 'must be at most 30 days after startsAt';
  if (window.recurrence?.every === 'day' && length > 86_400_000) return 'must be at most one day after startsAt when it recurs every day';
  return null;
}

/** Neither `endpoints` nor `tags`: every endpoint of the organization. */
export const createMaintenanceSchema = z
  .strictObject({
    name: writable.name,
    description: writable.description.default(''),
    startsAt: writable.startsAt,
    endsAt: writable.endsAt,
    recurrence: writable.recurrence.default(null),
    endpoints: writable.endpoints.default([]),
    tags: writable.tags.default([]),
  })
  .superRefine((window, context) => {
    const problem = maintenanceProblem(window);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['endsAt'], message: problem });
  });
export type CreateMaintenance = z.infer<typeof createMaintenanceSchema>;

export const updateMaintenanceSchema = z
  .strictObject(writable)
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'names nothing to change');
export type UpdateMaintenance = z.infer<typeof updateMaintenanceSchema>;

export const maintenanceSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  recurrence: recurrenceSchema.nullable(),
  endpoints: z.array(z.string()),
  tags: z.array(z.string()),
  /** Whether it covers this very moment. */
  active: z.boolean(),
  /** The occurrence that goes on or comes next; null when none will. */
  next: z.object({ from: instantSchema, to: instantSchema }).nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Maintenance = z.infer<typeof maintenanceSchema>;

import { ENDPOINT_STATUSES, STATS_WINDOWS } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema } from './common.ts';

export { STATS_WINDOWS };

const daySchema = z.object({
  date: z.string(),
  uptime: z.number().nullable(),
  worst: z.enum(ENDPOINT_STATUSES),
  downSeconds: z.number(),
});

const uptimeShape = {
  window: z.enum(STATS_WINDOWS),
  /** 0…1, or null when nothing was measured. Formula in docs/uptime.md. */
  uptime: z.number().nullable(),
  downSeconds: z.number(),
  /** Of the window: what the uptime is a share of. The rest was silence or maintenance. */
  measuredSeconds: z.number(),
  /** Of what was not measured: time in maintenance windows. */
  maintenanceSeconds: z.number(),
};

/** What a span of the past was, beside the latencies. Spans may lie over each other. */
const bandSchema = z.object({
  kind: z.enum(['incident', 'maintenance']),
  /** When it began, also where that lies before the window. */
  from: instantSchema,
  /** Null while an incident goes on; of maintenance its end, also where that is still to come. */
  to: instantSchema.nullable(),
  incident: z.object({ id: z.string(), severity: z.string(), title: z.string() }).nullable(),
});
export type StatsBand = z.infer<typeof bandSchema>;

export const statsSchema = z.object({
  ...uptimeShape,
  latencyMs: z.object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() }),
  days: z.array(daySchema),
  series: z.array(
    z.object({
      at: instantSchema,
      p50: z.number().nullable(),
      p95: z.number().nullable(),
      p99: z.number().nullable(),
      failures: z.number().int(),
      probes: z.number().int(),
    }),
  ),
  /** Incidents and maintenance of the window in order of their beginnings; of many the newest 200 of each kind. */
  bands: z.array(bandSchema),
});
export type Stats = z.infer<typeof statsSchema>;

/** All windows at once, and the days of the longest. */
export const uptimeSchema = z.object({ windows: z.array(z.object(uptimeShape)), days: z.array(daySchema) });
export type Uptime = z.infer<typeof uptimeSchema>;

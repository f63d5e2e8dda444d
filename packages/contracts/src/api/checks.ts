import { ERA_SETTINGS, TRANSPORT_SETTINGS } from '@rollcall/core';
import { z } from 'zod';
import { createEndpointSchema } from './endpoints.ts';

/** One-off check of a URL; the answer is a report. */
export const createCheckSchema = z.strictObject({
  url: createEndpointSchema.shape.url,
  transport: z.enum(TRANSPORT_SETTINGS).default('auto'),
  era: z.enum(ERA_SETTINGS).default('auto'),
  headers: createEndpointSchema.shape.headers,
  auth: createEndpointSchema.shape.auth,
  timeoutMs: z.number().int().min(1000).max(120_000).default(30_000),
  deep: z.boolean().default(false),
});
export type CreateCheck = z.infer<typeof createCheckSchema>;

import type { DriftMemory } from '@rollcall/core';
import { z } from 'zod';

const sight = z.object({ hash: z.string(), times: z.number().int(), at: z.number() });

/** endpoint_state.summary.drift. */
export const driftMemorySchema: z.ZodType<DriftMemory> = z.object({
  since: z.number(),
  settled: z.string(),
  baseline: z.string(),
  baselineCount: z.number().int(),
  sights: z.record(z.string(), sight),
});

/** endpoint_state.summary.certificate: of the newest handshake that was trusted. */
export const certificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  sha256: z.string(),
});
export type CertificateSeen = z.infer<typeof certificateSchema>;

import { z } from 'zod';

/** Why a probe runs: its interval came due, or a change waits for its confirmation. */
export const PROBE_KINDS = ['scheduled', 'recheck'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** The probe job: who, from where, for which slot. `slot` is the instant it was due, in epoch ms; (endpoint, region, slot) is unique for ever. */
export const probeJobSchema = z.object({
  endpointId: z.string(),
  region: z.string(),
  slot: z.number().int(),
  kind: z.enum(PROBE_KINDS),
});
export type ProbeJob = z.infer<typeof probeJobSchema>;

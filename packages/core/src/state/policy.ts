import { z } from 'zod';
import type { StatePolicy } from './step.ts';

export const DEFAULT_CONFIRMATIONS = 2;

const storedPolicySchema = z.object({ confirmations: z.number().int().optional(), recoveryConfirmations: z.number().int().optional() });

/** The owner's policy with the defaults filled in. */
export function policyOf(stored: unknown, intervalSeconds: number): StatePolicy {
  const parsed = storedPolicySchema.safeParse(stored);
  const given = parsed.success ? parsed.data : {};
  return {
    intervalMs: intervalSeconds * 1000,
    confirmations: given.confirmations ?? DEFAULT_CONFIRMATIONS,
    recoveryConfirmations: given.recoveryConfirmations ?? given.confirmations ?? DEFAULT_CONFIRMATIONS,
  };
}

import { z } from 'zod';

export const DEFAULT_CONFIRMATIONS = 2;

/** How many of the regions that report must agree before the endpoint counts as failing. */
export type Quorum = 'any' | 'majority' | 'all' | number;

export interface StatePolicy {
  readonly intervalMs: number;
  /** Deadline of one probe; a region is silent after two intervals and this. Default 30 s. */
  readonly timeoutMs?: number | undefined;
  /** Results needed beyond the first failing one. Default 2. */
  readonly confirmations: number;
  /** Results needed beyond the first good one. Default 2. */
  readonly recoveryConfirmations: number;
  /** Default `majority`. With one region every quorum is that region. */
  readonly quorum?: Quorum | undefined;
  /** The regions that probe the endpoint; absent: those that have reported. */
  readonly regions?: readonly string[] | undefined;
}

const storedPolicySchema = z.object({
  confirmations: z.number().int().optional(),
  recoveryConfirmations: z.number().int().optional(),
  quorum: z.union([z.enum(['any', 'majority', 'all']), z.number().int().min(1)]).optional(),
});

/** The owner's policy with the defaults filled in. */
export function policyOf(
  stored: unknown,
  intervalSeconds: number,
  more: { timeoutMs?: number; regions?: readonly string[] } = {},
): StatePolicy {
  const parsed = storedPolicySchema.safeParse(stored);
  const given = parsed.success ? parsed.data : {};
  return {
    intervalMs: intervalSeconds * 1000,
    confirmations: given.confirmations ?? DEFAULT_CONFIRMATIONS,
    recoveryConfirmations: given.recoveryConfirmations ?? given.confirmations ?? DEFAULT_CONFIRMATIONS,
    quorum: given.quorum ?? 'majority',
    ...more,
  };
}

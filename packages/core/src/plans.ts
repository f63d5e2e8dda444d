/** What an organization may have. The row is named by organization.plan. */
export interface Plan {
  readonly endpoints: number;
  readonly channels: number;
  readonly minIntervalSeconds: number;
}

/** `standard` is what every organization has unless the operator says otherwise; it bounds accidents, not use. */
export const PLANS = {
  standard: { endpoints: 100_000, channels: 1_000, minIntervalSeconds: 10 },
  starter: { endpoints: 50, channels: 10, minIntervalSeconds: 60 },
} as const satisfies Record<string, Plan>;

/** An unknown name is bounded like `standard`. */
export function planOf(name: string): Plan {
  return name in PLANS ? PLANS[name as keyof typeof PLANS] : PLANS.standard;
}

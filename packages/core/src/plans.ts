/** What an organization may have. The row is named by organization.plan. */
export interface Plan {
  readonly endpoints: number;
  readonly channels: number;
  readonly minIntervalSeconds: number;
  /** UTC days that are kept at most, the running one not counted; an installation may keep less, never more (docs/storage.md). */
  readonly retentionDays: {
    /** Raw rows of probes: beyond them nothing of a single probe is answered; they go with the installation's days. */
    readonly probes: number;
    /** Transcripts of probes. */
    readonly exchanges: number;
    readonly hourlyRollups: number;
    readonly dailyRollups: number;
  };
}

/** `standard` is what every organization has unless the operator says otherwise; it bounds accidents, not use. */
export const PLANS = {
  standard: {
    endpoints: 100_000,
    channels: 1_000,
    minIntervalSeconds: 10,
    retentionDays: { probes: 14, exchanges: 14, hourlyRollups: 90, dailyRollups: 400 },
  },
  // Enough for every window of the statistics: 30 days by the hour, 90 by the day.
  starter: {
    endpoints: 50,
    channels: 10,
    minIntervalSeconds: 60,
    retentionDays: { probes: 7, exchanges: 3, hourlyRollups: 31, dailyRollups: 92 },
  },
} as const satisfies Record<string, Plan>;

/** An unknown name is bounded like `standard`. */
export function planOf(name: string): Plan {
  return name in PLANS ? PLANS[name as keyof typeof PLANS] : PLANS.standard;
}

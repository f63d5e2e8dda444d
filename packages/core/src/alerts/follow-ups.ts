const MINUTE_MS = 60_000;

/** An incident as far as it decides whether anybody is told again. Instants are epoch milliseconds. */
export interface FollowedIncident {
  readonly id: string;
  readonly open: boolean;
  readonly acknowledged: boolean;
  readonly snoozedUntil: number | null;
  readonly silencedUntil: number | null;
}

/** The steps of a channel's chain, in order of time. */
export interface EscalationStep {
  readonly afterMinutes: number;
  readonly channel: string;
}

export interface FollowUpPolicy {
  readonly remindMinutes: number | null;
  readonly escalation: readonly EscalationStep[];
}

export interface FollowUps {
  /** The incidents that still wait for somebody. None: nothing is due. */
  readonly incidents: readonly string[];
  /** The number of the reminder that is due, counted from 1: it names the notice, so that it is sent once. Null: none is. */
  readonly reminder: number | null;
  /** Index and step of what is due of the chain; each is taken once for each incident. */
  readonly steps: readonly { readonly index: number; readonly step: EscalationStep }[];
}

/** Whether the incident still waits for somebody to take it. */
export function awaitsSomebody(incident: FollowedIncident, now: number): boolean {
  if (!incident.open || incident.acknowledged) return false;
  return (incident.snoozedUntil ?? 0) <= now && (incident.silencedUntil ?? 0) <= now;
}

/**
 * What is due at `now` of what a channel was told at `toldAt`: the newest reminder (those missed are not made up for) and every
 * step of the chain whose time has come. Acknowledgement, recovery, snooze and silence stop both. Pure.
 */
export function planFollowUps(incidents: readonly FollowedIncident[], toldAt: number, policy: FollowUpPolicy, now: number): FollowUps {
  const waiting = incidents.filter((incident) => awaitsSomebody(incident, now)).map(({ id }) => id);
  if (waiting.length === 0) return { incidents: [], reminder: null, steps: [] };
  const minutes = (now - toldAt) / MINUTE_MS;
  const count = policy.remindMinutes === null ? 0 : Math.floor(minutes / policy.remindMinutes);
  return {
    incidents: waiting,
    reminder: count >= 1 ? count : null,
    steps: policy.escalation.flatMap((step, index) => (step.afterMinutes <= minutes ? [{ index, step }] : [])),
  };
}

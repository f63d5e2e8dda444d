const DAY_MS = 86_400_000;
/** Days before the end at which people are told. */
const STEPS = [14, 7, 3, 1] as const;

export interface CertificateTimes {
  /** Epoch ms. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/**
 * The step a certificate has reached: the smallest number of days at or below which its rest lies; null when it has more time, or
 * none. One that lives less than six weeks is always near its end: for it the first step is a third of its life.
 */
export function expiryStep({ notBefore, notAfter }: CertificateTimes, now: number): number | null {
  const left = (notAfter - now) / DAY_MS;
  const lifetime = (notAfter - notBefore) / DAY_MS;
  if (!Number.isFinite(left) || !Number.isFinite(lifetime) || left < 0) return null;
  const first = Math.min(STEPS[0], lifetime / 3);
  const steps = [first, ...STEPS.filter((step) => step < first)];
  const reached = steps.filter((step) => left <= step).at(-1);
  return reached === undefined ? null : Math.round(reached * 100) / 100;
}

/** Whole days that are left, at that moment. */
export function daysLeft(notAfter: number, now: number): number {
  return Math.floor((notAfter - now) / DAY_MS);
}

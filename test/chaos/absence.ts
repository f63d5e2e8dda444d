/** Somebody was there, in epoch ms; `to` null: still is. */
export interface Presence {
  readonly role: string;
  readonly region: string;
  readonly from: number;
  to: number | null;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Within `span`, the times in which none of these was there. Pure. */
export function absencesOf(presences: readonly Presence[], span: Span): Span[] {
  const absences: Span[] = [];
  let seenTo = span.from;
  for (const { from, to } of [...presences].sort((a, b) => a.from - b.from)) {
    if (from > seenTo && seenTo < span.to) absences.push({ from: seenTo, to: Math.min(from, span.to) });
    seenTo = Math.max(seenTo, to ?? Number.POSITIVE_INFINITY);
  }
  if (seenTo < span.to) absences.push({ from: seenTo, to: span.to });
  return absences;
}

/** How much of a span is covered by at least one of these. Pure. */
export function overlapMs(absences: readonly Span[], span: Span): number {
  let sum = 0;
  let seenTo = span.from;
  for (const { from, to } of [...absences].sort((a, b) => a.from - b.from)) {
    const begin = Math.max(from, seenTo);
    const end = Math.min(to, span.to);
    if (end > begin) sum += end - begin;
    seenTo = Math.max(seenTo, end);
  }
  return sum;
}

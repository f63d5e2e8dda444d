/** Instants in epoch milliseconds; `to` is not part of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface Outage extends Span {
  readonly severity: string;
}

function overlapMs(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

/** Milliseconds of `span` that the spans cover. They must not overlap each other: incidents of one endpoint and its silences never do. */
export function coveredMs(spans: readonly Span[], span: Span): number {
  return spans.reduce((sum, one) => sum + overlapMs(one, span), 0);
}

function intersections(spans: readonly Span[], others: readonly Span[]): Span[] {
  return spans.flatMap((a) =>
    others.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })).filter(({ from, to }) => to > from),
  );
}

/** What either covers, without overlaps, in order. */
export function union(a: readonly Span[], b: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...a, ...b].sort((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last !== undefined && span.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else merged.push(span);
  }
  return merged;
}

/**
 * uptime = 1 − down ÷ measured, over the part of the span in which the endpoint was measured (docs/uptime.md). Silence
 * (maintenance likewise) counts neither as up nor as down. Null where nothing was measured. Pure.
 */
export function uptimeOf(
  outages: readonly Outage[],
  silences: readonly Span[],
  span: Span,
): { uptime: number | null; downSeconds: number } {
  const measuredMs = span.to - span.from - coveredMs(silences, span);
  if (measuredMs <= 0) return { uptime: null, downSeconds: 0 };
  const down = outages.filter(({ severity }) => severity === 'down');
  const downMs = coveredMs(down, span) - coveredMs(intersections(down, silences), span);
  return { uptime: Math.min(1, Math.max(0, 1 - downMs / measuredMs)), downSeconds: Math.round(downMs) / 1000 };
}

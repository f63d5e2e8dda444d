import { recurrenceSchema } from '@rollcall/contracts';
import { type MaintenanceWindow, occurrences, type TimeSpan, type Weekday } from '@rollcall/core';
import { type Db, Prisma, type Tx } from '@rollcall/db';

interface Row {
  organizationId: string;
  startsAt: Date;
  endsAt: Date;
  recurrence: unknown;
  endpointIds: string[];
  tags: string[];
  deletedAt: Date | null;
}

/** The stored row as the pure functions take it; a deleted window ends where it was deleted. */
export function toWindow(row: Row): MaintenanceWindow {
  const parsed = recurrenceSchema.nullable().safeParse(row.recurrence);
  const recurrence = parsed.success ? parsed.data : null;
  const deletedAt = row.deletedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const endsAt = recurrence === null ? Math.min(row.endsAt.getTime(), deletedAt) : row.endsAt.getTime();
  const until = Math.min(recurrence?.until == null ? Number.POSITIVE_INFINITY : Date.parse(recurrence.until), deletedAt);
  return {
    startsAt: row.startsAt.getTime(),
    endsAt,
    recurrence:
      recurrence === null
        ? null
        : {
            every: recurrence.every,
            timeZone: recurrence.timeZone,
            weekdays: recurrence.weekdays as Weekday[] | undefined,
            until: Number.isFinite(until) ? until : null,
          },
    endpoints: row.endpointIds,
    tags: row.tags,
  };
}

/** The windows that may touch from … to, by organization. */
export async function loadWindows(
  db: Db | Tx,
  organizationIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Map<string, MaintenanceWindow[]>> {
  const rows = await db.maintenanceWindow.findMany({
    where: {
      organizationId: { in: [...organizationIds] },
      startsAt: { lt: to },
      OR: [{ endsAt: { gt: from } }, { recurrence: { not: Prisma.JsonNull } }],
      AND: [{ OR: [{ deletedAt: null }, { deletedAt: { gt: from } }] }],
    },
  });
  const windows = new Map<string, MaintenanceWindow[]>();
  for (const row of rows) windows.set(row.organizationId, [...(windows.get(row.organizationId) ?? []), toWindow(row)]);
  return windows;
}

/** The spans in which any of the windows was on, merged so that none overlaps another. */
export function mergedOccurrences(windows: readonly MaintenanceWindow[], from: number, to: number): TimeSpan[] {
  const spans = windows.flatMap((window) => occurrences(window, from, to)).sort((a, b) => a.from - b.from);
  const merged: TimeSpan[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else merged.push(span);
  }
  return merged;
}

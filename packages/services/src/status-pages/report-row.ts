import { IMPACTS, type Impact } from '@rollcall/contracts';
import type { Prisma } from '@rollcall/db';
import { z } from 'zod';

export const withUpdates = { updates: { orderBy: { id: 'desc' } } } as const satisfies Prisma.StatusReportInclude;
export type ReportRow = Prisma.StatusReportGetPayload<{ include: typeof withUpdates }>;

const storedAffected = z.array(z.object({ component: z.string(), impact: z.enum(IMPACTS) }));

/** What of the stored list is still on the page. Pure. */
export function affectedOf(row: { affected: unknown }, components: readonly { id: string }[]): { component: string; impact: Impact }[] {
  const parsed = storedAffected.safeParse(row.affected);
  const known = new Set(components.map(({ id }) => id));
  return parsed.success ? parsed.data.filter(({ component }) => known.has(component)) : [];
}

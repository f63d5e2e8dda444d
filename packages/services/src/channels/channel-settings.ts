import { type CreateChannel, escalationSchema, quietHoursSchema } from '@rollcall/contracts';
import { AppError, type QuietHours } from '@rollcall/core';
import { Prisma, type Tx } from '@rollcall/db';
import type { Actor } from '../access/actor.ts';

/** How a channel is told, beside what it is and which notices it takes. */
export type ChannelSettings = Pick<CreateChannel, 'quietHours' | 'remindMinutes' | 'escalation' | 'standby'>;

interface StoredSettings {
  readonly quietHours: unknown;
  readonly remindMinutes: number | null;
  readonly escalation: unknown;
  readonly standby: boolean;
}

export function toQuietHours(stored: unknown): ChannelSettings['quietHours'] {
  const parsed = quietHoursSchema.nullable().safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** As the pure functions take them. */
export function quietHoursOf(stored: unknown): QuietHours | null {
  return toQuietHours(stored) as QuietHours | null;
}

export function toEscalation(stored: unknown): ChannelSettings['escalation'] {
  const parsed = escalationSchema.safeParse(stored);
  return parsed.success ? parsed.data : [];
}

export function toSettings(row: StoredSettings): ChannelSettings {
  return {
    quietHours: toQuietHours(row.quietHours),
    remindMinutes: row.remindMinutes,
    escalation: toEscalation(row.escalation),
    standby: row.standby,
  };
}

/** The columns of what is named. */
export function settingsData({
  quietHours,
  remindMinutes,
  escalation,
  standby,
}: { [K in keyof ChannelSettings]?: ChannelSettings[K] | undefined }) {
  return {
    ...(quietHours === undefined ? {} : { quietHours: quietHours === null ? Prisma.JsonNull : (quietHours as Prisma.InputJsonObject) }),
    ...(remindMinutes === undefined ? {} : { remindMinutes }),
    ...(escalation === undefined ? {} : { escalation: escalation as Prisma.InputJsonArray }),
    ...(standby === undefined ? {} : { standby }),
  };
}

/** @throws AppError invalid_request naming the steps whose channel is not another one of this organization. */
export async function requireEscalation(tx: Tx, actor: Actor, id: string, steps: ChannelSettings['escalation'] = []): Promise<void> {
  if (steps.length === 0) return;
  const found = await tx.channel.findMany({
    where: { organizationId: actor.organizationId, statusPageId: null, id: { in: steps.map(({ channel }) => channel) } },
    select: { id: true },
  });
  const known = new Set(found.map((row) => row.id));
  const culprits = steps.flatMap(({ channel }, n) => {
    const message = channel === id ? 'must be another channel' : known.has(channel) ? null : 'is no channel of this organization';
    return message === null ? [] : [{ pointer: `/escalation/${n}/channel`, message }];
  });
  if (culprits.length > 0) throw new AppError('invalid_request', 'The escalation names channels that cannot be told.', { culprits });
}

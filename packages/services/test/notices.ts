import type { Event } from '@rollcall/contracts';
import type { ChannelType } from '@rollcall/core';
import { createSealer, newId } from '@rollcall/crypto';
import type { Db, Prisma } from '@rollcall/db';
import { createMailer, type SendDeps } from '@rollcall/notify';
import type { Actor } from '../src/access/actor.ts';
import { prepareChannelConfig } from '../src/notices/channel-config.ts';

export const sealer = createSealer(Buffer.alloc(32, 7).toString('base64'));

/** Sinks are on the loopback address, hence the policy. */
export const sendDeps: SendDeps = {
  policy: { allowPrivate: true },
  publicUrl: 'https://rollcall.example.com',
  mailer: createMailer({ smtpUrl: null, from: 'rollcall@example.com', mailDir: '/nonexistent' }),
};

export async function makeOrganization(db: Db): Promise<string> {
  const id = newId('org');
  await db.organization.create({ data: { id, name: 'Test', slug: id } });
  return id;
}

export async function makeChannel(
  db: Db,
  organizationId: string,
  config: Record<string, unknown>,
  more: { type?: ChannelType } & Partial<
    Pick<
      Prisma.ChannelUncheckedCreateInput,
      'enabled' | 'failingSince' | 'routes' | 'quietHours' | 'remindMinutes' | 'escalation' | 'standby' | 'name'
    >
  > = {},
): Promise<{ id: string; secret: string | undefined }> {
  const { type = 'webhook', ...rest } = more;
  const id = newId('ch');
  const prepared = await prepareChannelConfig({ sealer, policy: sendDeps.policy }, { id, type, config });
  await db.channel.create({
    data: {
      id,
      organizationId,
      type,
      name: `channel ${id}`,
      config: prepared.sealed,
      configInfo: prepared.info as Prisma.InputJsonObject,
      ...rest,
    },
  });
  return { id, secret: prepared.generatedSecret };
}

/** Somebody who may do everything in the organization. */
export function actorOf(organizationId: string): Actor {
  return {
    organizationId,
    kind: 'member',
    id: 'usr_1',
    label: 'owner@example.com',
    role: 'owner',
    scopes: new Set(['read', 'write', 'admin']),
  };
}

export function downEvent(name = 'Weather'): Event {
  return {
    type: 'endpoint.down',
    timestamp: '2026-11-20T12:00:30.000Z',
    data: { endpoint: { id: 'ep_1', name, url: 'https://mcp.example.com/mcp', tags: [] }, incident: null, from: 'up', to: 'down' },
  };
}

export async function makeNotice(
  db: Db,
  organizationId: string,
  channelId: string,
  more: Partial<Prisma.NoticeUncheckedCreateInput> & { readonly at?: Date } = {},
): Promise<string> {
  const { at = new Date(), ...rest } = more;
  const id = newId('msg', at.getTime());
  await db.notice.create({
    data: {
      id,
      organizationId,
      channelId,
      type: 'endpoint.down',
      dedupeKey: id,
      payload: downEvent() as unknown as Prisma.InputJsonObject,
      nextAttemptAt: at,
      createdAt: at,
      ...rest,
    },
  });
  return id;
}

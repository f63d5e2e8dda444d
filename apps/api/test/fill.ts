import { gzipSync } from 'node:zlib';
import type { Endpoint, IncidentDetail } from '@rollcall/contracts';
import { newId } from '@rollcall/crypto';
import { recordProbes } from '@rollcall/services';
import { recordOf } from '../../../packages/services/test/reports.ts';
import { PASSWORD, type Tenant, type TestApi } from './harness.ts';
import { subscriber } from './subscriber.ts';
import { toolChange } from './tool-change.ts';

/** One thing of every kind that an organization can have, each with the mark in whatever text it takes. */
export interface Filled {
  readonly ids: Readonly<
    Record<
      | 'endpoint'
      | 'incident'
      | 'toolChange'
      | 'channel'
      | 'notice'
      | 'maintenance'
      | 'page'
      | 'report'
      | 'subscriber'
      | 'invitation'
      | 'member'
      | 'key'
      | 'probe',
      string
    >
  >;
  /** In every name and text. */
  readonly mark: string;
  /** What nobody may ever read, not even its owner. */
  readonly secrets: readonly string[];
}

/** `origin`: of the monitored server and of the webhook. */
export async function fillOrganization(api: TestApi, tenant: Tenant, mark: string, origin = `https://${mark}.invalid`): Promise<Filled> {
  const post = async <T extends { id: string }>(path: string, body: object): Promise<T> => {
    const answer = await api.call('POST', `/api/v1${path}`, { key: tenant.keys.admin, body, headers: { 'idempotency-key': newId('msg') } });
    if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${answer.body}`);
    return answer.json<T>();
  };
  const { db } = api;
  const organizationId = tenant.id;
  const secrets = ['header', 'bearer', 'page'].map((kind) => `${kind}-${mark}-secret`);
  const [header, bearer, pagePassword] = secrets as [string, string, string];
  const whsec = `whsec_${Buffer.from(`${mark}-signing-secret-of-24-bytes`).toString('base64')}`;
  const endpoint = await post<Endpoint>('/endpoints', {
    name: `Endpoint ${mark}`,
    url: `${origin}/mcp`,
    headers: { 'x-secret': header },
    auth: { type: 'bearer', token: bearer },
    tags: [mark],
  });
  const channel = await post('/channels', {
    type: 'webhook',
    name: `Channel ${mark}`,
    config: { url: `${origin}/hook`, secret: whsec },
  });
  const at = Date.now();
  for (const ago of [120_000, 60_000, 0])
    await recordProbes(db, [recordOf(endpoint.id, new Date(at - ago), 'down')], {
      publicUrl: 'http://rollcall.test',
      now: new Date(at - ago),
    });
  const incident = (await db.incident.findFirstOrThrow({ where: { endpointId: endpoint.id } })).id;
  await post<IncidentDetail>(`/incidents/${incident}/notes`, { text: `Note ${mark}` });
  const maintenance = await post('/maintenance-windows', {
    name: `Window ${mark}`,
    startsAt: '2027-01-01T00:00:00Z',
    endsAt: '2027-01-01T01:00:00Z',
    endpoints: [endpoint.id],
  });
  const page = await post('/status-pages', {
    slug: mark,
    title: `Page ${mark}`,
    password: pagePassword,
    published: true,
    components: [{ endpoint: endpoint.id, name: `Component ${mark}` }],
  });
  const report = await post(`/status-pages/${page.id}/reports`, { title: `Report ${mark}`, text: `Text ${mark}`, published: true });
  const reader = await subscriber(db, { organizationId, pageId: page.id });
  await db.statusSubscriber.update({ where: { id: reader }, data: { target: `reader@${mark}.invalid` } });
  const invitation = await post('/members/invitations', { email: `guest@${mark}.invalid` });
  const changed = await toolChange(db, endpoint.id, organizationId);
  const notice = await db.notice.findFirstOrThrow({ where: { organizationId, channelId: channel.id } });
  await db.notice.update({ where: { id: notice.id }, data: { status: 'dead' } });
  await db.delivery.create({
    data: {
      id: newId('dl'),
      organizationId,
      noticeId: notice.id,
      channelId: channel.id,
      type: 'endpoint.down',
      attempt: 1,
      status: 'failed',
      startedAt: new Date(at),
      durationMs: 5,
      error: `Refused ${mark}`,
    },
  });
  const content = gzipSync(JSON.stringify({ names: [mark], definitions: null }));
  await db.toolList.create({ data: { organizationId, hash: `sha256:${mark}`, count: 1, content, seenAt: new Date(at) } });
  await db.toolSnapshot.create({
    data: {
      organizationId,
      hash: `sha256:${mark}`,
      listHash: `sha256:${mark}`,
      server: { name: mark, version: '1' },
      seenAt: new Date(at),
    },
  });
  const { seq } = await db.endpoint.findUniqueOrThrow({ where: { id: endpoint.id }, select: { seq: true } });
  const totals = Buffer.from([0, 40, 2, 2, 100, 40]);
  await db.$executeRaw`insert into probe_day (endpoint_seq, day, region_id, first_at, last_at, totals) values (${seq}, '2026-11-01', 1, '2026-11-01T00:00:00Z', '2026-11-01T23:59:00Z', ${totals})`;
  await db.$executeRaw`insert into probe_hour (endpoint_seq, day, region_id, hours) values (${seq}, '2026-11-01', 1, array[${totals}]::bytea[])`;
  await db.$executeRaw`insert into probe_silence (endpoint_seq, began_at, ended_at) values (${seq}, '2026-11-02T00:00:00Z', '2026-11-02T01:00:00Z')`;
  await db.$executeRaw`insert into rollup_due (endpoint_seq, day, hours) values (${seq}, '2026-11-03', 1) on conflict do nothing`;
  await db.organization.update({ where: { id: organizationId }, data: { name: `Organization ${mark}` } });
  await db.session.updateMany({
    where: { user: { members: { some: { organizationId } } } },
    data: { activeOrganizationId: organizationId },
  });
  const probes = (await api.call('GET', `/api/v1/endpoints/${endpoint.id}/probes`, { key: tenant.keys.admin })).json<{
    data: { id: string }[];
  }>();
  return {
    ids: {
      endpoint: endpoint.id,
      incident,
      toolChange: changed,
      channel: channel.id,
      notice: notice.id,
      maintenance: maintenance.id,
      page: page.id,
      report: report.id,
      subscriber: reader,
      invitation: invitation.id,
      member: (await db.member.findFirstOrThrow({ where: { organizationId, role: 'viewer' } })).id,
      key: (await db.apiKey.findFirstOrThrow({ where: { organizationId, name: 'read' } })).id,
      probe: probes.data[0]?.id ?? '',
    },
    mark,
    secrets: [...secrets, whsec, PASSWORD, ...Object.values(tenant.keys)],
  };
}

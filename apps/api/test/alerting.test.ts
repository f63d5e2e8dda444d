import type { Channel, Endpoint, IncidentDetail, Notice, Page, Silence } from '@rollcall/contracts';
import { newId } from '@rollcall/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';
import { openIncident } from './open-incident.ts';

let api: TestApi;
let endpointId: string;
beforeAll(async () => {
  api = await startApi();
  endpointId = (await api.call('POST', '/api/v1/endpoints', { body: { name: 'Weather', url: 'https://w.example/mcp' } })).json<Endpoint>()
    .id;
});
afterAll(() => api.close());

const mail = { type: 'email', name: 'mail', config: { to: 'a@b.example' } };
const create = async (more: object = {}) => (await api.call('POST', '/api/v1/channels', { body: { ...mail, ...more } })).json<Channel>();

describe('settings of a channel', () => {
  it('are stored, shown, changed one by one and taken back', async () => {
    const boss = await create({ standby: true });
    const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
    const channel = await create({
      quietHours,
      remindMinutes: 30,
      escalation: [{ afterMinutes: 15, channel: boss.id }],
      routes: [{ severities: ['down'] }],
    });
    expect(boss).toMatchObject({ standby: true, quietHours: null, remindMinutes: null, escalation: [], unhealthySince: null });
    expect(channel).toMatchObject({
      quietHours: { ...quietHours, through: ['endpoint.down'] },
      remindMinutes: 30,
      escalation: [{ afterMinutes: 15, channel: boss.id }],
      routes: [{ severities: ['down'] }],
    });
    const change = async (body: object) => (await api.call('PATCH', `/api/v1/channels/${channel.id}`, { body })).json<Channel>();
    expect(await change({ remindMinutes: null })).toMatchObject({ remindMinutes: null, escalation: [{ channel: boss.id }] });
    expect(await change({ quietHours: null, escalation: [] })).toMatchObject({ quietHours: null, escalation: [] });
    expect((await api.call('GET', `/api/v1/channels/${channel.id}`)).json<Channel>()).toMatchObject({
      quietHours: null,
      routes: [{ severities: ['down'] }],
    });
  });

  it('escalate to no channel of another organization and not to themselves', async () => {
    const theirs = (await api.call('POST', '/api/v1/channels', { key: api.theirs.keys.admin, body: mail })).json<Channel>();
    const ours = await create();
    for (const channel of [theirs.id, ours.id]) {
      const answer = await api.call('PATCH', `/api/v1/channels/${ours.id}`, { body: { escalation: [{ afterMinutes: 5, channel }] } });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/escalation/0/channel' }] });
    }
  });
});

describe('silence and snooze', () => {
  it('are set, shown, ended, and written to the audit log', async () => {
    const path = `/api/v1/endpoints/${endpointId}/silence`;
    expect((await api.call('GET', path)).json<Silence>()).toEqual({ until: null, by: null });
    const before = Date.now();
    const set = (await api.call('POST', path, { body: { minutes: 60 } })).json<Silence>();
    expect(Date.parse(set.until ?? '')).toBeGreaterThanOrEqual(before + 3_600_000);
    expect((await api.call('GET', path)).json<Silence>()).toEqual(set);
    expect((await api.call('DELETE', path)).statusCode).toBe(204);
    expect((await api.call('GET', path)).json<Silence>()).toEqual({ until: null, by: null });
    const actions = await api.db.auditLog.findMany({ where: { organizationId: api.ours.id, target: endpointId }, orderBy: { id: 'asc' } });
    expect(actions.map(({ action }) => action)).toEqual(['endpoint.created', 'endpoint.silenced', 'endpoint.unsilenced']);
  });

  it('of an incident is on its timeline; one that is over cannot be snoozed', async () => {
    const id = await openIncident(api.db, endpointId, api.ours.id);
    const path = `/api/v1/incidents/${id}/snooze`;
    const shown = (await api.call('POST', path, { body: { minutes: 30 } })).json<IncidentDetail>();
    expect(shown.snoozedUntil).not.toBeNull();
    expect(shown.timeline.at(-1)).toMatchObject({ type: 'snoozed', data: { until: shown.snoozedUntil } });
    expect((await api.call('DELETE', path)).statusCode).toBe(204);
    expect((await api.call('GET', `/api/v1/incidents/${id}`)).json<IncidentDetail>().snoozedUntil).toBeNull();
    await api.db.incident.update({ where: { id }, data: { resolvedAt: new Date() } });
    expect((await api.call('POST', path, { body: { minutes: 30 } })).statusCode).toBe(409);
  });
});

describe('GET /notices', () => {
  it('shows the dead letters with their last error, and a resend makes one due again', async () => {
    const channel = await create();
    const ids = [newId('msg', Date.now() - 1000), newId('msg')];
    for (const [n, id] of ids.entries())
      await api.db.notice.create({
        data: {
          id,
          organizationId: api.ours.id,
          channelId: channel.id,
          type: 'endpoint.down',
          dedupeKey: id,
          payload: {},
          status: n === 0 ? 'dead' : 'delivered',
          attempts: 1,
          deliveries: {
            create: {
              id: newId('dl'),
              organizationId: api.ours.id,
              channelId: channel.id,
              type: 'endpoint.down',
              attempt: 1,
              status: n === 0 ? 'failed' : 'delivered',
              startedAt: new Date(),
              durationMs: 3,
              error: n === 0 ? 'answered 410 Gone' : null,
            },
          },
        },
      });
    const dead = async () => (await api.call('GET', `/api/v1/notices?status=dead&channel=${channel.id}`)).json<Page<Notice>>().data;
    expect(await dead()).toMatchObject([{ id: ids[0], status: 'dead', lastError: 'answered 410 Gone', nextAttemptAt: null, groupSize: 1 }]);
    expect((await api.call('POST', `/api/v1/notices/${ids[0]}/resend`)).statusCode).toBe(202);
    expect(await dead()).toEqual([]);
    const all = (await api.call('GET', `/api/v1/notices?channel=${channel.id}&limit=1`)).json<Page<Notice>>();
    expect(all.nextCursor).toBe(ids[1]);
    const rest = (await api.call('GET', `/api/v1/notices?channel=${channel.id}&cursor=${all.nextCursor}`)).json<Page<Notice>>();
    expect(rest.data.map(({ id, status }) => [id, status])).toEqual([[ids[0], 'pending']]);
    expect((await api.call('GET', '/api/v1/notices', { key: api.theirs.keys.read })).json<Page<Notice>>().data).toEqual([]);
  });
});

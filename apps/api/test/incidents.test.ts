import type { Endpoint, Incident, IncidentDetail, Overview, Page } from '@rollcall/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';
import { openIncident } from './open-incident.ts';

let api: TestApi;
let endpointId: string;
let incidentId: string;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  endpointId = (
    await api.call('POST', '/api/v1/endpoints', { body: { name: 'Weather', url: 'https://w.example/mcp', tags: ['prod'] } })
  ).json<Endpoint>().id;
  incidentId = await openIncident(api.db, endpointId, api.ours.id);
});

describe('incidents', () => {
  it('are listed by status and endpoint, and shown with endpoint, cause and timeline', async () => {
    const list = (await api.call('GET', `/api/v1/incidents?status=open&endpoint=${endpointId}`)).json<Page<Incident>>();
    expect(list.data.map((incident) => incident.id)).toEqual([incidentId]);
    expect((await api.call('GET', `/api/v1/incidents?status=resolved&endpoint=${endpointId}`)).json<Page<Incident>>().data).toEqual([]);
    const shown = (await api.call('GET', `/api/v1/incidents/${incidentId}`)).json<IncidentDetail>();
    expect(shown).toMatchObject({
      status: 'open',
      endpoint: { id: endpointId, name: 'Weather' },
      cause: { code: 'tcp.refused' },
      acknowledgedAt: null,
    });
    expect(shown.timeline.map((event) => event.type)).toEqual(['opened']);
    const overview = (await api.call('GET', '/api/v1/overview')).json<Overview>();
    expect(overview.openIncidents.map((incident) => incident.id)).toContain(incidentId);
    expect(overview.counts.down).toBeGreaterThan(0);
  });

  it('are acknowledged once, by name, and the channels that want to know are told once', async () => {
    const channel = (events: string[]) =>
      api.call('POST', '/api/v1/channels', { body: { type: 'email', name: 'm', config: { to: 'a@b.example' }, routes: [{ events }] } });
    const wants = (await channel(['incident.acknowledged'])).json<{ id: string }>().id;
    await channel(['endpoint.down']);
    const first = (await api.call('POST', `/api/v1/incidents/${incidentId}/acknowledge`)).json<IncidentDetail>();
    expect(first.acknowledgedAt).not.toBeNull();
    expect(first.acknowledgedBy).toMatch(/admin/);
    const second = (
      await api.call('POST', `/api/v1/incidents/${incidentId}/acknowledge`, { key: api.ours.keys.write })
    ).json<IncidentDetail>();
    expect([second.acknowledgedAt, second.acknowledgedBy]).toEqual([first.acknowledgedAt, first.acknowledgedBy]);
    expect(second.timeline.filter((event) => event.type === 'acknowledged')).toHaveLength(1);
    const notices = await api.db.notice.findMany({ where: { incidentId } });
    expect(notices.map(({ type, channelId }) => [type, channelId])).toEqual([['incident.acknowledged', wants]]);
  });

  it('are given back: nobody has it, the timeline and the audit log tell who, and what was not sent of it is withdrawn', async () => {
    const body = { type: 'email', name: 'm', config: { to: 'a@b.example' }, routes: [{ events: ['incident.acknowledged'] }] };
    await api.call('POST', '/api/v1/channels', { body });
    const give = () => api.call('DELETE', `/api/v1/incidents/${incidentId}/acknowledge`);
    const audited = async () => (await api.db.auditLog.findMany({ where: { target: incidentId }, orderBy: { id: 'asc' } })).slice(1);
    const taken = (await api.call('POST', `/api/v1/incidents/${incidentId}/acknowledge`)).json<IncidentDetail>();
    expect((await give()).statusCode).toBe(204);
    const shown = (await api.call('GET', `/api/v1/incidents/${incidentId}`)).json<IncidentDetail>();
    expect([shown.acknowledgedAt, shown.acknowledgedBy]).toEqual([null, null]);
    expect(shown.timeline.map(({ type, actor }) => [type, actor !== null])).toEqual([
      ['opened', false],
      ['acknowledged', true],
      ['unacknowledged', true],
    ]);
    expect([...new Set((await api.db.notice.findMany({ where: { incidentId } })).map(({ status }) => status))]).toEqual(['withdrawn']);
    // Once: there is nothing to give back any more.
    expect((await give()).statusCode).toBe(204);
    expect((await audited()).map(({ action, before }) => [action, before])).toEqual([
      ['incident.unacknowledged', { acknowledgedAt: taken.acknowledgedAt, acknowledgedBy: taken.acknowledgedBy }],
    ]);
    // Who takes it again is told of anew.
    await api.call('POST', `/api/v1/incidents/${incidentId}/acknowledge`);
    expect(await api.db.notice.count({ where: { incidentId, status: 'pending' } })).toBeGreaterThan(0);
    await api.db.incident.update({ where: { id: incidentId }, data: { resolvedAt: new Date() } });
    expect((await give()).statusCode).toBe(409);
  });

  it('take a postmortem, which says who wrote it last; the audit log keeps what stood there before', async () => {
    const write = (postmortem: unknown) => api.call('PATCH', `/api/v1/incidents/${incidentId}`, { body: { postmortem } });
    expect((await api.call('GET', `/api/v1/incidents/${incidentId}`)).json<IncidentDetail>().postmortem).toBeNull();
    expect((await write('The first text.')).statusCode).toBe(200);
    const second = (await write('<b>What happened</b>\nand why')).json<IncidentDetail>();
    expect(second.postmortem).toMatchObject({ text: '<b>What happened</b>\nand why', by: expect.stringMatching(/admin/) });
    expect((await write(null)).json<IncidentDetail>().postmortem).toBeNull();
    const entries = await api.db.auditLog.findMany({ where: { target: incidentId }, orderBy: { id: 'asc' } });
    expect(entries.map(({ before }) => before)).toEqual([
      { postmortem: null },
      { postmortem: 'The first text.' },
      { postmortem: '<b>What happened</b>\nand why' },
    ]);
  });

  it('take notes of any text, shown as it was written', async () => {
    const text = '<script>alert(1)</script> \u202E 💩 line\nbreak';
    const answer = await api.call('POST', `/api/v1/incidents/${incidentId}/notes`, { body: { text } });
    expect(answer.statusCode).toBe(201);
    expect(answer.json<IncidentDetail>().timeline.at(-1)).toMatchObject({ type: 'note', data: { text } });
    for (const bad of [{ text: '' }, { text: '  ' }, { text: 'x'.repeat(10_001) }, { text: 1 }, { text: 'a', by: 'me' }, {}]) {
      expect((await api.call('POST', `/api/v1/incidents/${incidentId}/notes`, { body: bad })).statusCode).toBe(400);
    }
  });
});

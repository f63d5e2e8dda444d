import type { Delivery, Endpoint, Page, Probe, ProbeDetail, Report, Step, ToolChange } from '@rollcall/contracts';
import { startHttpSink } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';
import { startMcpServer } from './mcp-server.ts';

let api: TestApi;
let target: Awaited<ReturnType<typeof startMcpServer>>;
const schema = { type: 'object', properties: {} };
beforeAll(async () => {
  api = await startApi();
  target = await startMcpServer([{ name: 'forecast', inputSchema: schema }]);
});
afterAll(async () => {
  await api.close();
  await target.close();
});

describe('POST /checks', () => {
  it('answers with the report of a real server', async () => {
    const answer = await api.call('POST', '/api/v1/checks', { body: { url: target.url } });
    expect(answer.statusCode, answer.body).toBe(200);
    const report = answer.json<Report>();
    expect(report).toMatchObject({
      schema: 'rollcall.report/1',
      verdict: 'up',
      transport: 'streamable-http',
      tools: { count: 1, names: ['forecast'] },
    });
    expect(report.exchanges.length).toBeGreaterThan(0);
  });

  it('tells the steps as they happen when asked for an event stream, then the report', async () => {
    const answer = await api.call('POST', '/api/v1/checks', { body: { url: target.url }, headers: { accept: 'text/event-stream' } });
    expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
    const events = answer.body
      .trim()
      .split('\n\n')
      .map((block) => {
        const [event, data] = block.split('\n');
        return { event: event?.replace('event: ', ''), data: JSON.parse((data ?? '').replace('data: ', '')) as Step | Report };
      });
    expect(events.at(-1)?.event).toBe('report');
    expect(events.at(-1)?.data).toMatchObject({ verdict: 'up' });
    const steps = events.slice(0, -1);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.every(({ event, data }) => event === 'step' && 'ms' in data)).toBe(true);
    expect(steps.map(({ data }) => (data as Step).name)).toEqual(expect.arrayContaining(['initialize', 'tools/list']));
  });

  it('names the cause of a server that is not there, and never shows the credentials', async () => {
    const gone = await startHttpSink();
    await gone.close();
    const answer = await api.call('POST', '/api/v1/checks', {
      body: { url: `${gone.url}/mcp`, auth: { type: 'bearer', token: 'check-secret-value' } },
    });
    expect(answer.json<Report>()).toMatchObject({ verdict: 'down', cause: { code: 'tcp.refused' } });
    const seen = await api.call('POST', '/api/v1/checks', {
      body: { url: target.url, auth: { type: 'bearer', token: 'check-secret-value' }, headers: { 'X-Tenant': 'tenant-secret-value' } },
    });
    expect(target.state.seenAuthorization).toContain('Bearer check-secret-value');
    expect(seen.body).not.toMatch(/secret-value/);
  });
});

describe('POST /endpoints/{id}/probe', () => {
  it('probes now, keeps the transcript and shows the state, the tools and later their change', async () => {
    const made = (
      await api.call('POST', '/api/v1/endpoints', {
        body: { name: 'Live', url: target.url, auth: { type: 'bearer', token: 'probe-secret-value' } },
      })
    ).json<Endpoint>();
    const at = `/api/v1/endpoints/${made.id}`;
    const answer = await api.call('POST', `${at}/probe`);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json<Report>().verdict).toBe('up');
    expect(answer.body).not.toContain('probe-secret-value');

    const endpoint = (await api.call('GET', at)).json<Endpoint>();
    expect(endpoint.state).toMatchObject({ status: 'up', toolCount: 1, transport: 'streamable-http', cause: null });
    expect(endpoint.state.latencyMs).toBeGreaterThanOrEqual(0);
    const probes = (await api.call('GET', `${at}/probes`)).json<Page<Probe>>();
    expect(probes.data).toHaveLength(1);
    const detail = await api.call('GET', `${at}/probes/${probes.data[0]?.id}`);
    expect(detail.statusCode, detail.body).toBe(200);
    expect(detail.json<ProbeDetail>().exchanges?.length).toBeGreaterThan(0);
    expect(detail.body).not.toContain('probe-secret-value');
    expect((await api.call('GET', `${at}/tools`)).json()).toMatchObject({ count: 1, data: [{ name: 'forecast' }] });
    expect((await api.call('GET', `${at}/tool-changes`)).json()).toEqual({ data: [], nextCursor: null });

    target.state.tools = [
      { name: 'forecast', description: 'now with words', inputSchema: schema },
      { name: 'history', inputSchema: schema },
    ];
    // Once is not enough: two equal observations in a row make a change.
    await api.call('POST', `${at}/probe`);
    expect((await api.call('GET', `${at}/tool-changes`)).json()).toEqual({ data: [], nextCursor: null });
    await api.call('POST', `${at}/probe`);
    const changes = (await api.call('GET', `${at}/tool-changes`)).json<Page<ToolChange>>();
    expect(changes.data).toHaveLength(1);
    expect(changes.data[0]).toMatchObject({
      before: { count: 1 },
      after: { count: 2 },
      added: ['history'],
      removed: [],
      changed: ['forecast'],
      class: 'text',
      unversioned: true,
      acknowledgedAt: null,
    });
    expect((await api.call('GET', `${at}/tools`)).json()).toMatchObject({ count: 2, baseline: { count: 1, same: false } });
    const acknowledged = await api.call('POST', `${at}/tool-changes/${changes.data[0]?.id}/acknowledge`);
    expect(acknowledged.statusCode, acknowledged.body).toBe(200);
    expect(acknowledged.json<ToolChange>().acknowledgedAt).not.toBeNull();
    expect((await api.call('GET', `${at}/tools`)).json()).toMatchObject({ count: 2, baseline: { count: 2, same: true } });
    const paged = (await api.call('GET', `${at}/probes?limit=1`)).json<Page<Probe>>();
    const rest = (await api.call('GET', `${at}/probes?limit=1&cursor=${paged.nextCursor}`)).json<Page<Probe>>();
    expect(new Set([paged.data[0]?.id, rest.data[0]?.id]).size).toBe(2);
    const stats = await api.call('GET', `${at}/stats?window=24h`);
    expect(stats.statusCode, stats.body).toBe(200);
    expect(stats.json()).toMatchObject({ window: '24h', downSeconds: 0 });

    const foreign = await api.call('GET', `${at}/probes/${probes.data[0]?.id}`, { key: api.theirs.keys.admin });
    expect(foreign.statusCode).toBe(404);
    // Another endpoint's probe is not found under this one.
    const other = (await api.call('POST', '/api/v1/endpoints', { body: { name: 'Other', url: target.url } })).json<Endpoint>();
    expect((await api.call('GET', `/api/v1/endpoints/${other.id}/probes/${probes.data[0]?.id}`)).statusCode).toBe(404);
  });
});

describe('POST /channels/{id}/test', () => {
  it('sends now, answers with the delivery and shows it in the log', async () => {
    const sink = await startHttpSink();
    try {
      const made = (
        await api.call('POST', '/api/v1/channels', {
          body: { type: 'webhook', name: 'hook', config: { url: `${sink.url}/hook`, headers: { 'X-Token': 'hook-secret-value' } } },
        })
      ).json<{ id: string; secret: string }>();
      expect(made.secret).toMatch(/^whsec_/);
      expect((await api.call('GET', `/api/v1/channels/${made.id}`)).body).not.toContain(made.secret);
      const answer = await api.call('POST', `/api/v1/channels/${made.id}/test`);
      expect(answer.statusCode, answer.body).toBe(200);
      expect(answer.json()).toMatchObject({ delivered: true, delivery: { channelId: made.id, status: 'delivered', attempt: 1 } });
      expect(answer.body).not.toMatch(/hook-secret-value/);
      expect(sink.requests).toHaveLength(1);
      expect(sink.requests[0]?.headers['webhook-id']).toBe(answer.json<{ delivery: Delivery }>().delivery.noticeId);
      const log = (await api.call('GET', `/api/v1/deliveries?channel=${made.id}&status=delivered`)).json<Page<Delivery>>();
      expect(log.data.map((delivery) => delivery.noticeId)).toEqual([sink.requests[0]?.headers['webhook-id']]);
      expect((await api.call('GET', '/api/v1/deliveries', { key: api.theirs.keys.admin })).json<Page<Delivery>>().data).toEqual([]);
    } finally {
      await sink.close();
    }
  });
});

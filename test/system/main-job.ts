import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Channel, Delivery, Endpoint, Event, Incident, Page, Probe } from '@rollcall/contracts';
import { freePort, startHttpSink, startSmtpSink } from '@rollcall/testkit';
import { Webhook } from 'standardwebhooks';
import { expect } from 'vitest';
import { type ApiClient, type Everything, eventually, startEverything } from './rollcall.ts';

/** How many tools an ordinary client of the official SDK is shown: the truth that a probe must find. */
async function toolsSeenByTheSdk(server: Everything, mode: 'streamableHttp' | 'sse'): Promise<number> {
  const client = new Client({ name: 'truth', version: '1.0.0' });
  const url = new URL(server.url);
  const transport = mode === 'sse' ? new SSEClientTransport(url) : new StreamableHTTPClientTransport(url);
  await client.connect(transport as Parameters<Client['connect']>[0]);
  const { tools } = await client.listTools();
  await client.close();
  return tools.length;
}

export interface Sinks {
  readonly smtp: Awaited<ReturnType<typeof startSmtpSink>>;
  readonly http: Awaited<ReturnType<typeof startHttpSink>>;
}

export async function startSinks(): Promise<Sinks> {
  return { smtp: await startSmtpSink(), http: await startHttpSink() };
}

async function untilStatus(api: ApiClient, id: string, status: string, timeoutMs = 120_000): Promise<Endpoint> {
  return eventually(
    `endpoint ${id} ${status}`,
    async () => {
      const endpoint = await api.get<Endpoint>(`/endpoints/${id}`);
      if (endpoint.state.status === status) return endpoint;
      throw new Error(`is ${endpoint.state.status} (${endpoint.state.cause?.code ?? 'no cause'})`);
    },
    timeoutMs,
  );
}

/**
 * The product's main job on real input: two published servers registered by script, both seen up with their tools; one
 * goes away and comes back; the right messages arrive, once each, by mail and by signed webhook.
 */
export async function doTheMainJob(api: ApiClient, sinks: Sinks): Promise<void> {
  const servers = {
    streamableHttp: await startEverything('streamableHttp', await freePort()),
    sse: await startEverything('sse', await freePort()),
  };
  try {
    const secret = `whsec_${Buffer.from('rollcall system test signing key').toString('base64')}`;
    const webhook = await api.post<Channel>('/channels', {
      type: 'webhook',
      name: 'sink',
      config: { url: `${sinks.http.url}/hook`, secret },
    });
    expect(JSON.stringify(webhook)).not.toContain(secret);
    await api.post<Channel>('/channels', { type: 'email', name: 'mail', config: { to: 'oncall@example.com' } });

    const ids: Record<string, string> = {};
    for (const mode of ['streamableHttp', 'sse'] as const) {
      const made = await api.post<Endpoint>('/endpoints', {
        name: `everything ${mode}`,
        url: servers[mode].url,
        intervalSeconds: 10,
        tags: ['system'],
      });
      expect(made.state.status).toBe('pending');
      ids[mode] = made.id;
    }
    const id = ids['streamableHttp'] as string;
    for (const mode of ['streamableHttp', 'sse'] as const) {
      const endpoint = await untilStatus(api, ids[mode] as string, 'up');
      expect(endpoint.state.toolCount).toBe(await toolsSeenByTheSdk(servers[mode], mode));
      expect(endpoint.state.transport).toBe(mode === 'sse' ? 'sse' : 'streamable-http');
      const probes = await api.get<Page<Probe>>(`/endpoints/${endpoint.id}/probes`);
      const names = probes.data[0]?.steps.map((step) => step.name);
      expect(names).toEqual(expect.arrayContaining(['tcp', 'initialize', 'tools/list']));
      for (const step of probes.data[0]?.steps ?? []) expect(step.ms).toBeGreaterThanOrEqual(0);
    }

    const goneAt = Date.now();
    await servers.streamableHttp.stop();
    const down = await untilStatus(api, id, 'down');
    expect(down.state.cause?.code).toBe('tcp.refused');
    const incidents = await api.get<Page<Incident>>(`/incidents?status=open&endpoint=${id}`);
    expect(incidents.data).toHaveLength(1);
    const incident = incidents.data[0] as Incident;
    expect(incident.cause.code).toBe('tcp.refused');
    // Dated back to the first failing probe, which the probe list shows.
    const probes = await api.get<Page<Probe>>(`/endpoints/${id}/probes?limit=200`);
    const failing = probes.data.filter((probe) => probe.verdict === 'down').map((probe) => Date.parse(probe.startedAt));
    expect(Date.parse(incident.openedAt)).toBe(Math.min(...failing));
    expect(Date.parse(incident.openedAt)).toBeGreaterThanOrEqual(goneAt - 1000);
    expect(failing.length).toBeGreaterThanOrEqual(3);

    servers.streamableHttp = await startEverything('streamableHttp', servers.streamableHttp.port);
    await untilStatus(api, id, 'up');
    const resolved = await eventually('incident resolved', async () => {
      const found = await api.get<Incident>(`/incidents/${incident.id}`);
      return found.status === 'resolved' && found;
    });
    expect(resolved.resolvedAt).not.toBeNull();

    await eventually('both webhooks', async () => sinks.http.requests.length >= 2);
    await eventually('both mails', async () => sinks.smtp.messages.filter((mail) => mail.to.includes('oncall@example.com')).length >= 2);
    await everyNoticeDelivered(api);
    const events = sinks.http.requests.map((request) => {
      new Webhook(secret).verify(request.body.toString('utf8'), request.headers as Record<string, string>);
      return JSON.parse(request.body.toString('utf8')) as Event;
    });
    expect(events.map((event) => event.type)).toEqual(['endpoint.down', 'endpoint.recovered']);
    expect(events[0]?.data.incident?.id).toBe(incident.id);
    expect(events[0]?.data.incident?.cause?.code).toBe('tcp.refused');
    expect(new Set(sinks.http.requests.map((request) => request.headers['webhook-id'])).size).toBe(2);
    const mails = sinks.smtp.messages.filter((mail) => mail.to.includes('oncall@example.com'));
    expect(mails).toHaveLength(2);
    expect(mails[0]?.raw).toContain('tcp.refused');
  } finally {
    await servers.streamableHttp.stop();
    await servers.sse.stop();
  }
}

/** Nothing waits for another attempt: what arrived by now is all that was to arrive. */
async function everyNoticeDelivered(api: ApiClient): Promise<void> {
  const deliveries = await api.get<Page<Delivery>>('/deliveries?limit=200');
  for (const delivery of deliveries.data) expect(delivery, JSON.stringify(delivery)).toMatchObject({ status: 'delivered', attempt: 1 });
}

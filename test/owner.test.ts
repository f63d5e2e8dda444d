import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint, Expect, IncidentDetail, Page, PolicyInput, Problem } from '@rollcall/contracts';
import { createSealer } from '@rollcall/crypto';
import { check, type ProbeDeps } from '@rollcall/probe';
import type { Queues } from '@rollcall/queue';
import { claimDue } from '@rollcall/services';
import { freePort } from '@rollcall/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECRET, startApi, type TestApi } from '../apps/api/test/harness.ts';
import { createMetrics } from '../apps/worker/src/metrics.ts';
import { runJob } from '../apps/worker/src/prober.ts';
import { createRecorder } from '../apps/worker/src/recorder.ts';
import { CertificateAuthority } from './lab/kit/certificates.ts';
import { type Answer, type Behaviour, type Json, type McpServer, startMcpServer } from './lab/kit/mcp-server.ts';

/** What an owner asks for goes the whole way: API, schedule, probe of a real server, record, incident. */
const log = pino({ level: 'silent' });
let api: TestApi;
let folder: string;
let authority: CertificateAuthority;
let clock = Date.now();
const servers: McpServer[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-owner-'));
  authority = new CertificateAuthority(folder);
  api = await startApi({ now: () => new Date(clock) });
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await api.close();
  rmSync(folder, { recursive: true });
});

async function serve(behaviour: Behaviour = {}): Promise<McpServer> {
  const server = await startMcpServer(behaviour, '127.0.0.1', await freePort());
  servers.push(server);
  return server;
}

async function register(url: string, more: { expect?: unknown; policy?: PolicyInput } = {}): Promise<Endpoint> {
  const answer = await api.call('POST', '/api/v1/endpoints', { body: { name: 'Owned', url, ...more } });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Endpoint>();
}

/** Probes so often, as scheduler and prober do, with the clock set forward in between. */
async function probe(endpoint: Endpoint, times = 3, deps: Partial<ProbeDeps> = {}): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    clock += 60_000;
    const now = () => new Date(clock);
    await api.db.endpointSchedule.updateMany({ where: { endpointId: { not: endpoint.id } }, data: { active: false } });
    const [claim] = await claimDue(api.db, { now: now(), limit: 1 });
    expect(claim?.endpointId).toBe(endpoint.id);
    if (claim === undefined) return;
    const recorder = createRecorder({ db: api.db, publicUrl: 'http://localhost', log, metrics: createMetrics(), now });
    await runJob(
      {
        db: api.db,
        sealer: createSealer(SECRET),
        queues: {} as Queues,
        region: 'default',
        concurrency: 1,
        deps: { policy: { allowPrivate: true }, ...deps },
        recorder,
        log,
        metrics: createMetrics(),
        now,
        run: async (target, given) => {
          const result = await check(target, given);
          // The probe's own clock is the wall's; the schedule's is ours.
          return { ...result, report: { ...result.report, startedAt: now().toISOString() } };
        },
      },
      { ...claim, kind: claim.kind === 'recheck' ? 'recheck' : 'scheduled' },
    );
    await recorder.stop();
  }
}

async function standing(endpoint: Endpoint) {
  const { state } = (await api.call('GET', `/api/v1/endpoints/${endpoint.id}`)).json<Endpoint>();
  const { data } = (await api.call('GET', `/api/v1/incidents?endpoint=${endpoint.id}`)).json<Page<IncidentDetail>>();
  return {
    status: state.status,
    cause: state.cause?.code ?? null,
    incidents: data.map(({ cause, severity }) => [cause?.code, severity]),
    state,
    data,
  };
}

const TOOL = { name: 'time', inputSchema: { type: 'object', properties: {} } };

describe('an expectation that is not met is degraded, with an incident that names it', () => {
  const slow: Answer = (call) => setTimeout(() => call.healthy(), 400);
  const noon: Answer = (call) => call.result({ resultType: 'complete', content: [{ type: 'text', text: 'noon' }] });
  it.each<[string, Expect | Record<string, unknown>, Behaviour, boolean?]>([
    ['expect.latency', { latencyMs: 100 }, { answers: { 'tools/list': slow } }],
    ['expect.min_tools', { minTools: 3 }, {}],
    ['expect.required_tools', { requiredTools: ['weather'] }, {}],
    ['expect.protocol_version', { protocolVersions: ['2025-03-26'] }, { wires: ['legacy'] }],
    ['expect.server_version', { serverName: 'weather' }, {}],
    ['expect.server_version', { serverVersion: '2.0.0' }, {}],
    ['expect.certificate_days', { certificateDays: 120 }, {}, true],
    ['expect.call_failed', { call: { tool: 'time' } }, {}],
    [
      'expect.call_mismatch',
      { call: { tool: 'time', assert: [{ path: '/content/0/text', equals: 'midnight' }] } },
      { answers: { 'tools/call': noon } },
    ],
  ])('%s', async (code, wanted, behaviour, secure) => {
    const leaf = secure ? await authority.issue({ names: ['localhost'] }) : null;
    const server = await serve({ ...behaviour, ...(leaf === null ? {} : { tls: { key: leaf.key, cert: leaf.fullchain } }) });
    const url = leaf === null ? server.url : server.url.replace('127.0.0.1', 'localhost');
    const endpoint = await register(url, { expect: wanted });
    await probe(endpoint, 3, leaf === null ? {} : { extraCa: [await authority.root()] });
    const seen = await standing(endpoint);
    expect(seen).toMatchObject({ status: 'degraded', cause: code, incidents: [[code, 'degraded']] });
    if (leaf !== null) expect(seen.state.certificate).toMatchObject({ daysLeft: expect.closeTo(89, -1) });
  });

  it('and one that is met leaves it up', async () => {
    const server = await serve({ answers: { 'tools/call': noon } });
    const wanted = {
      latencyMs: 20_000,
      minTools: 2,
      requiredTools: ['echo', 'time'],
      protocolVersions: ['2025-11-25', '2026-07-28'],
      serverName: 'lab',
      serverVersion: '1.0.0',
      call: { tool: 'time', arguments: { zone: 'UTC' }, assert: [{ path: '/content/0/text', contains: 'noon' }] },
    };
    const endpoint = await register(server.url, { expect: wanted });
    await probe(endpoint);
    expect(await standing(endpoint)).toMatchObject({ status: 'up', incidents: [] });
    // Both halves answer, and each probe called once.
    expect(server.seen.filter((method) => method === 'tools/call')).toHaveLength(3);
  });
});

describe('tools/call', () => {
  it('happens to nobody who did not ask for it', async () => {
    const server = await serve();
    await probe(await register(server.url), 2);
    expect(server.seen).toContain('tools/list');
    expect(server.seen).not.toContain('tools/call');
  });

  it('is answered with a warning when the tool is not known to only read', async () => {
    const tools = [
      { ...TOOL, name: 'reads', annotations: { readOnlyHint: true } },
      { ...TOOL, name: 'wipes', annotations: { destructiveHint: true } },
      TOOL,
    ];
    const server = await serve({ tools });
    const call = (tool: string) => ({ expect: { call: { tool } } });
    const endpoint = await register(server.url, call('reads'));
    expect(endpoint.warnings?.[0]).toMatchObject({ pointer: '/expect/call/tool', message: expect.stringMatching(/not known yet/) });
    await probe(endpoint, 1);
    const warned = async (tool: string) =>
      (await api.call('PATCH', `/api/v1/endpoints/${endpoint.id}`, { body: call(tool) })).json<Endpoint>().warnings?.[0]?.message ?? null;
    expect(await warned('reads')).toBeNull();
    expect(await warned('wipes')).toMatch(/destructive/);
    expect(await warned('time')).toMatch(/does not say/);
    expect(await warned('gone')).toMatch(/not listed/);
    // Another endpoint with the same address learns from this one.
    expect((await register(server.url, call('wipes'))).warnings?.[0]?.message).toMatch(/destructive/);
  });

  it('carries what 2026-07-28 wants in headers', async () => {
    const tool = { ...TOOL, inputSchema: { type: 'object', properties: { zone: { type: 'string', 'x-mcp-header': 'Zone' } } } };
    const server = await serve({ wires: ['modern'], tools: [tool] });
    await probe(await register(server.url, { expect: { call: { tool: 'time', arguments: { zone: 'Zürich' } } } }), 1);
    const sent = server.requests.find(({ headers }) => headers['mcp-method'] === 'tools/call');
    expect(sent?.headers).toMatchObject({ 'mcp-name': 'time', 'mcp-param-zone': `=?base64?${Buffer.from('Zürich').toString('base64')}?=` });
  });
});

describe('an override', () => {
  const refused: Answer = (call) => call.text(429, 'later');
  const gone = { tools: [] as Json[] };

  it('raises: what is a remark to others is an outage to this owner, with the reason in the evidence', async () => {
    const server = await serve(gone);
    const reason = 'nobody can work without tools';
    const endpoint = await register(server.url, { policy: { overrides: [{ code: 'tools.empty', severity: 'down', reason }] } });
    await probe(endpoint);
    const seen = await standing(endpoint);
    expect(seen).toMatchObject({ status: 'down', incidents: [['tools.empty', 'down']] });
    expect(seen.data[0]?.cause?.evidence).toMatchObject({ override: reason });
  });

  it('lowers and mutes: an expectation that is not met pages nobody', async () => {
    const server = await serve();
    for (const severity of ['notice', 'mute'] as const) {
      const policy = { overrides: [{ code: 'expect.min_tools', severity, reason: 'known' }] };
      const endpoint = await register(server.url, { expect: { minTools: 9 }, policy });
      await probe(endpoint);
      expect(await standing(endpoint)).toMatchObject({ status: 'up', incidents: [] });
    }
  });

  it('makes no outage of what is unknown, unless the owner forces it', async () => {
    const server = await serve({ answers: { every: refused } });
    const override = { code: 'http.rate_limited', severity: 'down' as const, reason: 'we are to be let in' };
    const answer = await api.call('POST', '/api/v1/endpoints', { body: { name: 'x', url: server.url, policy: { overrides: [override] } } });
    expect(answer.json<Problem>().errors).toMatchObject([{ pointer: '/policy/overrides/0/force' }]);
    const plain = await register(server.url);
    await probe(plain);
    const { status, data } = await standing(plain);
    expect({ status, data }).toEqual({ status: 'pending', data: [] });
    const forced = await register(server.url, { policy: { overrides: [{ ...override, force: true }] } });
    await probe(forced);
    expect(await standing(forced)).toMatchObject({ status: 'down', incidents: [['http.rate_limited', 'down']] });
  });
});

describe('tools that are gone', () => {
  it('are an outage that lasts until they are back, or until the owner accepts that they are gone', async () => {
    const offered = { tools: [TOOL] as Json[] };
    const server = await serve({ tools: () => offered.tools });
    const endpoint = await register(server.url);
    await probe(endpoint, 1);
    offered.tools = [];
    await probe(endpoint, 6);
    expect(await standing(endpoint)).toMatchObject({ status: 'down', incidents: [['tools.empty', 'down']] });
    const at = `/api/v1/endpoints/${endpoint.id}/tool-changes`;
    const [change] = (await api.call('GET', at)).json<Page<{ id: string; removed: string[] }>>().data;
    expect(change?.removed).toEqual(['time']);
    await api.call('POST', `${at}/${change?.id}/acknowledge`);
    await probe(endpoint, 3);
    expect(await standing(endpoint)).toMatchObject({ status: 'up' });
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../kit/bench.ts';
import type { Behaviour, Call, Json } from '../kit/mcp-server.ts';
import { TOOLS } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';
import { NAME, secureApp } from './secure.ts';

type Expect = NonNullable<NonNullable<Setting['target']>['expect']>;

async function expecting(bench: Bench, expect: Expect, behaviour: Behaviour = {}): Promise<Setting> {
  const app = await bench.mcp(behaviour);
  return { url: `http://${NAME}:${app.port}${new URL(app.url).pathname}`, target: { expect } };
}

type Wire = NonNullable<Behaviour['wires']>[number];

/** A server of one wire whose tool tells the time, and an owner who has it called. */
function telling(bench: Bench, wire: Wire, result: Json | 'error', more: { tool?: string } = {}): Promise<Setting> {
  const call = {
    tool: more.tool ?? 'time',
    arguments: { zone: 'UTC' },
    assert: [
      { path: '/content/0/text', contains: 'UTC' },
      { path: '/structuredContent/hour', min: 0, max: 23 },
    ],
  };
  const answer = (asked: Call): unknown => (result === 'error' ? asked.error(200, -32603, 'the clock stands still') : asked.result(result));
  return expecting(bench, { call }, { wires: [wire], answers: { 'tools/call': answer } });
}

const time = (hour: number, more: Readonly<Record<string, Json>> = {}): Json => ({
  resultType: 'complete',
  content: [{ type: 'text', text: `${hour} o'clock UTC` }],
  structuredContent: { hour },
  ...more,
});
const WIRES: readonly Wire[] = ['legacy', 'modern', 'sse'];

/** What the owner asked to be told about. */
export const expectations: readonly Scenario[] = [
  {
    code: 'expect.latency',
    noParity: 'what the owner expects is no matter of the clients',
    fault: (bench) => expecting(bench, { latencyMs: 500 }, { answers: { 'tools/list': (call) => sleep(900).then(call.healthy) } }),
    twin: (bench) => expecting(bench, { latencyMs: 5000 }),
  },
  {
    code: 'expect.min_tools',
    noParity: 'what the owner expects is no matter of the clients',
    fault: (bench) => expecting(bench, { minTools: 2 }, { tools: TOOLS.slice(0, 1) }),
    twin: (bench) => expecting(bench, { minTools: 2 }),
  },
  {
    code: 'expect.required_tools',
    noParity: 'what the owner expects is no matter of the clients',
    fault: (bench) => expecting(bench, { requiredTools: ['echo', 'time'] }, { tools: TOOLS.slice(0, 1) }),
    twin: (bench) => expecting(bench, { requiredTools: ['echo', 'time'] }),
  },
  {
    code: 'expect.protocol_version',
    noParity: 'what the owner expects is no matter of the clients',
    fault: (bench) =>
      expecting(
        bench,
        { protocolVersions: ['2025-11-25'] },
        {
          wires: ['legacy'],
          answers: {
            initialize: (call) =>
              call.result({ protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'lab', version: '1.0.0' } }),
          },
          sessions: false,
        },
      ),
    twin: (bench) => expecting(bench, { protocolVersions: ['2025-11-25'] }, { wires: ['legacy'], sessions: false }),
  },
  {
    code: 'expect.server_version',
    variant: 'version',
    noParity: 'what the owner expects is no matter of the clients',
    fault: (bench) => expecting(bench, { serverVersion: '2.0.0' }),
    twin: (bench) => expecting(bench, { serverVersion: '2.0.0' }, { serverInfo: { name: 'lab', version: '2.0.0' } }),
  },
  {
    code: 'expect.server_version',
    variant: 'name',
    noParity: 'what the owner expects is no matter of the clients',
    fault: (bench) => expecting(bench, { serverName: 'weather' }),
    twin: (bench) => expecting(bench, { serverName: 'weather' }, { serverInfo: { name: 'weather', version: '1.0.0' } }),
  },
  ...WIRES.map(
    (wire): Scenario => ({
      code: 'expect.call_failed',
      variant: `error, ${wire}`,
      noParity: 'what the owner expects is no matter of the clients',
      fault: (bench) => telling(bench, wire, 'error'),
      twin: (bench) => telling(bench, wire, time(12)),
    }),
  ),
  {
    code: 'expect.call_failed',
    variant: 'the tool says so',
    noParity: 'what the owner expects is no matter of the clients',
    fault: (bench) => telling(bench, 'legacy', time(12, { isError: true })),
    twin: (bench) => telling(bench, 'legacy', time(12, { isError: false })),
  },
  {
    code: 'expect.call_failed',
    variant: 'no such tool',
    noParity: 'what the owner expects is no matter of the clients',
    fault: (bench) => telling(bench, 'legacy', time(12), { tool: 'weather' }),
    twin: (bench) => telling(bench, 'legacy', time(12)),
  },
  ...WIRES.map(
    (wire): Scenario => ({
      code: 'expect.call_mismatch',
      variant: wire,
      noParity: 'what the owner expects is no matter of the clients',
      fault: (bench) => telling(bench, wire, time(25)),
      twin: (bench) => telling(bench, wire, time(23)),
    }),
  ),
  {
    code: 'expect.certificate_days',
    noParity: 'what the owner expects is no matter of the clients',
    fault: async (bench) => ({
      ...(await secureApp(bench, { certificate: { names: [NAME], untilDays: 20 } })),
      target: { expect: { certificateDays: 30 } },
    }),
    twin: async (bench) => ({ ...(await secureApp(bench)), target: { expect: { certificateDays: 30 } } }),
  },
];

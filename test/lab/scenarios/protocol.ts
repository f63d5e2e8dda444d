import type { Bench } from '../kit/bench.ts';
import type { Answer, Behaviour, Json } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

async function serve(bench: Bench, behaviour: Behaviour = {}, target?: Setting['target']): Promise<Setting> {
  const { url } = await bench.mcp(behaviour);
  return target === undefined ? { url } : { url, target };
}
/** A server of the initialize era with this one behaviour. */
function legacy(bench: Bench, answers: Readonly<Record<string, Answer>>): Promise<Setting> {
  return serve(bench, { wires: ['legacy'], sessions: false, answers });
}
const mended: Scenario['twin'] = (bench) => legacy(bench, {});

const SERVER: Json = { name: 'notes', version: '0.3.0' };
const asked = (call: Parameters<Answer>[0]): string => String(call.message.params?.['protocolVersion'] ?? '');

const incomplete: readonly Scenario[] = [
  {
    code: 'mcp.init_result_invalid',
    variant: 'no serverInfo',
    fault: (bench) => legacy(bench, { initialize: (call) => call.result({ protocolVersion: '2025-06-18', capabilities: { tools: {} } }) }),
    twin: mended,
  },
  {
    code: 'mcp.init_result_invalid',
    variant: 'no capabilities',
    fault: (bench) => legacy(bench, { initialize: (call) => call.result({ protocolVersion: '2025-06-18', serverInfo: SERVER }) }),
    twin: mended,
  },
  {
    code: 'mcp.init_result_invalid',
    variant: 'no protocolVersion, tools as a list',
    fault: (bench) => legacy(bench, { initialize: (call) => call.result({ capabilities: { tools: [] }, serverInfo: SERVER }) }),
    twin: mended,
  },
];

/** Answers initialize only when the client asks for what the server was written for. */
function only(version: string, refuse: Answer): Answer {
  return (call) =>
    asked(call) === version ? call.result({ protocolVersion: version, capabilities: { tools: {} }, serverInfo: SERVER }) : refuse(call);
}

const versions: readonly Scenario[] = [
  {
    code: 'protocol.version_rejected',
    fault: (bench) =>
      legacy(bench, {
        initialize: only('2024-11-05', (call) =>
          call.error(200, -32602, `Unsupported protocol version: ${asked(call)}`, { supported: ['2024-11-05'], requested: asked(call) }),
        ),
      }),
    twin: mended,
  },
  {
    code: 'protocol.version_rejected',
    variant: 'does not say why',
    deep: true,
    fault: (bench) => legacy(bench, { initialize: only('2024-11-05', (call) => call.error(400, -32602, 'Invalid params')) }),
    twin: mended,
  },
  {
    code: 'protocol.version_rejected',
    variant: 'only those to come',
    deep: true,
    verdict: 'degraded',
    fault: (bench) =>
      legacy(bench, {
        initialize: (call) =>
          asked(call) > '2025-11-25' ? call.error(400, -32602, `Unsupported protocol version: ${asked(call)}`) : call.healthy(),
      }),
    twin: mended,
  },
  {
    code: 'protocol.version_unsupported',
    variant: 'no revision at all',
    fault: (bench) =>
      legacy(bench, { initialize: (call) => call.result({ protocolVersion: '1.0', capabilities: { tools: {} }, serverInfo: SERVER }) }),
    twin: mended,
  },
  {
    code: 'protocol.version_unsupported',
    variant: 'a draft of the new era',
    fault: (bench) =>
      serve(bench, {
        wires: ['modern'],
        answers: {
          every: (call) => call.error(400, -32022, 'Unsupported protocol version', { supported: ['DRAFT-2026-v1'] }),
        },
      }),
    twin: (bench) => serve(bench, { wires: ['modern'] }),
  },
  {
    code: 'protocol.version_echoed',
    deep: true,
    fault: (bench) =>
      legacy(bench, {
        initialize: (call) => call.result({ protocolVersion: asked(call), capabilities: { tools: {} }, serverInfo: SERVER }),
      }),
    twin: mended,
  },
];

/** Refuses what it negotiated itself, like servers whose list of versions was forgotten in a second place. */
const REFUSED = 'Bad Request: Unsupported protocol version (supported versions: 2025-06-18, 2025-03-26, 2024-11-05)';
const forgetful: Answer = (call) =>
  call.request.headers['mcp-protocol-version'] === '2025-11-25' ? call.error(400, -32000, REFUSED) : call.healthy();
const demanding: Answer = (call) =>
  call.request.headers['mcp-protocol-version'] === undefined
    ? call.error(400, -32000, 'Bad Request: MCP-Protocol-Version header is required')
    : call.healthy();

const labels: readonly Scenario[] = [
  {
    code: 'protocol.header_rejected',
    verdict: 'down',
    fault: (bench) => legacy(bench, { 'notifications/initialized': forgetful, 'tools/list': forgetful }),
    twin: mended,
  },
  {
    code: 'protocol.header_rejected',
    variant: 'missing',
    deep: true,
    verdict: 'up',
    fault: (bench) => legacy(bench, { 'notifications/initialized': demanding, 'tools/list': demanding }),
    twin: mended,
  },
];

const eras: readonly Scenario[] = [
  {
    code: 'protocol.initialize_missing',
    fault: (bench) => serve(bench, { wires: ['modern'] }),
    twin: (bench) => serve(bench),
  },
  {
    code: 'protocol.initialize_missing',
    variant: 'asked in the old era only',
    verdict: 'down',
    fault: (bench) => serve(bench, { wires: ['modern'] }, { era: 'legacy' }),
    twin: (bench) => serve(bench, {}, { era: 'legacy' }),
  },
  {
    code: 'protocol.legacy_only',
    fault: (bench) => serve(bench, { wires: ['legacy'] }),
    twin: (bench) => serve(bench),
  },
  {
    code: 'protocol.legacy_only',
    variant: 'asked in the new era only',
    verdict: 'down',
    fault: (bench) => serve(bench, { wires: ['legacy'] }, { era: 'modern' }),
    twin: (bench) => serve(bench, {}, { era: 'modern' }),
  },
];

/** The handshake: versions and eras. */
export const protocol: readonly Scenario[] = [...incomplete, ...versions, ...labels, ...eras];

import type { Bench } from '../kit/bench.ts';
import { type Call, type Json, TOOLS } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

type Reply = { result: Json } | { error: { code: number; message: string } };
type Say = (call: Call, reply: Reply) => unknown;

const SERVER = { name: 'notes', version: '0.3.0' };
const RESULTS: Readonly<Record<string, Json>> = {
  initialize: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: SERVER },
  'tools/list': { tools: [...TOOLS] },
  ping: {},
};
const MESSAGE = { jsonrpc: '2.0' };

/** A server written by hand, without an SDK, without sessions: `say` puts its replies on the wire. */
async function handWritten(bench: Bench, say: Say, results: Readonly<Record<string, Json>> = RESULTS): Promise<Setting> {
  const app = await bench.mcp({
    wires: ['legacy'],
    answers: {
      every: (call) => {
        const { method = '' } = call.message;
        if (call.request.method !== 'POST') return call.text(405, '', { allow: 'POST' });
        if (method.startsWith('notifications/')) return call.text(202, '');
        const result = results[method];
        return say(call, result === undefined ? { error: { code: -32601, message: 'Method not found' } } : { result });
      },
    },
  });
  return { url: app.url };
}

function streamed(call: Call, value: Json): unknown {
  return call.text(200, `event: message\ndata: ${JSON.stringify(value)}\n\n`, { 'content-type': 'text/event-stream' });
}

const properly: Say = (call, reply) => call.json(200, { ...MESSAGE, id: call.message.id ?? null, ...reply });
const mended: Scenario['twin'] = (bench) => handWritten(bench, properly);

/** A schema of a tree written out instead of referring to itself. */
function nested(depth: number): Json {
  return depth === 0 ? { type: 'string' } : { type: 'object', properties: { child: nested(depth - 1) } };
}
function withTool(inputSchema: Json): Readonly<Record<string, Json>> {
  return { ...RESULTS, 'tools/list': { tools: [{ name: 'move', description: 'Moves a subtree.', inputSchema }] } };
}

const unreadable: readonly Scenario[] = [
  {
    code: 'jsonrpc.parse_error',
    fault: (bench) => handWritten(bench, (call) => call.text(200, 'Server starting on port 3000', { 'content-type': 'application/json' })),
    twin: mended,
  },
  {
    code: 'jsonrpc.parse_error',
    variant: 'a log line before the message',
    fault: (bench) =>
      handWritten(bench, (call, reply) =>
        call.text(
          200,
          `[notes] INFO handling ${call.message.method}\n${JSON.stringify({ ...MESSAGE, id: call.message.id ?? null, ...reply })}`,
          {
            'content-type': 'application/json',
          },
        ),
      ),
    twin: mended,
  },
  {
    code: 'jsonrpc.parse_error',
    variant: 'no jsonrpc member',
    fault: (bench) => handWritten(bench, (call, reply) => call.json(200, { id: call.message.id ?? null, ...reply })),
    twin: mended,
  },
  {
    code: 'jsonrpc.parse_error',
    variant: 'the bare result',
    fault: (bench) => handWritten(bench, (call, reply) => call.json(200, 'result' in reply ? reply.result : reply.error)),
    twin: mended,
  },
  {
    code: 'jsonrpc.too_deep',
    fault: (bench) => handWritten(bench, properly, withTool(nested(40))),
    twin: (bench) =>
      handWritten(
        bench,
        properly,
        withTool({
          type: 'object',
          properties: { child: { $ref: '#/$defs/node' } },
          $defs: { node: { type: 'object', properties: { child: { $ref: '#/$defs/node' } } } },
        }),
      ),
  },
];

/** Numbers its answers by a counter of its own. */
function counting(): Say {
  let answered = 100;
  return (call, reply) => {
    answered += 1;
    return call.json(200, { ...MESSAGE, id: answered, ...reply });
  };
}

const wrongAnswer: readonly Scenario[] = [
  { code: 'jsonrpc.id_mismatch', fault: (bench) => handWritten(bench, counting()), twin: mended },
  {
    code: 'jsonrpc.id_mismatch',
    variant: 'null',
    fault: (bench) => handWritten(bench, (call, reply) => call.json(200, { ...MESSAGE, id: null, ...reply })),
    twin: mended,
  },
  {
    code: 'jsonrpc.result_and_error',
    variant: 'error: null',
    fault: (bench) =>
      handWritten(bench, (call, reply) => call.json(200, { ...MESSAGE, id: call.message.id ?? null, error: null, result: null, ...reply })),
    twin: mended,
  },
  {
    code: 'jsonrpc.result_and_error',
    variant: 'both',
    fault: (bench) =>
      handWritten(bench, (call, reply) =>
        call.json(200, { ...MESSAGE, id: call.message.id ?? null, result: {}, error: { code: 0, message: '' }, ...reply }),
      ),
    twin: mended,
  },
  {
    code: 'jsonrpc.ack_without_answer',
    variant: '202',
    fault: (bench) => handWritten(bench, (call) => call.text(202, '')),
    twin: mended,
  },
  {
    code: 'jsonrpc.ack_without_answer',
    variant: '200 for the tool list',
    fault: (bench) =>
      handWritten(bench, (call, reply) => (call.message.method === 'tools/list' ? call.text(200, '') : properly(call, reply))),
    twin: mended,
  },
  {
    code: 'jsonrpc.batch_reply',
    fault: (bench) => handWritten(bench, (call, reply) => call.json(200, [{ ...MESSAGE, id: call.message.id ?? null, ...reply }])),
    twin: mended,
  },
  {
    code: 'jsonrpc.batch_reply',
    variant: 'in an event stream',
    verdict: 'down',
    fault: (bench) => handWritten(bench, (call, reply) => streamed(call, [{ ...MESSAGE, id: call.message.id ?? null, ...reply }])),
    twin: (bench) => handWritten(bench, (call, reply) => streamed(call, { ...MESSAGE, id: call.message.id ?? null, ...reply })),
  },
  {
    code: 'jsonrpc.extra_members',
    fault: (bench) =>
      handWritten(bench, (call, reply) =>
        call.json(200, { ...MESSAGE, id: call.message.id ?? null, ...reply, traceId: '4bf92f3577b34da6', durationMs: 3 }),
      ),
    twin: mended,
  },
  {
    code: 'jsonrpc.error',
    fault: (bench) =>
      handWritten(bench, (call) =>
        properly(call, { error: { code: -32603, message: "Internal error: Cannot read properties of undefined (reading 'map')" } }),
      ),
    twin: mended,
  },
];

/** JSON-RPC: what comes back is no answer to what was asked. */
export const jsonrpc: readonly Scenario[] = [...unreadable, ...wrongAnswer];

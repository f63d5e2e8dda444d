import type { Bench } from '../kit/bench.ts';
import { nginxBefore } from '../kit/fronts.ts';
import { type Answer, type Behaviour, type Call, type Json, TOOLS } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

async function serve(bench: Bench, behaviour: Behaviour = {}): Promise<Setting> {
  return { url: (await bench.mcp(behaviour)).url };
}
const mended: Scenario['twin'] = (bench) =>
  serve(
    bench,
    streaming((json) => `event: message\ndata: ${json}\n\n`),
  );

/** Answers tools/list with an event stream. */
function streamingBy(send: (call: Call, json: string) => unknown, tools: readonly Json[] = TOOLS): Behaviour {
  const list: Answer = (call) => {
    const hints = call.wire === 'modern' ? { resultType: 'complete', ttlMs: 60_000, cacheScope: 'public' } : {};
    call.response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    return send(call, JSON.stringify({ jsonrpc: '2.0', id: call.message.id ?? null, result: { ...hints, tools: [...tools] } }));
  };
  return { answers: { 'tools/list': list } };
}
/** The same, with the message framed like this. */
function streaming(frame: (json: string) => string, tools?: readonly Json[]): Behaviour {
  return streamingBy((call, json) => call.response.end(frame(json)), tools);
}
const framed = (frame: (json: string) => string) => (bench: Bench) => serve(bench, streaming(frame));

const framing: readonly Scenario[] = [
  { code: 'sse.bad_framing', variant: 'no blank line', fault: framed((json) => `event: message\ndata: ${json}\n`), twin: mended },
  {
    code: 'sse.bad_framing',
    variant: 'JSON over several lines',
    fault: framed((json) => `event: message\ndata: ${JSON.stringify(JSON.parse(json), null, 2)}\n\n`),
    twin: mended,
  },
  { code: 'sse.bad_framing', variant: 'no field', fault: framed((json) => `${json}\n\n`), twin: mended },
  {
    code: 'sse.bad_framing',
    variant: 'a byte-order mark before each event',
    fault: framed((json) => `\uFEFFevent: ping\ndata: {}\n\n\uFEFFdata: ${json}\n\n`),
    twin: mended,
  },
  {
    code: 'sse.bad_framing',
    variant: 'escaped line ends',
    fault: framed((json) => `event: message\\ndata: ${json}\\n\\n`),
    twin: mended,
  },
];

/** Begins the answer at once and brings it after a while; a proxy may not wait as long. */
const slow: Behaviour = streamingBy((call, json) => {
  call.response.write(': working\n\n');
  setTimeout(() => call.response.end(`event: message\ndata: ${json}\n\n`), 1600);
});
async function waiting(bench: Bench, patience: string): Promise<Setting> {
  return nginxBefore(bench, await bench.mcp(slow), { server: `location / { proxy_pass http://app; proxy_buffering off; ${patience} }` });
}

/** Keeps the client company until the answer is there. */
const busy: Behaviour = streamingBy((call, json) => {
  const beat = setInterval(() => call.response.write(': keep-alive\n\n'), 500);
  setTimeout(() => {
    clearInterval(beat);
    call.response.end(`event: message\ndata: ${json}\n\n`);
  }, 1800);
});
const late: readonly Scenario[] = [
  {
    code: 'sse.buffered',
    variant: 'nginx, answers of Streamable HTTP',
    fault: async (bench) => nginxBefore(bench, await bench.mcp(busy), { server: 'location / { proxy_pass http://app; }' }),
    twin: async (bench) => nginxBefore(bench, await bench.mcp(busy), { server: bench.fix('sse.buffered', 'nginx') }),
  },
];

const unfinished: readonly Scenario[] = [
  {
    code: 'sse.stream_ended_without_response',
    variant: 'nginx',
    fault: (bench) => waiting(bench, 'proxy_read_timeout 1s;'),
    twin: (bench) => waiting(bench, bench.fix('sse.stream_ended_without_response', 'nginx')),
  },
  {
    code: 'sse.stream_ended_without_response',
    variant: 'closed by the handler',
    fault: (bench) =>
      serve(
        bench,
        streamingBy((call) => call.response.end()),
      ),
    twin: mended,
  },
  {
    code: 'sse.stream_ended_without_response',
    variant: 'after a notification',
    fault: framed(
      () => 'event: message\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"listing"}}\n\n',
    ),
    twin: mended,
  },
];

const MANY: readonly Json[] = Array.from({ length: 600 }, (_, n) => ({
  name: `get_report_${n}`,
  description: `Returns report ${n}. ${'It holds the figures of one month. '.repeat(60)}`,
  inputSchema: { type: 'object', properties: {} },
}));
const large: readonly Scenario[] = [
  {
    code: 'sse.event_too_large',
    fault: (bench) =>
      serve(
        bench,
        streaming((json) => `event: message\ndata: ${json}\n\n`, MANY),
      ),
    twin: (bench) =>
      serve(
        bench,
        streaming((json) => `event: message\ndata: ${json}\n\n`, MANY.slice(0, 20)),
      ),
  },
];

/** Event streams that answer a POST. */
export const sseAnswers: readonly Scenario[] = [...framing, ...late, ...unfinished, ...large];

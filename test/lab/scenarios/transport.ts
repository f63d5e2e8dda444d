import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../kit/bench.ts';
import { nginxBefore } from '../kit/fronts.ts';
import type { Answer } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

async function healthy(bench: Bench): Promise<Setting> {
  return { url: (await bench.mcp()).url };
}

/** A folder of static files. */
function site(bench: Bench): string {
  const folder = join(bench.folder, 'html');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html>\n<html><head><title>Acme</title></head><body></body></html>\n');
  return folder;
}

const paths: readonly Scenario[] = [
  {
    code: 'transport.wrong_path',
    variant: 'nginx cuts the prefix off',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), { server: 'location /mcp { proxy_pass http://app/; proxy_buffering off; }' }),
    twin: async (bench) => nginxBefore(bench, await bench.mcp(), { server: bench.fix('transport.wrong_path', 'nginx') }),
  },
  {
    code: 'transport.wrong_path',
    variant: 'no such route in FastAPI',
    deep: true,
    fault: async (bench) => {
      const { origin } = await bench.mcp({
        answers: {
          every: (call) => (call.path === '/mcp' ? call.healthy() : call.json(404, { detail: 'Not Found' }, { server: 'uvicorn' })),
        },
      });
      return { url: `${origin}/api/mcp` };
    },
    twin: healthy,
  },
  {
    code: 'transport.method_not_allowed',
    variant: 'nginx, static files',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), { server: `root ${site(bench)}; location / { try_files $uri /index.html; }` }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp(), {
        server: `root ${site(bench)}; location / { try_files $uri /index.html; }\n${bench.fix('transport.method_not_allowed', 'nginx')}`,
      }),
  },
  {
    code: 'transport.method_not_allowed',
    variant: 'route for GET only',
    fault: async (bench) => ({
      url: (
        await bench.mcp({
          answers: {
            every: (call) =>
              call.request.method === 'GET'
                ? call.json(200, { status: 'ok' })
                : call.json(405, { detail: 'Method Not Allowed' }, { allow: 'GET', server: 'uvicorn' }),
          },
        })
      ).url,
    }),
    twin: healthy,
  },
];

/** A GET for the stream of a session, answered otherwise than by a stream or 405. */
const onGet =
  (answer: Answer) =>
  async (bench: Bench): Promise<Setting> => ({ url: (await bench.mcp({ answers: { GET: answer } })).url });

const streams: readonly Scenario[] = [
  {
    code: 'transport.sse_only',
    fault: async (bench) => ({ url: (await bench.mcp({ wires: ['sse'] })).url }),
    twin: async (bench) => ({ url: (await bench.mcp({ wires: ['legacy', 'modern', 'sse'] })).url }),
  },
  {
    code: 'transport.get_broken',
    variant: 'Express without the route',
    deep: true,
    fault: onGet((call) =>
      call.text(
        404,
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot GET /mcp</pre>\n</body>\n</html>\n',
        {
          'content-type': 'text/html; charset=utf-8',
          'x-powered-by': 'Express',
        },
      ),
    ),
    twin: healthy,
  },
  {
    code: 'transport.get_broken',
    variant: 'landing page',
    deep: true,
    fault: onGet((call) =>
      call.text(200, '<!doctype html><html><head><title>Acme MCP</title></head><body>Add this address to your client.</body></html>', {
        'content-type': 'text/html',
      }),
    ),
    twin: healthy,
  },
];

const others: readonly Scenario[] = [
  {
    code: 'transport.websocket_expected',
    variant: 'server asks to upgrade',
    verdict: 'down',
    // What the ws package answers to a request without the upgrade.
    fault: async (bench) => ({
      url: (
        await bench.mcp({
          answers: {
            every: (call) =>
              call.text(426, 'Upgrade Required', { 'content-type': 'text/plain', upgrade: 'websocket', connection: 'Upgrade' }),
          },
        })
      ).url,
    }),
    twin: healthy,
  },
  {
    code: 'transport.websocket_expected',
    variant: 'wss address',
    verdict: 'down',
    fault: async (bench) => ({ url: `wss://mcp.example.com:${(await bench.mcp()).port}/mcp` }),
    twin: async (bench) => ({ url: `http://mcp.example.com:${(await bench.mcp()).port}/mcp` }),
  },
  {
    code: 'transport.unrecognized',
    // Registered as HTTP+SSE; the address answers with its state.
    fault: async (bench) => {
      const { origin } = await bench.mcp({
        answers: { every: (call) => call.json(200, { name: 'acme-mcp', status: 'ok', uptime: 86412 }) },
      });
      return { url: `${origin}/`, target: { transport: 'sse' } };
    },
    twin: async (bench) => ({ url: (await bench.mcp({ wires: ['sse'] })).url, target: { transport: 'sse' } }),
  },
];

/** Something answers, and it is not the MCP server, or not by the transport that clients speak. */
export const transport: readonly Scenario[] = [...paths, ...streams, ...others];

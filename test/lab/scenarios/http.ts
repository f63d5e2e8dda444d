import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../kit/bench.ts';
import { nginxBefore } from '../kit/fronts.ts';
import type { Answer, Behaviour, McpServer } from '../kit/mcp-server.ts';
import type { Scenario, Setting } from '../kit/types.ts';

/** A healthy server but for `answers`. */
async function app(bench: Bench, answers?: Behaviour['answers']): Promise<Setting> {
  return { url: (await bench.mcp(answers === undefined ? {} : { answers })).url };
}
const healthy = (bench: Bench): Promise<Setting> => app(bench);

/** The folder of a built single-page app. */
function builtApp(bench: Bench): string {
  const folder = join(bench.folder, 'dist');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html>\n<html lang="en">\n<head><title>Dashboard</title><script type="module" src="/assets/index.js"></script></head>\n<body><div id="root"></div></body>\n</html>\n',
  );
  return folder;
}

const pages: readonly Scenario[] = [
  {
    code: 'http.html_instead_of_mcp',
    variant: 'nginx, try_files',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), {
        server: `root ${builtApp(bench)}; location / { try_files $uri /index.html; error_page 405 =200 $uri; }`,
      }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp(), { server: `root ${builtApp(bench)};\n${bench.fix('http.html_instead_of_mcp', 'nginx')}` }),
  },
  {
    code: 'http.html_instead_of_mcp',
    variant: 'application, catch-all route',
    fault: (bench) =>
      app(bench, {
        every: (call) =>
          call.text(200, '<!DOCTYPE html><html><head><title>Acme</title></head><body><div id="app"></div></body></html>', {
            'content-type': 'text/html; charset=utf-8',
            'x-powered-by': 'Express',
          }),
      }),
    twin: healthy,
  },
];

const failing: readonly Scenario[] = [
  {
    code: 'http.5xx',
    variant: 'application',
    fault: (bench) =>
      app(bench, {
        every: (call) => call.text(500, 'Internal Server Error', { 'content-type': 'text/plain; charset=utf-8', server: 'uvicorn' }),
      }),
    twin: healthy,
  },
  {
    code: 'http.5xx',
    variant: 'ingress without endpoints',
    fault: async (bench) => nginxBefore(bench, await bench.mcp(), { server: 'location / { return 503; }' }),
    twin: async (bench) => nginxBefore(bench, await bench.mcp(), { server: 'location / { proxy_pass http://app; }' }),
  },
  {
    code: 'http.502_bad_gateway',
    variant: 'nginx',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), { server: `location / { proxy_pass http://${bench.address}:${bench.freePort()}; }` }),
    twin: async (bench) => {
      const server = await bench.mcp();
      return nginxBefore(bench, server, {
        server: `location / { ${bench.fix('http.502_bad_gateway', 'nginx', { '127.0.0.1:3000': `${server.host}:${server.port}` })} }`,
      });
    },
  },
  {
    code: 'http.502_bad_gateway',
    variant: 'Caddy',
    fault: (bench) => caddyBefore(bench, () => `${bench.address}:${bench.freePort()}`),
    twin: (bench) => caddyBefore(bench, (app) => `${app.host}:${app.port}`),
  },
  ...[522, 524].map(
    (status): Scenario => ({
      code: 'http.gateway_timeout',
      variant: `Cloudflare ${status}`,
      fault: (bench) =>
        app(bench, {
          every: (call) =>
            call.text(status, `error code: ${status}`, { 'content-type': 'text/plain; charset=UTF-8', server: 'cloudflare' }),
        }),
      twin: healthy,
    }),
  ),
  {
    code: 'http.gateway_timeout',
    variant: 'Cloudflare Tunnel without its connector',
    fault: (bench) =>
      app(bench, {
        every: (call) => call.text(530, 'error code: 1033', { 'content-type': 'text/plain; charset=UTF-8', server: 'cloudflare' }),
      }),
    twin: healthy,
  },
  {
    code: 'http.gateway_timeout',
    variant: 'nginx',
    fault: async (bench) =>
      nginxBefore(bench, await sleepy(bench), { server: 'location / { proxy_pass http://app; proxy_read_timeout 1s; }' }),
    twin: async (bench) =>
      nginxBefore(bench, await sleepy(bench), {
        server: `location / { proxy_pass http://app; ${bench.fix('http.gateway_timeout', 'nginx')} }`,
      }),
  },
  {
    code: 'http.maintenance',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), {
        server: `location / { return 503; }
error_page 503 @maintenance;
location @maintenance { add_header Retry-After 3600 always; return 503 "Back at noon.\\n"; }`,
      }),
    twin: async (bench) => nginxBefore(bench, await bench.mcp(), { server: 'location / { proxy_pass http://app; }' }),
  },
  {
    code: 'http.rate_limited',
    variant: 'nginx',
    verdict: 'unknown',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), {
        http: 'limit_req_zone $binary_remote_addr zone=mcp:1m rate=1r/s;',
        server: 'location / { limit_req zone=mcp; limit_req_status 429; proxy_pass http://app; }',
      }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp(), {
        http: 'limit_req_zone $binary_remote_addr zone=mcp:1m rate=1r/s;',
        server: `location / { ${bench.fix('http.rate_limited', 'nginx')} proxy_pass http://app; }`,
      }),
  },
  {
    code: 'http.rate_limited',
    variant: 'Cloudflare',
    verdict: 'unknown',
    fault: (bench) =>
      app(bench, {
        every: (call) =>
          call.text(429, 'error code: 1015', { 'content-type': 'text/plain; charset=UTF-8', server: 'cloudflare', 'retry-after': '10' }),
      }),
    twin: healthy,
  },
  {
    code: 'http.payload_too_large',
    verdict: 'down',
    // Meant as one megabyte.
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), { server: 'client_max_body_size 1; location / { proxy_pass http://app; }' }),
    twin: async (bench) =>
      nginxBefore(bench, await bench.mcp(), {
        server: `${bench.fix('http.payload_too_large', 'nginx')} location / { proxy_pass http://app; }`,
      }),
  },
  {
    code: 'http.unexpected_status',
    variant: 'nginx, limit_except',
    fault: async (bench) =>
      nginxBefore(bench, await bench.mcp(), { server: 'location / { limit_except GET { deny all; } proxy_pass http://app; }' }),
    twin: async (bench) => nginxBefore(bench, await bench.mcp(), { server: bench.fix('http.unexpected_status', 'nginx') }),
  },
  {
    code: 'http.unexpected_status',
    variant: 'suspended project',
    fault: (bench) =>
      app(bench, {
        every: (call) =>
          call.text(402, 'Payment required\n\nDEPLOYMENT_DISABLED\n', { 'content-type': 'text/plain; charset=utf-8', server: 'Vercel' }),
      }),
    twin: healthy,
  },
];

async function caddyBefore(bench: Bench, upstream: (app: McpServer) => string): Promise<Setting> {
  const port = bench.port(80);
  await bench.caddy(`http://mcp.example.com {\n  reverse_proxy ${upstream(await bench.mcp())}\n}`, { ports: [port] });
  return { url: `http://mcp.example.com:${port}/mcp` };
}

/** Needs longer for every answer than nginx is told to wait in the fault. */
function sleepy(bench: Bench) {
  return bench.mcp({ answers: { every: (call) => setTimeout(call.healthy, 1300) } });
}

const silent: readonly Scenario[] = [
  {
    code: 'http.response_timeout',
    variant: 'application',
    fault: (bench) => app(bench, { every: () => {} }),
    twin: healthy,
  },
  {
    code: 'http.response_timeout',
    variant: 'nginx holds the stream back',
    fault: async (bench) => nginxBefore(bench, await streaming(bench), { server: 'location / { proxy_pass http://app; }' }),
    twin: async (bench) =>
      nginxBefore(bench, await streaming(bench), {
        server: `location / { proxy_pass http://app; ${bench.fix('http.response_timeout', 'nginx')} }`,
      }),
  },
];

/** Answers every request by an event stream that stays open after the answer. */
function streaming(bench: Bench) {
  const stream: Answer = (call) => {
    if (call.message.id === undefined) return call.healthy();
    const { response } = call;
    const writeHead = response.writeHead.bind(response);
    const end = response.end.bind(response);
    response.writeHead = ((status: number, headers: Record<string, string>) =>
      writeHead(status, { ...headers, 'content-type': 'text/event-stream' })) as typeof response.writeHead;
    response.end = ((body: string) => {
      response.write(`event: message\ndata: ${body}\n\n`);
      setTimeout(end, 8000).unref();
      return response;
    }) as typeof response.end;
    call.healthy();
  };
  return bench.mcp({ answers: { every: stream } });
}

/** HTTP errors, and answers that never come. */
export const http: readonly Scenario[] = [...pages, ...failing, ...silent];

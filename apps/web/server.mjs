// The web role as a process: Next's production server behind the api's front door. Ends with its parent, drains on SIGTERM.
// Environment: PORT, HOST (where it listens), ROLLCALL_API_URL (where it finds the api, server side).
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import next from 'next';

process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
const dir = dirname(fileURLToPath(import.meta.url));
const hostname = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3001);

const app = next({ dev: false, dir, hostname, port });
await app.prepare();
const handle = app.getRequestHandler();
const { handleStatus } = await import('./.next/status-site/server.mjs');
const server = createServer((request, response) => {
  if (request.url === '/healthz') response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  else void answer(request, response);
});

/** The public's status pages are rendered without Next (scripts/build-status.mjs). */
async function answer(request, response) {
  try {
    if (!(await handleStatus(request, response))) await handle(request, response);
  } catch (error) {
    process.stderr.write(`${JSON.stringify({ event: 'web.failed', path: request.url?.split('?', 1)[0], error: String(error) })}\n`);
    if (response.headersSent) response.destroy();
    else
      response
        .writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' })
        .end('The page is not available right now.');
  }
}
server.listen(port, hostname, () => process.send?.({ type: 'ready', port: server.address().port }));

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 5000).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', () => process.exit(0));

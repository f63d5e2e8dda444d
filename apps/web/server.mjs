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
const server = createServer((request, response) => {
  if (request.url === '/healthz') response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  else void handle(request, response);
});
server.listen(port, hostname, () => process.send?.({ type: 'ready' }));

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

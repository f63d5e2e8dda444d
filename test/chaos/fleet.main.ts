import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerCheaply } from '../bench/cheap-server.ts';
import type { Fault } from './plan.ts';

/**
 * All endpoints in one process: `/<n>/mcp` is the n-th, whatever loopback address it is asked at. Each is well but for its faults, which
 * the parent tells in milliseconds from an instant of the wall clock. Ends with the parent.
 */
export interface FleetTimeline {
  readonly startAt: number;
  readonly faults: readonly Fault[];
}

let timeline: FleetTimeline = { startAt: 0, faults: [] };
const faultsOf = new Map<number, Fault[]>();

function faultNow(n: number): Fault | undefined {
  const at = Date.now() - timeline.startAt;
  return faultsOf.get(n)?.find(({ from, to }) => from <= at && at < to);
}

function fail(kind: Fault['kind'], request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (kind === 'reset') request.socket.destroy();
  else if (kind === 'status') response.writeHead(503, { 'content-type': 'text/plain' }).end('upstream is gone');
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title><p>It works!');
}

const server = createServer((request, response) => {
  const fault = faultNow(Number(/^\/(\d+)\//.exec(request.url ?? '')?.[1] ?? Number.NaN));
  if (fault) fail(fault.kind, request, response);
  else answerCheaply(request, response);
});
process.on('message', (message) => {
  timeline = message as FleetTimeline;
  faultsOf.clear();
  for (const fault of timeline.faults) faultsOf.set(fault.n, [...(faultsOf.get(fault.n) ?? []), fault]);
  process.send?.({ heard: true });
});
server.listen(0, '0.0.0.0', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));

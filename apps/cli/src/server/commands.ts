import type { Endpoint } from '@rollcall/client';
import type { EndpointStatus } from '@rollcall/core';
import { EXIT_DEGRADED, EXIT_DOWN, EXIT_OK, EXIT_UNKNOWN } from '../exit-codes.ts';
import { createPaint, harmless, type Paint } from '../paint.ts';
import { type Server, serverOf } from './call.ts';

async function readAll({ client }: Server): Promise<Endpoint[]> {
  const all: Endpoint[] = [];
  for await (const endpoint of client.list('/endpoints')) all.push(endpoint);
  return all;
}

const STATUS_ORDER: readonly EndpointStatus[] = ['down', 'no_data', 'degraded', 'gated', 'pending', 'maintenance', 'paused', 'up'];

function paintStatus(status: EndpointStatus, paint: Paint): string {
  const text = status.padEnd(11);
  if (status === 'up') return paint.green(text);
  if (status === 'down') return paint.red(text);
  return status === 'degraded' || status === 'no_data' ? paint.yellow(text) : paint.dim(text);
}

function line(endpoint: Endpoint, paint: Paint): string {
  const { state } = endpoint;
  const latency = state.latencyMs === null ? '' : `${Math.round(state.latencyMs)} ms`;
  return `${paintStatus(state.status, paint)} ${harmless(endpoint.name).slice(0, 40).padEnd(40)} ${latency.padStart(8)}  ${paint.dim(harmless(endpoint.url))}${state.cause ? `  ${state.cause.code}` : ''}`;
}

function sorted(endpoints: readonly Endpoint[]): Endpoint[] {
  return [...endpoints].sort(
    (a, b) => STATUS_ORDER.indexOf(a.state.status) - STATUS_ORDER.indexOf(b.state.status) || a.name.localeCompare(b.name),
  );
}

export async function listEndpoints(env: NodeJS.ProcessEnv, { json }: { json: boolean }): Promise<number> {
  const endpoints = sorted(await readAll(serverOf(env)));
  const paint = createPaint(process.stdout, env);
  process.stdout.write(
    json ? `${JSON.stringify(endpoints, null, 2)}\n` : endpoints.map((endpoint) => `${line(endpoint, paint)}\n`).join(''),
  );
  return EXIT_OK;
}

/** Counts and what is not well; the exit code tells the worst. */
export async function showStatus(env: NodeJS.ProcessEnv, { json }: { json: boolean }): Promise<number> {
  const endpoints = sorted(await readAll(serverOf(env)));
  const counts = Object.fromEntries(
    STATUS_ORDER.map((status) => [status, endpoints.filter(({ state }) => state.status === status).length]),
  ) as Record<EndpointStatus, number>;
  const paint = createPaint(process.stdout, env);
  if (json) process.stdout.write(`${JSON.stringify({ counts, endpoints: endpoints.length })}\n`);
  else {
    const unwell = endpoints.filter(({ state }) => ['down', 'no_data', 'degraded'].includes(state.status));
    const words = STATUS_ORDER.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
    process.stdout.write(`${words.join(', ') || 'no endpoints'}\n${unwell.map((endpoint) => `${line(endpoint, paint)}\n`).join('')}`);
  }
  if (counts.down > 0) return EXIT_DOWN;
  if (counts.degraded > 0) return EXIT_DEGRADED;
  return counts.no_data > 0 ? EXIT_UNKNOWN : EXIT_OK;
}

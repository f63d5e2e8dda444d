import { createServer, type Server, type Socket } from 'node:net';
import { reportSchema } from '@rollcall/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Dice, mutate, type Reply, serialize } from '../test/mutations.ts';
import { INITIALIZE, TOOLS } from '../test/servers.ts';
import { check } from './check.ts';
import type { ProbeTarget } from './types.ts';

const PROBES = 10_000;
const CONCURRENCY = 12;
/** Longest a probe may take: its own deadline and the time to close sessions after it. */
const TIMEOUT_MS = 3000;
const PATIENCE_MS = TIMEOUT_MS + 6000;

/** A server that answers every probe wrongly in its own way: the seed stands in the path. */
class FuzzServer {
  readonly sockets = new Set<Socket>();
  /** How many answers were wrong. */
  mutated = 0;
  /** Open HTTP+SSE streams by seed. */
  #streams = new Map<string, Socket>();
  #server: Server = createServer((socket) => this.#serve(socket));

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
  }

  #serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => {});
    let waiting = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let end = waiting.indexOf('\r\n\r\n'); end >= 0; end = waiting.indexOf('\r\n\r\n')) {
        const head = waiting.subarray(0, end).toString('latin1');
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (waiting.length < end + 4 + length) return;
        const body = waiting.subarray(end + 4, end + 4 + length).toString();
        waiting = waiting.subarray(end + 4 + length);
        this.#answer(socket, head, body);
      }
    });
  }

  #answer(socket: Socket, head: string, body: string): void {
    const [method = '', path = ''] = head.split(' ');
    const seed = /\/(\d+)/.exec(path)?.[1] ?? '0';
    const dice = new Dice(Number(seed) * 31 + this.#kind(method, body).length);
    const healthy = method === 'GET' && path.endsWith('/sse') ? this.#stream(seed, socket) : this.#healthy(method, body);
    // Not every answer of a probe is wrong: some faults must be met after a good start.
    const wrong = dice.chance(method === 'GET' ? 0.3 : 0.5);
    if (wrong) this.mutated += 1;
    const reply = wrong ? mutate(dice, healthy) : healthy;
    if (path.endsWith('/messages')) {
      // HTTP+SSE: the answer comes on the stream, the POST is only acknowledged.
      this.#streams.get(seed)?.write(Buffer.concat([Buffer.from('event: message\ndata: '), reply.body, Buffer.from('\n\n')]));
      if (dice.chance(0.8)) return void socket.write('HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n');
    }
    if (reply.after === 'hang') {
      socket.write(serialize(reply).subarray(0, dice.below(60)));
      return;
    }
    socket.write(serialize(reply));
    if (reply.after === 'end') socket.end();
    if (reply.after === 'reset') socket.resetAndDestroy();
  }

  #stream(seed: string, socket: Socket): Reply {
    this.#streams.set(seed, socket);
    socket.on('close', () => this.#streams.delete(seed));
    return {
      status: '200',
      headers: [['content-type', 'text/event-stream']],
      body: Buffer.from(`event: endpoint\ndata: /${seed}/messages\n\n`),
      after: 'keep',
      endless: true,
      raw: null,
    };
  }

  #kind(method: string, body: string): string {
    return method === 'POST' ? (/"method":"([^"]+)"/.exec(body)?.[1] ?? method) : method;
  }

  #healthy(method: string, body: string): Reply {
    const kind = this.#kind(method, body);
    const id = /"id":("[^"]*"|\d+)/.exec(body)?.[1] ?? 'null';
    const json = (status: string, value: unknown, more: [string, string][] = []): Reply => ({
      status,
      headers: [['content-type', 'application/json'], ...more],
      body: Buffer.from(JSON.stringify(value)),
      after: 'keep',
      raw: null,
    });
    const result = (value: unknown, more: [string, string][] = []) =>
      json('200', { jsonrpc: '2.0', id: JSON.parse(id), result: value }, more);
    const modern = { resultType: 'complete', ttlMs: 1, cacheScope: 'public' };
    if (kind === 'initialize') return result(INITIALIZE, [['mcp-session-id', 'session-1']]);
    if (kind === 'server/discover') return result({ ...modern, supportedVersions: ['2026-07-28'], capabilities: { tools: {} } });
    if (kind === 'tools/list') return result({ ...modern, tools: TOOLS });
    if (kind.startsWith('notifications/')) return { status: '202', headers: [], body: Buffer.alloc(0), after: 'keep', raw: null };
    if (method === 'DELETE') return { status: '200', headers: [], body: Buffer.alloc(0), after: 'keep', raw: null };
    return json('405', { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'Method not allowed' } }, [['allow', 'POST']]);
  }
}

const server = new FuzzServer();
let port = 0;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);
beforeAll(async () => {
  port = await server.listen();
  process.on('unhandledRejection', onUnhandled);
});
afterAll(() => {
  process.off('unhandledRejection', onUnhandled);
  server.close();
});

function target(seed: number): ProbeTarget {
  const dice = new Dice(seed);
  const transport = dice.of(['auto', 'auto', 'streamable-http', 'sse'] as const);
  return {
    url: `http://127.0.0.1:${port}/${seed}/${transport === 'sse' ? 'sse' : 'mcp'}`,
    transport,
    era: dice.of(['auto', 'auto', 'legacy', 'modern']),
    headers: {},
    auth: dice.chance(0.2) ? { type: 'bearer', token: `secret-token-${seed}-0123456789` } : { type: 'none' },
    timeoutMs: TIMEOUT_MS,
    deep: dice.chance(0.03),
    region: 'default',
    hint: dice.chance(0.3) ? { transport: 'streamable-http', era: dice.of(['legacy', 'modern']), protocolVersion: null } : null,
    expect: {},
    baseline: null,
  };
}

const QUICK = { firstByteMs: 400, answerMs: 400, endpointEventMs: 400, idleMs: 300 };

async function probe(seed: number): Promise<{ code: string; problem: string | null }> {
  const from = performance.now();
  const { report, observation } = await check(target(seed), { policy: { allowPrivate: true }, deadlines: QUICK });
  const took = performance.now() - from;
  const named = report.cause?.code ?? (report.verdict === 'up' ? 'up' : null);
  const text = JSON.stringify(report) + JSON.stringify(observation);
  const problem = !reportSchema.safeParse(report).success
    ? 'the report is not of its schema'
    : named === null
      ? `no cause for ${report.verdict}`
      : observation.ended === 'internal'
        ? `internal: ${observation.internalError}`
        : took > PATIENCE_MS
          ? `took ${Math.round(took)} ms`
          : text.includes(`secret-token-${seed}-`)
            ? 'the secret stands in the report'
            : null;
  return { code: named ?? 'none', problem };
}

it(`names a cause for each of ${PROBES} mutated servers, and neither crashes nor hangs nor leaks`, { timeout: 900_000 }, async () => {
  const problems: string[] = [];
  const codes = new Map<string, number>();
  let next = 0;
  let settledHeap = 0;
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (next < PROBES) {
        const seed = next;
        next += 1;
        if (seed === PROBES / 5) settledHeap = process.memoryUsage().heapUsed;
        const { code, problem } = await probe(seed).catch((error: unknown) => ({
          code: 'threw',
          problem: `threw ${error instanceof Error ? error.stack : String(error)}`,
        }));
        codes.set(code, (codes.get(code) ?? 0) + 1);
        if (problem !== null) problems.push(`seed ${seed}: ${problem}`);
      }
    }),
  );
  expect(problems.slice(0, 20)).toEqual([]);
  expect(unhandled).toEqual([]);
  expect(server.mutated).toBeGreaterThan(PROBES);
  // Faults of many kinds were met, not one fault ten thousand times.
  expect(codes.size).toBeGreaterThan(25);
  // What the probe opened it has closed: the server sees the last connections go.
  const until = Date.now() + 5000;
  while (server.sockets.size > 0 && Date.now() < until) await new Promise((resolve) => setImmediate(resolve));
  expect(server.sockets.size).toBe(0);
  expect(process.memoryUsage().heapUsed - settledHeap).toBeLessThan(300 * 1024 * 1024);
});

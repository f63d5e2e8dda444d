import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { check } from '@rollcall/probe';
import { Agent, request } from 'undici';
import { settingsFor } from './local-target.ts';
import { median } from './median.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    probes: { type: 'string', default: '200' },
    warmup: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '15' },
    concurrency: { type: 'string', default: '8' },
    /** Every tool list is another than the one before. */
    varying: { type: 'boolean', default: false },
  },
});

interface Sample {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Runs `work` `count` times, `concurrency` at once, and says what it cost this process. */
async function measure(count: number, concurrency: number, work: () => Promise<void>): Promise<Sample> {
  const cpu = process.cpuUsage();
  const since = performance.now();
  let left = count;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left > 0) {
        left -= 1;
        await work();
      }
    }),
  );
  const used = process.cpuUsage(cpu);
  return { cpuMs: (used.user + used.system) / 1000, wallMs: performance.now() - since };
}

const CLIENT = { name: 'Rollcall', version: '0.1.0' };
const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'user-agent': 'Rollcall/0.1.0 (+https://github.com/rollcall-dev/rollcall)',
  'accept-encoding': 'gzip, deflate, br',
};

/** The same exchanges without a prober: a connection of its own, initialize, initialized, tools/list, DELETE, bodies parsed. */
async function rawExchanges(url: string): Promise<void> {
  const dispatcher = new Agent({ pipelining: 1, connections: 1 });
  try {
    const post = (body: unknown, headers: Record<string, string> = {}) =>
      request(url, { dispatcher, method: 'POST', headers: { ...HEADERS, ...headers }, body: JSON.stringify(body) });
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: CLIENT };
    const first = await post({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    await first.body.json();
    const session = { 'mcp-session-id': String(first.headers['mcp-session-id']), 'mcp-protocol-version': '2025-11-25' };
    const ready = await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, session);
    await ready.body.dump();
    const list = await post({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} }, session);
    await list.body.json();
    const gone = await request(url, { dispatcher, method: 'DELETE', headers: { ...HEADERS, ...session } });
    await gone.body.dump();
  } finally {
    await dispatcher.close();
  }
}

// As the prober's own process runs (apps/worker/src/main.ts); it holds for both halves alike.
setFlagsFromString('--no-allocation-site-pretenuring');

const target = fork(join(import.meta.dirname, 'target.js'), { execArgv: [] });
const [{ port }] = (await once(target, 'message')) as [{ port: number }];
const url = `http://127.0.0.1:${port}/mcp${values.varying ? '?varying' : ''}`;
const settings = settingsFor(url);
const probe = async () => {
  const { report } = await check(settings, { policy: { allowPrivate: true }, clientInfo: CLIENT });
  if (report.verdict !== 'up' || report.tools?.count !== 12) throw new Error(`the target is not up: ${JSON.stringify(report.cause)}`);
};
const raw = () => rawExchanges(url);

/** What the target is sent in the course of it. */
async function sentBy(work: () => Promise<void>): Promise<string> {
  const tell = async (message: string): Promise<string[]> => {
    const [answer] = await Promise.all([once(target, 'message'), target.send(message)]);
    return (answer[0] as { recorded: string[] }).recorded;
  };
  await tell('record');
  await work();
  return (await tell('recorded')).join('\n');
}
const [byProbe, byRaw] = [await sentBy(probe), await sentBy(raw)];
if (byProbe === '' || byProbe !== byRaw) throw new Error(`the two halves do not send the same:\n${byProbe}\n\n${byRaw}`);

const count = Number(values.probes);
const concurrency = Number(values.concurrency);
// An installation runs for weeks: what V8 spends on compiling the first few thousand calls of either half is no part of a probe.
await measure(Number(values.warmup), concurrency, probe);
await measure(Number(values.warmup), concurrency, raw);
const rounds: { probe: Sample; raw: Sample }[] = [];
// In turn, so that both see the same machine; the ratio is taken round by round.
for (let round = 0; round < Number(values.rounds); round += 1) {
  rounds.push({ probe: await measure(count, concurrency, probe), raw: await measure(count, concurrency, raw) });
}
target.disconnect();

const result = {
  probesPerSecond: Math.round(median(rounds.map(({ probe }) => (count / probe.wallMs) * 1000))),
  cpuMsPerProbe: Number(median(rounds.map(({ probe }) => probe.cpuMs / count)).toFixed(3)),
  rawCpuMsPerProbe: Number(median(rounds.map(({ raw }) => raw.cpuMs / count)).toFixed(3)),
  ratio: Number(median(rounds.map(({ probe, raw }) => probe.cpuMs / raw.cpuMs)).toFixed(2)),
};
if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
else {
  process.stdout.write(
    `full probes (observe, diagnose, judge, report)   ${result.cpuMsPerProbe} ms CPU each, ${result.probesPerSecond} a second\n`,
  );
  process.stdout.write(`the same exchanges raw with undici               ${result.rawCpuMsPerProbe} ms CPU each\n`);
  process.stdout.write(`ratio (median of ${rounds.length} rounds, taken in turn)       ${result.ratio}\n`);
}

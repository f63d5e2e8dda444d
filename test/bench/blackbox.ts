import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from '@rollcall/probe';
import { request } from 'undici';
import { settingsFor, startTarget } from './local-target.ts';
import { median } from './median.ts';
import { usage } from './usage.ts';

/**
 * Rollcall's probe beside prometheus-blackbox-exporter on the same target, in turn, within one run. The exporter is asked for what it can
 * do of the same question: one POST of `initialize`, status 200, a body that matches. Rollcall holds the whole exchange (initialize,
 * initialized, tools/list, DELETE), checks every tool and judges every client. CPU of each is its own process's; neither counts the target.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    probes: { type: 'string', default: '400' },
    warmup: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    concurrency: { type: 'string', default: '8' },
  },
});
const count = Number(values.probes);
const concurrency = Number(values.concurrency);

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'blackbox', version: '1' } },
});
const MODULES = {
  modules: {
    mcp: {
      prober: 'http',
      timeout: '30s',
      http: {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
        body: INITIALIZE,
        preferred_ip_protocol: 'ip4',
        fail_if_body_not_matches_regexp: ['"protocolVersion"'],
      },
    },
  },
};

async function repeat(times: number, work: () => Promise<void>): Promise<number> {
  const since = performance.now();
  let left = times;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left > 0) {
        left -= 1;
        await work();
      }
    }),
  );
  return performance.now() - since;
}

/** The exporter says on which port it listens in its log. */
async function startExporter(config: string): Promise<{ pid: number; url: string; stop(): void }> {
  const child = spawn('prometheus-blackbox-exporter', [`--config.file=${config}`, '--web.listen-address=127.0.0.1:0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const found = /address=(?:\[?)(127\.0\.0\.1:\d+)/.exec(log);
      if (found !== null) resolve(`http://${found[1]}`);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the exporter ended with ${code}:\n${log}`)));
  });
  return { pid: child.pid as number, url, stop: () => void child.kill('SIGTERM') };
}

const folder = await mkdtemp(join(tmpdir(), 'rollcall-blackbox-'));
const config = join(folder, 'blackbox.yml');
// JSON is YAML.
await writeFile(config, JSON.stringify(MODULES));
const target = await startTarget();
const exporter = await startExporter(config);
const settings = settingsFor(target.url);

async function ours(): Promise<void> {
  const { report } = await check(settings, { policy: { allowPrivate: true } });
  if (report.verdict !== 'up' || report.tools?.count !== 12) throw new Error(`the target is not up: ${JSON.stringify(report.cause)}`);
}
async function theirs(): Promise<void> {
  const answer = await request(`${exporter.url}/probe?module=mcp&target=${encodeURIComponent(target.url)}`);
  const text = await answer.body.text();
  if (!/^probe_success 1$/m.test(text)) throw new Error(`the exporter did not succeed:\n${text}`);
}

try {
  await repeat(Number(values.warmup), ours);
  await repeat(Number(values.warmup), theirs);
  const rounds: { oursMs: number; oursWallMs: number; theirsMs: number; theirsWallMs: number }[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const cpu = process.cpuUsage();
    const oursWallMs = await repeat(count, ours);
    const used = process.cpuUsage(cpu);
    const before = usage(exporter.pid).cpuSeconds;
    const theirsWallMs = await repeat(count, theirs);
    const after = usage(exporter.pid).cpuSeconds;
    rounds.push({ oursMs: (used.user + used.system) / 1000, oursWallMs, theirsMs: (after - before) * 1000, theirsWallMs });
  }
  const each = (of: (round: (typeof rounds)[number]) => number) => Number(median(rounds.map((round) => of(round) / count)).toFixed(3));
  const result = {
    rollcallCpuMsPerProbe: each(({ oursMs }) => oursMs),
    rollcallExchangesPerProbe: 4,
    blackboxCpuMsPerProbe: each(({ theirsMs }) => theirsMs),
    blackboxExchangesPerProbe: 1,
    ratio: Number(median(rounds.map(({ oursMs, theirsMs }) => oursMs / theirsMs)).toFixed(2)),
    ratioPerExchange: Number(median(rounds.map(({ oursMs, theirsMs }) => oursMs / 4 / theirsMs)).toFixed(2)),
    rollcallProbesPerSecond: Math.round(median(rounds.map(({ oursWallMs }) => (count / oursWallMs) * 1000))),
    blackboxProbesPerSecond: Math.round(median(rounds.map(({ theirsWallMs }) => (count / theirsWallMs) * 1000))),
  };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [name, value] of Object.entries(result)) process.stdout.write(`${name.padEnd(28)} ${value}\n`);
} finally {
  exporter.stop();
  target.stop();
  await rm(folder, { recursive: true, force: true });
}

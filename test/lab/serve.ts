import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogue } from '@rollcall/probe';
import { Bench, type BenchOptions } from './kit/bench.ts';
import { nameOf } from './kit/run.ts';
import type { Scenario, Setting } from './kit/types.ts';
import { scenarios } from './scenarios/index.ts';

/**
 * `npm run lab`: the faults and their healthy twins as running servers, with a page that lists them. Arguments: parts of scenario
 * names; all by default. `--port` is the page's (default 4400).
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { port: { type: 'string', default: '4400' } } });
const options: BenchOptions = { lowPorts: false, publicV4: null, publicV6: null };

interface Served {
  readonly scenario: Scenario;
  readonly fault: string;
  readonly twin: string;
}

/** A setting as the command that checks it, or why people cannot check it from here. */
function command(setting: Setting, scenario: Scenario, bench: Bench): string {
  const { target, deps, names = {} } = setting;
  if (deps?.resolve !== undefined || deps?.tokens !== undefined) return `${setting.url}  (in the tests only)`;
  const unresolved = Object.entries(names).find(([, answer]) => typeof answer === 'string');
  if (unresolved !== undefined) return `${setting.url}  (in the tests only: looking up ${unresolved[0]} answers ${unresolved[1]})`;
  const words = ['npx rollcall check', `'${setting.url}'`];
  const host = URL.canParse(setting.url) ? new URL(setting.url).hostname : '';
  if (/[a-z]/i.test(host) && !host.includes(':') && names[host] === undefined) words.push(`--resolve ${host}:${bench.address}`);
  for (const [name, addresses] of Object.entries(names)) for (const address of addresses) words.push(`--resolve '${name}:${address}'`);
  if (target?.transport !== undefined && target.transport !== 'auto') words.push(`--transport ${target.transport}`);
  if (target?.era !== undefined && target.era !== 'auto') words.push(`--era ${target.era}`);
  for (const [name, value] of Object.entries(target?.headers ?? {})) words.push(`-H '${name}: ${value}'`);
  if (target?.auth?.type === 'bearer') words.push(`--bearer ${target.auth.token}`);
  if (target?.auth?.type === 'oauth')
    words.push(`--oauth-client-id ${target.auth.clientId} --oauth-client-secret ${target.auth.clientSecret}`);
  if (target?.boundIssuer) words.push(`--oauth-issuer ${target.boundIssuer.issuer}`);
  if (deps?.policy?.allowPrivate === false) words.push('--public-only');
  if (scenario.deep === true) words.push('--deep');
  if (deps?.extraCa === undefined) return words.join(' ');
  const file = join(bench.folder, 'trusted.pem');
  writeFileSync(file, deps.extraCa.join('\n'));
  return `NODE_EXTRA_CA_CERTS=${file} ${words.join(' ')}`;
}

const benches: Bench[] = [];
async function serve(scenario: Scenario): Promise<Served> {
  const side = async (name: 'fault' | 'twin'): Promise<string> => {
    const bench = new Bench(options);
    benches.push(bench);
    try {
      return command(await scenario[name](bench), scenario, bench);
    } catch (error) {
      return `could not be started: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
    }
  };
  return { scenario, fault: await side('fault'), twin: await side('twin') };
}

const chosen = scenarios
  .filter((scenario) => scenario.publicAddress !== true)
  .filter((scenario) => positionals.length === 0 || positionals.some((part) => nameOf(scenario).includes(part)));
if (chosen.length === 0) {
  process.stderr.write(`No scenario is called like ${positionals.join(', ')}.\n`);
  process.exit(1);
}
const waiting = [...chosen];
const served: Served[] = [];
await Promise.all(
  Array.from({ length: 6 }, async () => {
    for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) served.push(await serve(scenario));
  }),
);
served.sort((a, b) => chosen.indexOf(a.scenario) - chosen.indexOf(b.scenario));

const asHtml = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rollcall fault lab</title>
<style>body{font:15px/1.5 system-ui;max-width:72rem;margin:2rem auto;padding:0 1rem}td{padding:.35rem .75rem;vertical-align:top;border-top:1px solid #ddd}code{overflow-wrap:anywhere}</style>
<h1>Fault lab</h1><p>${served.length} faults, each with its healthy twin. Run the line beside it from the repository.</p><table>
${served
  .map(
    ({ scenario, fault, twin }) =>
      `<tr><td><strong>${asHtml(nameOf(scenario))}</strong><br>${asHtml(catalogue[scenario.code].title)}<td><code>${asHtml(fault)}</code><br>twin <code>${asHtml(twin)}</code>`,
  )
  .join('\n')}
</table></html>`;
const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page));
server.on('error', (error) => {
  process.stderr.write(`The page of the lab cannot listen on port ${values.port}: ${error.message}\n`);
  process.exit(1);
});
server.listen(Number(values.port), '127.0.0.1', () => {
  for (const { scenario, fault, twin } of served) process.stdout.write(`${nameOf(scenario)}\n  fault  ${fault}\n  twin   ${twin}\n`);
  process.stdout.write(`\n${served.length} faults are served. Page: http://127.0.0.1:${values.port}  End: Ctrl-C\n`);
});

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    Promise.all(benches.map((bench) => bench.close())).then(() => process.exit(0));
  });
}

import { type McpReport, mcpInputs, mcpOutputs, type Report } from '@rollcall/contracts';
import { checkOnce, requireCheck, runProbeNow } from '@rollcall/services';
import { causeLine, causeText, lines, quoted, revisionText } from '../text.ts';
import { ADDS, defineTool, READS } from '../tool.ts';

/** A server may list thousands; an agent that wants them asks the server itself. */
const MAX_NAMES = 200;

/** Without the exchanges, which are for people; the line that repeats the one behind the cause stays. */
function toMcpReport({ exchanges, ...report }: Report): McpReport {
  const n = report.cause?.evidence['exchange'];
  const tools = report.tools && { ...report.tools, names: report.tools.names.slice(0, MAX_NAMES) };
  return { ...report, tools, curl: exchanges.find((exchange) => exchange.n === n)?.curl ?? null };
}

export const checkUrlTool = defineTool({
  name: 'check_url',
  title: 'Check a URL once',
  description:
    'Calls any MCP server once, the way real clients do, and says whether it works: verdict, what each protocol era does, the cause with evidence and fixes, further findings, and which MCP clients can connect. Nothing is stored. Takes seconds, with deep up to two minutes. No credentials are sent: a server that asks for sign-in is "gated", which is no failure. Private addresses are refused unless the installation allows them.',
  needs: 'read',
  slow: true,
  hints: { ...READS, openWorldHint: true },
  input: mcpInputs.checkUrl,
  output: mcpOutputs.report,
  async run({ actor, deps, countCheck, signal, onStep }, input) {
    await countCheck();
    await requireCheck(actor, input, deps.policy);
    return toMcpReport(await checkOnce(input, deps.config.region, { policy: deps.policy, signal, onStep }));
  },
  tell: reportText,
});

export const runProbeTool = defineTool({
  name: 'run_probe',
  title: 'Probe an endpoint now',
  description:
    'Probes a monitored endpoint at once with its stored credentials and all deep checks, and answers with the report. The result counts like any other probe: it may open or resolve an incident and so send alerts. Use it after a fix. Takes up to two minutes.',
  needs: 'write',
  slow: true,
  hints: { ...ADDS, openWorldHint: true },
  input: mcpInputs.endpoint,
  output: mcpOutputs.report,
  async run({ actor, deps, tokens, countCheck, onStep }, { id }) {
    await countCheck();
    const options = {
      db: deps.db,
      sealer: deps.sealer,
      deps: { policy: deps.policy, tokens, onStep },
      publicUrl: deps.config.publicUrl,
      now: deps.now,
    };
    return toMcpReport(await runProbeNow(options, actor.organizationId, id, deps.config.region));
  },
  tell: reportText,
});

function reportText(report: McpReport): string {
  const { url, verdict, durationMs, eras, transport, protocolVersion, server, tools, cause, findings, clients, curl } = report;
  const failing = clients.filter((client) => client.verdict === 'fails').map(({ name, because }) => `${name} (${because})`);
  return lines([
    `${url}: ${verdict}, in ${Math.round(durationMs)} ms. Modern era ${eras.modern}, legacy era ${eras.legacy}; transport ${transport ?? 'none'}, revision ${revisionText(protocolVersion)}.`,
    server === null ? null : `Server, as it calls itself: ${quoted(`${server.name} ${server.version}`)}.`,
    tools === null ? null : `Tools: ${tools.count}.`,
    cause === null ? null : causeText(cause),
    ...findings.map((finding) => `Finding: ${causeLine(finding)}, ${finding.severity}.`),
    failing.length === 0 ? null : `Clients that fail: ${failing.join(', ')}.`,
    curl === null ? null : `To repeat it: ${curl}`,
  ]);
}

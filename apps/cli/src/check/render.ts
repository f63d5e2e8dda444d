import type { Cause, ClientVerdict, Report, Step } from '@rollcall/contracts';
import { harmless, type Paint } from '../paint.ts';

const INDENT = '    ';
const WIDTH = 96;

function ms(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(1)} ms`;
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of harmless(text).split(/\s+/)) {
    if (line.length > 0 && line.length + word.length + 1 > WIDTH - indent.length) {
      lines.push(line);
      line = word;
    } else line = line.length === 0 ? word : `${line} ${word}`;
  }
  return [...lines, line].map((text) => `${indent}${text}`).join('\n');
}

export function renderStep(step: Step, paint: Paint): string {
  const mark = step.ok ? paint.green('✔') : paint.red('✘');
  return `  ${mark} ${step.name.padEnd(22)} ${paint.dim(ms(step.ms).padStart(10))}`;
}

function verdictLine(report: Report, paint: Paint): string {
  const colours = { up: paint.green, degraded: paint.yellow, down: paint.red, gated: paint.cyan, unknown: paint.magenta };
  const words = { up: 'UP', degraded: 'DEGRADED', down: 'DOWN', gated: 'GATED (sign-in required)', unknown: 'UNKNOWN' };
  const facts = [
    report.transport,
    report.protocolVersion,
    report.server ? harmless(`${report.server.name} ${report.server.version}`) : null,
    report.tools ? `${report.tools.count} tool${report.tools.count === 1 ? '' : 's'}` : null,
    ms(report.durationMs),
  ].filter((fact) => fact !== null && fact !== '');
  return `${paint.bold(colours[report.verdict](words[report.verdict]))}  ${paint.dim(facts.join(' · '))}`;
}

function evidenceLines(evidence: Record<string, unknown>, paint: Paint): string[] {
  return Object.entries(evidence)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => {
      const text = harmless(typeof value === 'string' ? value : JSON.stringify(value));
      return `${INDENT}${paint.dim(`${name}:`)} ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
    });
}

function renderCause(cause: Cause, paint: Paint): string[] {
  const lines = [
    `${paint.bold(cause.title)}  ${paint.dim(cause.code)}${cause.confidence === 'suspected' ? paint.dim(' (suspected)') : ''}`,
    wrap(cause.explanation, INDENT),
  ];
  const evidence = evidenceLines(cause.evidence, paint);
  if (evidence.length > 0) lines.push('', `  ${paint.bold('Seen')}`, ...evidence);
  if (cause.fixes.length > 0) lines.push('', `  ${paint.bold('Fix')}`);
  for (const fix of cause.fixes) {
    lines.push(wrap(`${fix.for}: ${fix.text}`, INDENT));
    if (fix.snippet) lines.push(...fix.snippet.split('\n').map((line) => `${INDENT}  ${paint.cyan(line)}`));
  }
  return lines;
}

function renderFindings(findings: readonly Cause[], paint: Paint): string[] {
  if (findings.length === 0) return [];
  const mark = (severity: Cause['severity']) =>
    severity === 'notice' ? paint.blue('i') : severity === 'degraded' ? paint.yellow('!') : paint.red('✘');
  return [
    '',
    paint.bold('Also worth knowing'),
    ...findings.map((finding) => `  ${mark(finding.severity)} ${finding.title}  ${paint.dim(finding.code)}`),
  ];
}

function renderClients(clients: readonly ClientVerdict[], paint: Paint): string[] {
  if (clients.length === 0) return [];
  const marks = { works: paint.green('✔ works'), fails: paint.red('✘ fails'), unknown: paint.dim('? unknown') };
  const width = Math.max(...clients.map((client) => client.name.length));
  return [
    '',
    paint.bold('Clients'),
    ...clients.map(
      (client) => `  ${client.name.padEnd(width)}  ${marks[client.verdict]}${client.because ? paint.dim(`  ${client.because}`) : ''}`,
    ),
  ];
}

/** Verdict, cause with its fix, findings, clients, and the line that reproduces it. */
export function renderReport(report: Report, paint: Paint): string {
  const lines = ['', verdictLine(report, paint)];
  if (report.cause) lines.push('', ...renderCause(report.cause, paint));
  lines.push(...renderFindings(report.findings, paint), ...renderClients(report.clients, paint));
  const named = report.cause?.evidence['exchange'];
  const last = report.cause ? (report.exchanges.find(({ n }) => n === named) ?? report.exchanges.at(-1)) : undefined;
  if (last) lines.push('', paint.bold('Reproduce'), `  ${harmless(last.curl)}`);
  return `${lines.join('\n')}\n`;
}

/** Every exchange as it went over the wire, bounded and redacted. */
export function renderTranscript(report: Report, paint: Paint): string {
  const lines = ['', paint.bold('Transcript')];
  for (const exchange of report.exchanges) {
    lines.push(
      '',
      `${paint.bold(`#${exchange.n}`)} ${exchange.method} ${harmless(exchange.url)}  ${paint.dim(ms(exchange.timings.totalMs))}`,
    );
    for (const [name, value] of Object.entries(exchange.requestHeaders)) lines.push(paint.dim(`  > ${name}: ${harmless(value)}`));
    if (exchange.requestBody) lines.push(`  > ${harmless(exchange.requestBody)}`);
    lines.push(`  < ${exchange.status ?? paint.red(exchange.error ?? 'no answer')}`);
    for (const [name, value] of Object.entries(exchange.responseHeaders)) lines.push(paint.dim(`  < ${name}: ${harmless(value)}`));
    if (exchange.responseBody)
      lines.push(
        ...harmless(exchange.responseBody)
          .split('\n')
          .map((line) => `  < ${line}`),
      );
  }
  return `${lines.join('\n')}\n`;
}

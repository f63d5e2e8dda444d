import type { Cause, ClientVerdict, Report, Step } from '@rollcall/contracts';
import { harmless, type Paint } from '../paint.ts';
import { milliseconds, readable, wrap, wrapItems } from './text.ts';

const INDENT = '    ';
const LONGEST_VALUE = 300;
const WIDEST_NAME = 22;
/** Items of one kind that are shown. */
const SHOWN = 5;

export function renderStep(step: Step, paint: Paint): string {
  const mark = step.ok ? paint.green('✔') : paint.red('✘');
  return `  ${mark} ${step.name.padEnd(22)} ${paint.dim(milliseconds(step.ms).padStart(10))}`;
}

function verdictLines(report: Report, paint: Paint, width: number): string[] {
  const colours = { up: paint.green, degraded: paint.yellow, down: paint.red, gated: paint.cyan, unknown: paint.magenta };
  const words = { up: 'UP', degraded: 'DEGRADED', down: 'DOWN', gated: 'GATED (sign-in required)', unknown: 'UNKNOWN' };
  const facts = [
    report.transport,
    report.protocolVersion,
    report.server ? `${report.server.name} ${report.server.version}` : null,
    report.tools ? `${report.tools.count} tool${report.tools.count === 1 ? '' : 's'}` : null,
    milliseconds(report.durationMs),
  ].filter((fact): fact is string => fact !== null && fact !== '');
  const word = words[report.verdict];
  const [first = '', ...rest] = wrapItems(facts, width - word.length - 2);
  return [`${paint.bold(colours[report.verdict](word))}  ${paint.dim(first)}`, ...rest.map((line) => INDENT + paint.dim(line))];
}

function evidenceLines(evidence: Record<string, unknown>, paint: Paint, width: number): string[] {
  const rows = Object.entries(evidence).flatMap(([name, value]) => {
    const lines = readable(value);
    return lines === null ? [] : [{ name, lines }];
  });
  const column = Math.max(0, ...rows.map(({ name }) => Math.min(name.length, WIDEST_NAME))) + 2;
  const hanging = ' '.repeat(INDENT.length + column);
  return rows.flatMap(({ name, lines }) => {
    const shown = lines.slice(0, SHOWN).map((line) => (line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line));
    if (lines.length > SHOWN) shown.push(`… and ${lines.length - SHOWN} more`);
    return shown.flatMap((line, at) => {
      const [first = '', ...rest] = wrap(line, width - hanging.length);
      const label = at === 0 ? `${name} `.padEnd(column) : ' '.repeat(column);
      return [`${INDENT}${paint.dim(label)}${first}`, ...rest.map((more) => `${hanging}${more}`)];
    });
  });
}

function renderCause(cause: Cause, paint: Paint, width: number): string[] {
  const suspected = cause.confidence === 'suspected' ? paint.dim(' (suspected)') : '';
  const lines = [
    `${paint.bold(cause.title)}  ${paint.dim(cause.code)}${suspected}`,
    ...wrap(cause.explanation, width - INDENT.length).map((line) => INDENT + line),
  ];
  const evidence = evidenceLines(cause.evidence, paint, width);
  if (evidence.length > 0) lines.push('', `  ${paint.bold('Seen')}`, ...evidence);
  if (cause.fixes.length > 0) lines.push('', `  ${paint.bold('Fix')}`);
  for (const fix of cause.fixes) {
    lines.push(...wrap(`${fix.for}: ${fix.text}`, width - INDENT.length).map((line) => INDENT + line));
    if (fix.snippet) lines.push(...fix.snippet.split('\n').map((line) => `${INDENT}  ${paint.cyan(line)}`));
  }
  lines.push('', `  ${paint.bold('More')}  ${paint.dim(cause.docs)}`);
  return lines;
}

function renderFindings(findings: readonly Cause[], paint: Paint, width: number): string[] {
  if (findings.length === 0) return [];
  const mark = (severity: Cause['severity']) =>
    severity === 'notice' ? paint.blue('i') : severity === 'degraded' ? paint.yellow('!') : paint.red('✘');
  return [
    '',
    paint.bold('Also worth knowing'),
    ...findings.flatMap((finding) => [
      `  ${mark(finding.severity)} ${finding.title}${finding.confidence === 'suspected' ? paint.dim(' (suspected)') : ''}`,
      ...wrap(firstSentence(finding.explanation), width - INDENT.length).map((line) => INDENT + line),
      INDENT + paint.dim(finding.docs),
    ]),
  ];
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s+\p{Lu}|$)/su.exec(text)?.[0] ?? text;
}

/** One row for all that fare alike for one reason: those that fail first, since they are why somebody is looking. */
function renderClients(clients: readonly ClientVerdict[], paint: Paint, width: number): string[] {
  if (clients.length === 0) return [];
  const marks = { fails: paint.red('✘ fails  '), unknown: paint.yellow('? unknown'), works: paint.green('✔ works  ') };
  const order = ['fails', 'unknown', 'works'] as const;
  const groups = new Map<string, ClientVerdict[]>();
  for (const client of clients) {
    const key = `${order.indexOf(client.verdict)} ${client.because ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), client]);
  }
  const hanging = ' '.repeat(13);
  return [
    '',
    paint.bold('Clients'),
    ...[...groups]
      .sort(([a], [b]) => a.localeCompare(b))
      .flatMap(([, alike]) => {
        const [one] = alike;
        if (one === undefined) return [];
        const names = alike.length === clients.length && alike.length > 1 ? [`all ${alike.length} known`] : alike.map(({ name }) => name);
        const [first = '', ...rest] = wrapItems(names, width - hanging.length);
        return [
          `  ${marks[one.verdict]}  ${first}`,
          ...rest.map((line) => hanging + line),
          ...(one.because ? [`${hanging}${paint.dim(`because of ${one.because}`)}`] : []),
        ];
      }),
  ];
}

/** Verdict, cause with its fix, findings, clients, and the line that reproduces it, for a terminal of `width` columns. */
export function renderReport(report: Report, paint: Paint, width: number): string {
  const lines = ['', ...verdictLines(report, paint, width)];
  if (report.unfinished !== undefined)
    lines.push(...wrap(`not finished: ${report.unfinished.join(', ')} (give it a longer --timeout)`, width).map((line) => paint.dim(line)));
  if (report.cause) lines.push('', ...renderCause(report.cause, paint, width));
  lines.push(...renderFindings(report.findings, paint, width), ...renderClients(report.clients, paint, width));
  const named = report.cause?.evidence['exchange'];
  const last = report.cause ? (report.exchanges.find(({ n }) => n === named) ?? report.exchanges.at(-1)) : undefined;
  // Left in one piece, however long: it is to be copied.
  if (last) lines.push('', paint.bold('Reproduce'), `  ${harmless(last.curl)}`);
  return `${lines.join('\n')}\n`;
}

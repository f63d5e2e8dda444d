import { basename, extname } from 'node:path';
import type { Body } from '@rollcall/client';
import {
  type ClientConfigFormat,
  type ClientConfigReading,
  type ConfigFinding,
  type ImportResult,
  readClientConfig,
} from '@rollcall/contracts/client-config';
import { parseYaml, readText } from '../config/yaml-file.ts';
import { EXIT_DEGRADED, EXIT_DOWN, EXIT_OK } from '../exit-codes.ts';
import { createPaint, harmless, type Paint } from '../paint.ts';
import { serverOf } from '../server/call.ts';

type ImportRequest = Body<'post', '/import'>;
const MAX_FILE_BYTES = 1024 * 1024;

export interface ImportOptions {
  readonly format: ClientConfigFormat | 'auto';
  readonly lint: boolean;
  readonly dryRun: boolean;
  readonly tag: readonly string[];
  readonly json: boolean;
}

/** Registers the servers of a client's configuration, or with `lint` only says what clients refuse in it. @throws Error */
export async function importFile(file: string, env: NodeJS.ProcessEnv, options: ImportOptions): Promise<number> {
  const source = readSource(file);
  const format = options.format === 'auto' ? formatOfFile(file) : options.format;
  const reading = readClientConfig(source, { format });
  const paint = createPaint(process.stdout, env);
  if (options.lint) {
    const { format: found, findings } = reading;
    process.stdout.write(options.json ? `${JSON.stringify({ format: found, findings }, null, 2)}\n` : renderLint(file, reading, paint));
    return exitOf(findings);
  }
  const variables = Object.fromEntries(reading.missingVariables.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  const body = { ...source, format: reading.format, variables, tags: options.tag, dryRun: options.dryRun };
  const result = await serverOf(env).client.post('/import', { body });
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : renderImport(file, result, paint));
  return EXIT_OK;
}

/** Whatever the file holds goes to the server, which says what is wrong with it. */
function readSource(file: string): { content: string } | { document: ImportRequest['document'] } {
  const text = readText(file, MAX_FILE_BYTES);
  return /^\.ya?ml$/i.test(extname(file))
    ? { document: parseYaml(file, text, null).value as ImportRequest['document'] }
    : { content: text };
}

/** Some files say by their name whose they are; the others by what they hold. */
export function formatOfFile(path: string): ClientConfigFormat | 'auto' {
  const file = path.replaceAll('\\', '/');
  if (basename(file) === 'claude_desktop_config.json') return 'claude-desktop';
  if (basename(file) === '.claude.json') return 'claude-json';
  if (basename(file) === '.mcp.json') return 'mcp-json';
  if (/(?:^|\/)\.vscode\/(?:mcp|settings)\.json$/.test(file)) return 'vscode';
  if (/(?:^|\/)\.cursor\/mcp\.json$/.test(file)) return 'cursor';
  if (/(?:^|\/)\.gemini\/settings\.json$/.test(file)) return 'gemini-cli';
  if (/(?:^|\/)windsurf\/mcp_config\.json$/.test(file)) return 'windsurf';
  return /^librechat.*\.ya?ml$/.test(basename(file)) ? 'librechat' : 'auto';
}

/** As of check: errors are what a client refuses. */
function exitOf(findings: readonly ConfigFinding[]): number {
  if (findings.some(({ severity }) => severity === 'error')) return EXIT_DOWN;
  return findings.some(({ severity }) => severity === 'warning') ? EXIT_DEGRADED : EXIT_OK;
}

function renderFindings(findings: readonly ConfigFinding[], paint: Paint): string[] {
  const marks = { error: paint.red('✘'), warning: paint.yellow('!'), notice: paint.blue('i') };
  return findings.flatMap(({ severity, line, path, code, message, fix }) => [
    `  ${marks[severity]} ${line === null ? '' : `line ${line}  `}${paint.bold(harmless(path) || '/')}  ${paint.dim(code)}`,
    `      ${harmless(message)}`,
    ...(fix === null ? [] : [`      ${paint.cyan(harmless(fix))}`]),
  ]);
}

function renderLint(file: string, { format, servers, findings }: ClientConfigReading, paint: Paint): string {
  const remote = servers.filter(({ target }) => target !== null).length;
  const head = `${harmless(file)}: read as ${format}, ${servers.length} server${servers.length === 1 ? '' : 's'}, ${remote} remote`;
  return `${[head, ...(findings.length === 0 ? [`  ${paint.green('✔')} nothing to remark`] : renderFindings(findings, paint))].join('\n')}\n`;
}

export function renderImport(file: string, { format, dryRun, endpoints, findings }: ImportResult, paint: Paint): string {
  const marks = { created: paint.green('+ created'), exists: paint.dim('= exists '), skipped: paint.yellow('- skipped') };
  const width = Math.min(40, Math.max(0, ...endpoints.map(({ name }) => harmless(name).length)));
  const lines = endpoints.map(({ name, status, url, reason }) =>
    [
      `  ${marks[status]}  ${harmless(name).slice(0, 40).padEnd(width)}`,
      url === null ? '' : harmless(url),
      reason === null ? '' : paint.dim(`(${harmless(reason)})`),
    ]
      .filter((part) => part !== '')
      .join('  '),
  );
  const head = `${harmless(file)}: read as ${format}${dryRun ? ', nothing was written (dry run)' : ''}`;
  return `${[head, ...lines, ...(findings.length === 0 ? [] : ['', 'What clients refuse or should not find in it', ...renderFindings(findings, paint)])].join('\n')}\n`;
}

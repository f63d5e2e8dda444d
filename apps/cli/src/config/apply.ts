import { ApiError, type Body } from '@rollcall/client';
import { type ConfigFile, type ConfigItem, type ConfigResult, configFileSchema } from '@rollcall/contracts';
import type { z } from 'zod';
import { EXIT_OK } from '../exit-codes.ts';
import { createPaint, harmless, type Paint } from '../paint.ts';
import { serverOf } from '../server/call.ts';
import { FileError, parseYaml, type ReadFile, readText } from './yaml-file.ts';

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_FAULTS = 20;
const SHOWN = 60;

export interface ApplyOptions {
  readonly dryRun: boolean;
  readonly prune: boolean;
  readonly adopt: boolean;
  readonly keepSecrets: boolean;
  readonly json: boolean;
}

/** Applies a declarative file and prints what it does to each thing. @throws Error */
export async function applyFile(file: string, env: NodeJS.ProcessEnv, options: ApplyOptions): Promise<number> {
  const read = parseYaml(file, readText(file, MAX_FILE_BYTES), { env, keepUnset: options.keepSecrets });
  const config = validate(file, read);
  const { dryRun, prune, adopt } = options;
  const result = await send(file, read, env, { config, dryRun, prune, adopt });
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : renderPlan(result, createPaint(process.stdout, env)));
  return EXIT_OK;
}

function validate(file: string, read: ReadFile): ConfigFile {
  const parsed = configFileSchema.safeParse(read.value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap(faultsOf).slice(0, MAX_FAULTS);
  throw new FileError(
    file,
    faults.map(({ path, message }) => `${read.locate(path)}: ${path.map(String).join('.') || 'the file'}: ${message}`),
  );
}

/** Each unknown member is a fault of its own; of several alternatives the first that says where. */
function faultsOf(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not known here' }));
  return [{ path: issue.path, message: issue.message }];
}

async function send(file: string, read: ReadFile, env: NodeJS.ProcessEnv, body: Body<'put', '/config'>): Promise<ConfigResult> {
  try {
    return await serverOf(env).client.put('/config', { body });
  } catch (error) {
    if (!(error instanceof ApiError) || error.culprits.length === 0) throw error;
    const faults = error.culprits.map(({ pointer, message }) => {
      const path = pointer
        .split('/')
        .slice(2)
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
      return `${read.locate(path)}: ${path.join('.') || 'the file'}: ${message}`;
    });
    throw new FileError(file, faults);
  }
}

/** As a diff: + what is made, ~ what changes, - what goes. */
export function renderPlan({ name, dryRun, counts, items }: ConfigResult, paint: Paint): string {
  const lines = items.filter(({ action }) => action !== 'unchanged').flatMap((item) => renderItem(item, paint));
  const words = dryRun
    ? ([
        ['to create', counts.create],
        ['to change', counts.update],
        ['to delete', counts.delete],
      ] as const)
    : ([
        ['created', counts.create],
        ['changed', counts.update],
        ['deleted', counts.delete],
      ] as const);
  const sum = words.filter(([, n]) => n > 0).map(([word, n]) => `${n} ${word}`);
  const unchanged = `${counts.unchanged} unchanged`;
  return `${[...lines, ...(lines.length > 0 ? [''] : []), `${paint.bold(harmless(name))}: ${[...(sum.length > 0 ? sum : ['nothing to do']), unchanged].join(', ')}`].join('\n')}\n`;
}

const KINDS = { endpoint: 'endpoint', channel: 'channel', maintenanceWindow: 'maintenance window' } as const;

function renderItem({ kind, key, action, changes, secret }: ConfigItem, paint: Paint): string[] {
  const what = `${KINDS[kind]} ${harmless(key)}`;
  if (action === 'delete') return [paint.red(`- ${what}`)];
  const made = secret === undefined ? [] : [`    signing secret, shown this once: ${secret}`];
  if (action === 'create') return [paint.green(`+ ${what}`), ...made];
  const members = changes.map(({ member, before, after }) => {
    const [from, to] = [shown(before), shown(after)];
    return `    ${member}: ${from === to ? '(secret changed)' : `${paint.red(from)} → ${paint.green(to)}`}`;
  });
  return [paint.yellow(`~ ${what}`), ...members, ...made];
}

function shown(value: unknown): string {
  const text = harmless(value === null || value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

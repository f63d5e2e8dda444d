import { readFileSync, statSync } from 'node:fs';
import { type Document, isCollection, isMap, isNode, isPair, isScalar, Lexer, LineCounter, parseDocument, visit } from 'yaml';

/** Something is wrong with the file; every fault says where. */
export class FileError extends Error {
  constructor(file: string, faults: readonly string[]) {
    super(
      faults.length === 1 ? `${file}:${faults[0]}` : `${file} cannot be used:\n${faults.map((fault) => `  ${file}:${fault}`).join('\n')}`,
    );
    this.name = 'FileError';
  }
}

export interface ReadFile {
  readonly value: unknown;
  /** `line:column`, both from 1, of the member at that path or of the nearest one around it. */
  locate(path: readonly PropertyKey[]): string;
}

const MAX_FAULTS = 20;
const MAX_ALIASES = 100;
const MAX_LEVELS = 100;
const DEEP_INDENT = /^ {200}/m;

/** @throws Error when it is not there or larger. */
export function readText(file: string, maxBytes: number): string {
  const { size } = statSync(file);
  if (size > maxBytes) throw new FileError(file, [`1:1: is larger than ${maxBytes / 1024 / 1024} MiB`]);
  return readFileSync(file, 'utf8');
}

export interface ExpandOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Leave `${NAME}` as it is where it is the whole value and NAME is not set. */
  readonly keepUnset: boolean;
}

/**
 * Reads YAML 1.2, of which JSON is a part. With `expand`, `${NAME}` in a value is the variable of the environment,
 * `${NAME:-other}` something else when it is not set, and `$${` stands for `${`. @throws FileError naming line and column.
 */
export function parseYaml(file: string, text: string, expand: ExpandOptions | null): ReadFile {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const document = parse(file, text, lines);
  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => `${at(pos[0])}: ${message}`);
  faults.push(...dangerousKeys(document).map((offset) => `${at(offset)}: a member may not be named "__proto__"`));
  if (faults.length === 0 && expand !== null)
    faults.push(...expandVariables(document, expand).map(({ offset, message }) => `${at(offset)}: ${message}`));
  if (faults.length > 0) throw new FileError(file, faults.slice(0, MAX_FAULTS));
  return {
    value: toValue(file, document),
    locate: (path) => at(offsetOf(document, path)),
  };
}

/**
 * The parser calls itself for every level, and V8 ends the process when a regular expression is compiled at the end of the
 * stack: what nests beyond reason is refused before.
 */
function requireShallow(file: string, text: string): void {
  const tooDeep = () => new FileError(file, [`1:1: is nested more than ${MAX_LEVELS} deep`]);
  if (DEEP_INDENT.test(text)) throw tooDeep();
  let flow = 0;
  let inLine = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow += 1;
    else if (token === ']' || token === '}') flow -= 1;
    else if (token.startsWith('\n') || token.startsWith('\r')) inLine = 0;
    else if (flow === 0 && (token === '-' || token === '?')) inLine += 1;
    if (flow > MAX_LEVELS || inLine > MAX_LEVELS) throw tooDeep();
  }
}

function parse(file: string, text: string, lineCounter: LineCounter): Document.Parsed {
  requireShallow(file, text);
  try {
    return parseDocument(text, { lineCounter, merge: true, stringKeys: true, prettyErrors: false }) as Document.Parsed;
  } catch (error) {
    throw new FileError(file, [
      `1:1: ${error instanceof RangeError ? 'is nested too deep' : error instanceof Error ? error.message : String(error)}`,
    ]);
  }
}

/** Aliases may repeat a value, not multiply it without end. */
function toValue(file: string, document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new FileError(file, [`1:1: ${/excessive alias/i.test(message) ? 'its aliases multiply too much' : message}`]);
  }
}

function dangerousKeys(document: Document.Parsed): number[] {
  const found: number[] = [];
  visit(document, {
    Pair(_key, { key }) {
      if (isScalar(key) && key.value === '__proto__') found.push(key.range?.[0] ?? 0);
    },
  });
  return found;
}

const VARIABLE = /\$\$\{|\$\{([^{}]*)\}/g;

function expandVariables(document: Document.Parsed, { env, keepUnset }: ExpandOptions): { offset: number; message: string }[] {
  const faults: { offset: number; message: string }[] = [];
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const offset = node.range?.[0] ?? 0;
      const whole = node.value;
      node.value = whole.replace(VARIABLE, (match: string, body: string | undefined) => {
        if (body === undefined) return '${';
        const [, name, fallback] = /^([A-Za-z_]\w*)(?::-(.*))?$/s.exec(body) ?? [];
        if (name === undefined) {
          faults.push({ offset, message: `"${match}" names no variable; write $\${ for a plain \${` });
          return match;
        }
        const value = env[name] ?? fallback;
        if (value !== undefined) return value;
        if (!keepUnset || match !== whole) faults.push({ offset, message: `the variable ${name} is not set` });
        return match;
      });
    },
  });
  return faults;
}

/** Where the path leads, as far as it does. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      offset = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isCollection(node)) {
      const item: unknown = node.items[Number(step)];
      if (!isNode(item)) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}

import type { FormatFacts } from './formats.ts';

/** A place in a text that a client fills in, or that looks as if it should. */
export interface Variable {
  readonly raw: string;
  /** `NAME`, `env:NAME` is `NAME`, an input is `input:id`. */
  readonly name: string;
  readonly fallback: string | null;
  /** Whether this client knows the notation; else the text goes out as it stands. */
  readonly understood: boolean;
}

const NOTATIONS = /\$\{([^{}]{1,200})\}|\{\{([^{}]{1,200})\}\}|\$([A-Za-z_]\w{0,100})|(?<!\$|\{)\{([A-Za-z_][\w.-]{0,100})\}/g;
const PLAIN = /^([A-Za-z_]\w*)(?::-(.*))?$/;
/** Variables of the editor itself, which need no value from anybody. */
const EDITOR = /^(?:workspaceFolder(?:Basename|:.*)?|userHome|pathSeparator|\/|cwd|file(?:Dirname|:.*)?)$/;

/** Every variable of a text, by the notation of that client's file. */
export function variablesIn(text: string, facts: Pick<FormatFacts, 'variables'>): Variable[] {
  const knows = (notation: FormatFacts['variables'][number]) => facts.variables.includes(notation);
  return [...text.matchAll(NOTATIONS)].flatMap(([raw, braces, mustache, dollar, template]): Variable[] => {
    if (mustache !== undefined) return knows('mustache') ? [{ raw, name: mustache.trim(), fallback: null, understood: true }] : [];
    if (dollar !== undefined) return knows('dollar') ? [{ raw, name: dollar, fallback: null, understood: true }] : [];
    if (template !== undefined) return knows('template') ? [{ raw, name: template, fallback: null, understood: true }] : [];
    const body = braces ?? '';
    if (body.startsWith('input:')) return [{ raw, name: body, fallback: null, understood: knows('input') }];
    if (body.startsWith('env:')) return [{ raw, name: body.slice(4), fallback: null, understood: knows('env') }];
    if (EDITOR.test(body)) return [{ raw, name: body, fallback: null, understood: knows('env') }];
    const [, name, fallback = null] = PLAIN.exec(body) ?? [];
    if (name === undefined) return [];
    return [{ raw, name, fallback, understood: knows('braces') }];
  });
}

/** Puts in what is known; what is not is named. */
export function fillVariables(
  text: string,
  facts: Pick<FormatFacts, 'variables'>,
  values: Readonly<Record<string, string>>,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  let result = '';
  let rest = text;
  for (const { raw, name, fallback } of variablesIn(text, facts)) {
    const at = rest.indexOf(raw);
    const value = Object.hasOwn(values, name) ? values[name] : (fallback ?? undefined);
    if (value === undefined) missing.push(name);
    result += rest.slice(0, at) + (value ?? raw);
    rest = rest.slice(at + raw.length);
  }
  return { text: result + rest, missing };
}

/** Text that a person was meant to replace: `<your token>`, `YOUR_API_KEY`, `xxxx`. */
export function isPlaceholder(text: string): boolean {
  return /<[^<>]{2,60}>|\bYOUR[-_ ][A-Z_-]{2,40}|\byour[-_](?:api|token|key|secret)|\bx{6,}\b|\b(?:REPLACE|CHANGE)[-_ ]?ME\b|\bTODO\b/i.test(
    text.slice(0, 8192),
  );
}

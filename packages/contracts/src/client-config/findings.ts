import type { ConfigFinding } from './types.ts';

export const MAX_FINDINGS = 500;
const SHOWN = 100;

/** Text of the file as it stands in a message: short, in quotes. */
export function quoted(text: unknown): string {
  const plain = typeof text === 'string' ? text : (JSON.stringify(text) ?? String(text));
  return `"${plain.length > SHOWN ? `${plain.slice(0, SHOWN)}…` : plain}"`;
}

/** Collects findings, bounded, each with the line on which it stands. */
export class Findings {
  readonly #lines: ReadonlyMap<string, number>;
  readonly #found: ConfigFinding[] = [];

  constructor(lines: ReadonlyMap<string, number>) {
    this.#lines = lines;
  }

  add(severity: ConfigFinding['severity'], code: string, path: string, message: string, fix: string | null = null, line?: number): void {
    if (this.#found.length >= MAX_FINDINGS) return;
    this.#found.push({ severity, code, path, line: line ?? this.#lineOf(path), message, fix });
  }

  /** Of the member itself, or of the nearest one around it. */
  #lineOf(path: string): number | null {
    for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const line = this.#lines.get(at);
      if (line !== undefined || at === '') return line ?? null;
    }
  }

  get all(): ConfigFinding[] {
    return this.#found;
  }
}

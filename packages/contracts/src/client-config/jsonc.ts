/** What stood in the text that JSON itself does not have; strict clients refuse the file for it. */
export interface JsoncExtras {
  readonly kind: 'comment' | 'trailing_comma' | 'byte_order_mark' | 'duplicate_member';
  readonly line: number;
  /** Of the member that stands twice. */
  readonly path: string;
}

export interface JsoncDocument {
  readonly value: unknown;
  readonly extras: readonly JsoncExtras[];
  /** The line (from 1) on which the member at that JSON pointer begins. */
  readonly lines: ReadonlyMap<string, number>;
}

/** The text is no JSON with comments; line and column count from 1. */
export class JsoncError extends Error {
  readonly line: number;
  readonly column: number;
  constructor(message: string, line: number, column: number) {
    super(`${message} (line ${line}, column ${column})`);
    this.name = 'JsoncError';
    this.line = line;
    this.column = column;
  }
}

export const MAX_TEXT = 1024 * 1024;
export const MAX_DEPTH = 32;
const MAX_EXTRAS = 50;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * Reads JSON with comments and trailing commas, as the configuration files of editors are written, and remembers where
 * everything stood. Bounded in size and depth; a member that would reach an object's prototype is refused.
 * @throws JsoncError
 */
export function parseJsonc(text: string): JsoncDocument {
  if (text.length > MAX_TEXT) throw new JsoncError('The file is larger than 1 MiB', 1, 1);
  return new Reader(text).document();
}

class Reader {
  readonly #text: string;
  readonly #extras: JsoncExtras[] = [];
  readonly #lines = new Map<string, number>();
  #at = 0;
  /** Line starts counted so far, so that asking for a line stays linear over the whole text. */
  #line = 1;
  #counted = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsoncDocument {
    if (this.#text.startsWith('\ufeff')) {
      this.#note('byte_order_mark', '');
      this.#at = 1;
    }
    const value = this.#value('', 0);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#error('There is text after the end of the document');
    return { value, extras: this.#extras, lines: this.#lines };
  }

  #value(path: string, depth: number): unknown {
    if (depth > MAX_DEPTH) throw this.#error(`The document is nested more than ${MAX_DEPTH} deep`);
    this.#skip();
    this.#lines.set(path, this.#lineHere());
    const character = this.#text[this.#at];
    if (character === '{') return this.#object(path, depth);
    if (character === '[') return this.#array(path, depth);
    if (character === '"') return this.#string();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text)?.[0];
    if (number === undefined) throw this.#error(character === undefined ? 'The document ends too early' : 'A value is expected here');
    this.#at += number.length;
    return Number(number);
  }

  #object(path: string, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    this.#at += 1;
    for (let first = true; ; first = false) {
      if (this.#ends('}', first)) return result;
      if (this.#text[this.#at] !== '"') throw this.#error('A member name in double quotes is expected here');
      const key = this.#string();
      if (key === '__proto__') throw this.#error('A member may not be named "__proto__"');
      const at = pointerTo(path, key);
      if (Object.hasOwn(result, key)) this.#note('duplicate_member', at);
      this.#skip();
      if (this.#text[this.#at] !== ':') throw this.#error('A colon is expected here');
      this.#at += 1;
      result[key] = this.#value(at, depth + 1);
    }
  }

  #array(path: string, depth: number): unknown[] {
    const result: unknown[] = [];
    this.#at += 1;
    for (let first = true; ; first = false) {
      if (this.#ends(']', first)) return result;
      result.push(this.#value(pointerTo(path, result.length), depth + 1));
    }
  }

  /** Between the elements: whether the list is over, having taken the comma if not. */
  #ends(bracket: string, first: boolean): boolean {
    this.#skip();
    if (!first && this.#text[this.#at] === ',') {
      this.#at += 1;
      this.#skip();
      if (this.#text[this.#at] === bracket) this.#note('trailing_comma', '');
    } else if (!first && this.#text[this.#at] !== bracket) throw this.#error(`A comma or ${bracket} is expected here`);
    if (this.#text[this.#at] !== bracket) return false;
    this.#at += 1;
    return true;
  }

  #string(): string {
    let result = '';
    for (this.#at += 1; ; ) {
      const from = this.#at;
      while (this.#at < this.#text.length && !'"\\'.includes(this.#text[this.#at] ?? '') && (this.#text[this.#at] ?? '') >= ' ')
        this.#at += 1;
      result += this.#text.slice(from, this.#at);
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at += 1;
        return result;
      }
      if (character !== '\\')
        throw this.#error(character === undefined ? 'A string does not end' : 'A string holds a raw control character');
      result += this.#escape();
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    const simple = ESCAPES[letter];
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const hex = this.#text.slice(this.#at + 2, this.#at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#error('This escape is not known to JSON');
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #skip(): void {
    for (;;) {
      while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at += 1;
      if (this.#text[this.#at] !== '/') return;
      const second = this.#text[this.#at + 1];
      const end = second === '/' ? this.#text.indexOf('\n', this.#at) : second === '*' ? this.#text.indexOf('*/', this.#at + 2) : -2;
      if (end === -2) return;
      if (end === -1 && second === '*') throw this.#error('A comment does not end');
      this.#note('comment', '');
      this.#at = end === -1 ? this.#text.length : second === '*' ? end + 2 : end;
    }
  }

  #note(kind: JsoncExtras['kind'], path: string): void {
    if (this.#extras.length < MAX_EXTRAS) this.#extras.push({ kind, path, line: this.#lineHere() });
  }

  #lineHere(): number {
    for (; this.#counted < this.#at; this.#counted += 1) if (this.#text[this.#counted] === '\n') this.#line += 1;
    return this.#line;
  }

  #error(message: string): JsoncError {
    const line = this.#lineHere();
    return new JsoncError(message, line, this.#at - this.#text.lastIndexOf('\n', this.#at - 1));
  }
}

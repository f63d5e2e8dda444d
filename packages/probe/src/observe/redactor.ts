const REDACTED = '[redacted]';
/** Shorter values are redacted where they were sent, not wherever the same few characters turn up. */
const MIN_ANYWHERE = 4;
const MIN_PART = 8;
const SECRET_NAME = /token|key|secret|passw|auth|sig(nature)?$|session|credential|code$|pwd|jwt/i;
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'mcp-session-id',
  'x-api-key',
  'api-key',
  'x-auth-token',
]);

/** Knows every secret of one probe and takes them out of whatever is kept, in the forms in which a server may echo them. */
export class Redactor {
  #forms = new Set<string>();
  #headerNames = new Set<string>();
  #pattern: RegExp | null = null;
  #longest = 0;
  #shortest = Number.POSITIVE_INFINITY;

  /** A value that must never be kept. Parts of it (`Bearer x`, `user:pass`) count, too. */
  addSecret(value: string): void {
    if (value.length < MIN_ANYWHERE) return;
    this.#addForms(value);
    for (const part of value.split(/[\s,;:]+/)) if (part.length >= MIN_PART && part !== value) this.#addForms(part);
  }

  addHeader(name: string, value: string): void {
    this.#headerNames.add(name.toLowerCase());
    this.addSecret(value);
  }

  /** A session id, chosen by the server: only one that cannot be an ordinary word. */
  addSessionId(value: string): void {
    if (value.length >= MIN_PART) this.#addForms(value);
  }

  /** The secrets that a URL itself carries. */
  addUrl(url: URL): void {
    for (const part of [url.username, url.password]) if (part !== '') this.addSecret(decode(part));
    for (const [name, value] of url.searchParams) if (SECRET_NAME.test(name)) this.addSecret(value);
  }

  text(text: string): string {
    return this.#occursIn(text) ? text.replace(this.#compiled(), REDACTED) : text;
  }

  /** The first `limit` characters of a text, redacted so that a secret cut in two at the limit does not show its first half. */
  head(text: string, limit: number): string {
    const margin = this.#longest;
    if (text.length <= limit + margin) return this.text(text).slice(0, limit);
    const window = this.text(text.slice(0, limit + margin));
    return window.slice(0, Math.max(0, Math.min(limit, window.length - margin)));
  }

  url(text: string): string {
    let plain = text;
    if (plain.includes('@')) plain = plain.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${REDACTED}@`);
    if (plain.includes('=')) {
      plain = plain.replace(/([?&;])([^=&#;]+)=([^&#]*)/g, (whole, before: string, name: string) =>
        SECRET_NAME.test(decode(name)) ? `${before}${name}=${REDACTED}` : whole,
      );
    }
    return this.text(plain);
  }

  headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    // A copy keeps a header that is named `__proto__`.
    const out = { ...headers };
    for (const name in headers) {
      const value = headers[name] ?? '';
      const redacted = this.#header(name.toLowerCase(), value);
      if (redacted !== value) out[name] = redacted;
    }
    return out;
  }

  #header(name: string, value: string): string {
    if (this.#headerNames.has(name) || SECRET_HEADERS.has(name)) return REDACTED;
    return name === 'location' || name === 'content-location' || name === 'refresh' ? this.url(value) : this.text(value);
  }

  /** Every string in a JSON-like value, except under the keys of our own vocabulary. `texts`: those of the value, where they are at hand. */
  deep<T>(value: T, texts?: Texts): T {
    if (this.#forms.size === 0) return value;
    // Hardly any value holds a secret, and to look for one in all its texts at once is much cheaper than to build the value anew.
    const { own, lists } = texts ?? textsOf(value);
    return this.#occursIn(own) || lists.some((text) => this.#occursIn(text)) ? (this.#walk(value, 0) as T) : value;
  }

  #walk(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null || depth > 100) return value;
    if (Array.isArray(value)) return value.map((item) => this.#walk(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.text(key), OWN_WORDS.has(key) ? item : this.#walk(item, depth + 1)]),
    );
  }

  #addForms(value: string): void {
    for (const form of formsOf(value)) {
      this.#forms.add(form);
      this.#longest = Math.max(this.#longest, form.length);
      this.#shortest = Math.min(this.#shortest, form.length);
    }
    this.#pattern = null;
  }

  #occursIn(text: string): boolean {
    if (text.length < this.#shortest) return false;
    for (const form of this.#forms) if (text.includes(form)) return true;
    return false;
  }

  /** Compiled only when a secret did turn up: a session brings new forms to every probe. */
  #compiled(): RegExp {
    if (this.#pattern === null) {
      const forms = [...this.#forms].sort((a, b) => b.length - a.length);
      this.#pattern = new RegExp(forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|'), 'g');
    }
    return this.#pattern;
  }
}

/** Every string and key of a value that is long enough to hold a secret; those of tool lists apart. */
export interface Texts {
  readonly own: string;
  readonly lists: readonly string[];
}

export function textsOf(value: unknown): Texts {
  const texts: string[] = [];
  const lists: string[] = [];
  gatherTexts(value, texts, lists, 0);
  return { own: texts.join('\n'), lists };
}

/** Every string and key of a JSON-like value that is long enough to hold a secret; those of tool lists apart, in one text each. */
function gatherTexts(value: unknown, texts: string[], lists: string[] | null, depth: number): void {
  if (typeof value === 'string') {
    if (value.length >= MIN_ANYWHERE) texts.push(value);
    return;
  }
  if (typeof value !== 'object' || value === null || depth > 100) return;
  if (Array.isArray(value)) {
    for (const item of value) gatherTexts(item, texts, lists, depth + 1);
    return;
  }
  for (const key in value) {
    if (key.length >= MIN_ANYWHERE) texts.push(key);
    const member = (value as Record<string, unknown>)[key];
    if (lists !== null && Array.isArray(member) && (key === 'definitions' || key === 'names')) lists.push(textOfList(member, depth + 1));
    else gatherTexts(member, texts, lists, depth + 1);
  }
}

/** The same list comes with probe after probe (known-answers.ts). */
const textsOfLists = new WeakMap<readonly unknown[], string>();

function textOfList(list: readonly unknown[], depth: number): string {
  let text = textsOfLists.get(list);
  if (text === undefined) {
    const texts: string[] = [];
    gatherTexts(list, texts, null, depth);
    text = texts.join('\n');
    textsOfLists.set(list, text);
  }
  return text;
}

// Words of the observation's own vocabulary: a server that names its session `tools/list` must not blot them out.
const OWN_WORDS = new Set([
  'schema',
  'purpose',
  'method',
  'note',
  'phase',
  'parse',
  'channel',
  'outcome',
  'endedBy',
  'ended',
  'problem',
  'steps',
  'target',
]);

function formsOf(value: string): string[] {
  // Two zero bytes before it, for the alignments below.
  const padded = Buffer.from(`\0\0${value}`, 'utf8');
  const bytes = padded.subarray(2);
  const base64 = bytes.toString('base64');
  const forms = [value, bytes.toString('hex'), base64, urlSafe(base64).replace(/=+$/, '')];
  if (!PLAIN.test(value)) {
    const encoded = encodeURIComponent(value);
    const inJson = JSON.stringify(value).slice(1, -1);
    forms.push(
      // application/x-www-form-urlencoded escapes more than encodeURIComponent does.
      new URLSearchParams([['', value]]).toString().slice(1),
      encoded,
      encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
      encoded.replace(/%20/g, '+'),
      inJson,
      // JSON that quotes JSON: a log line in an error message.
      JSON.stringify(inJson).slice(1, -1),
      value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
    );
  }
  // The characters that stand for the secret inside a longer base64 text, whatever comes before it (RFC 4648 §4: three alignments).
  if (bytes.length >= MIN_PART) {
    for (const before of [0, 1, 2]) {
      const shifted = padded.subarray(2 - before);
      const usable = shifted.length - (shifted.length % 3);
      const core = shifted.toString('base64', 0, usable).slice(before === 0 ? 0 : before === 1 ? 2 : 3);
      if (core.length >= MIN_PART) forms.push(core, urlSafe(core));
    }
  }
  return forms.filter((form) => form.length >= MIN_ANYWHERE);
}

/** Stands as it is in URLs, JSON and HTML. */
const PLAIN = /^[A-Za-z0-9_.-]+$/;

function urlSafe(base64: string): string {
  return base64.replace(/\+/g, '-').replace(/\//g, '_');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

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
    const pattern = this.#compiled();
    return pattern === null ? text : text.replace(pattern, REDACTED);
  }

  /** The first `limit` characters of a text, redacted so that a secret cut in two at the limit does not show its first half. */
  head(text: string, limit: number): string {
    this.#compiled();
    const margin = this.#longest;
    if (text.length <= limit + margin) return this.text(text).slice(0, limit);
    const window = this.text(text.slice(0, limit + margin));
    return window.slice(0, Math.max(0, Math.min(limit, window.length - margin)));
  }

  url(text: string): string {
    const plain = text
      .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, `$1${REDACTED}@`)
      .replace(/([?&;])([^=&#;]+)=([^&#]*)/g, (whole, before: string, name: string) =>
        SECRET_NAME.test(decode(name)) ? `${before}${name}=${REDACTED}` : whole,
      );
    return this.text(plain);
  }

  headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    const out: [string, string][] = [];
    for (const [name, value] of Object.entries(headers)) {
      const lower = name.toLowerCase();
      if (this.#headerNames.has(lower) || SECRET_HEADERS.has(lower)) out.push([name, REDACTED]);
      else if (lower === 'location' || lower === 'content-location' || lower === 'refresh') out.push([name, this.url(value)]);
      else out.push([name, this.text(value)]);
    }
    return Object.fromEntries(out);
  }

  /** Every string in a JSON-like value, except under the keys of our own vocabulary. */
  deep<T>(value: T): T {
    if (this.#compiled() === null) return value;
    return this.#walk(value, 0) as T;
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
    for (const form of formsOf(value)) this.#forms.add(form);
    this.#pattern = null;
  }

  #compiled(): RegExp | null {
    if (this.#pattern === null && this.#forms.size > 0) {
      const forms = [...this.#forms].sort((a, b) => b.length - a.length);
      this.#longest = forms[0]?.length ?? 0;
      this.#pattern = new RegExp(forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|'), 'g');
    }
    return this.#pattern;
  }
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
  const bytes = Buffer.from(value, 'utf8');
  const encoded = encodeURIComponent(value);
  const forms = [
    value,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    encoded.replace(/%20/g, '+'),
    JSON.stringify(value).slice(1, -1),
    value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
    bytes.toString('hex'),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
  // The characters that stand for the secret inside a longer base64 text, whatever comes before it (RFC 4648 §4: three alignments).
  if (bytes.length >= MIN_PART) {
    for (const before of [0, 1, 2]) {
      const padded = Buffer.concat([Buffer.alloc(before), bytes]);
      const usable = padded.length - (padded.length % 3);
      const core = padded
        .subarray(0, usable)
        .toString('base64')
        .slice(before === 0 ? 0 : before === 1 ? 2 : 3);
      if (core.length >= MIN_PART) forms.push(core, core.replace(/\+/g, '-').replace(/\//g, '_'));
    }
  }
  return forms.filter((form) => form.length >= MIN_ANYWHERE);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

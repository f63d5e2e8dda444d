const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const BLANK = /[ \t]*/y;
const GAP = /[ \t,]*/y;
const EQUALS = /[ \t]*=[ \t]*/y;
/** Challenges and parameters beyond this are nobody's honest answer. */
const MAX_CHARS = 8192;

export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** Names in lower case; of a name that comes twice the first counts. */
  readonly params: ReadonlyMap<string, string>;
}

/** A reader over one field value; every expression is sticky, so that reading is linear in its length. */
class Reader {
  #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }

  /** Runs `read`; goes back to where it began when that finds nothing. */
  attempt<T>(read: () => T | null): T | null {
    const from = this.#at;
    const value = read();
    if (value === null) this.#at = from;
    return value;
  }

  /** Past the next comma: what stands there is not ours to understand. */
  skip(): void {
    const comma = this.#text.indexOf(',', this.#at);
    this.#at = comma === -1 ? this.#text.length : comma + 1;
  }
}

/** The challenges of a WWW-Authenticate value, several field lines joined by commas (RFC 9110 §11.6.1). What is malformed is passed over. */
export function parseChallenges(value: string): Challenge[] {
  const reader = new Reader(value.slice(0, MAX_CHARS));
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  reader.take(GAP);
  while (!reader.done) {
    const current = challenges.at(-1);
    const param = current === undefined ? null : reader.attempt(() => readParam(reader));
    if (param !== null && current !== undefined) {
      if (!current.params.has(param.name)) current.params.set(param.name, param.value);
    } else {
      const scheme = reader.take(TOKEN);
      if (scheme === null) reader.skip();
      else {
        challenges.push({ scheme: scheme[0].toLowerCase(), params: new Map() });
        reader.take(BLANK);
        // token68 (`Negotiate YII=`) is the other form of what may follow a scheme; `name=value` is not one.
        reader.take(TOKEN68);
      }
    }
    reader.take(GAP);
  }
  return challenges;
}

function readParam(reader: Reader): { name: string; value: string } | null {
  const name = reader.take(TOKEN);
  if (name === null || reader.take(EQUALS) === null) return null;
  const quoted = reader.take(QUOTED);
  if (quoted !== null) return { name: name[0].toLowerCase(), value: (quoted[1] ?? '').replace(/\\([\s\S])/g, '$1') };
  // Servers leave the quotes off; an address then ends at the comma or blank.
  const bare = reader.take(/[^\s,"]+/y);
  return bare === null ? null : { name: name[0].toLowerCase(), value: bare[0] };
}

/** The challenge that a client which signs in by OAuth acts on: Bearer, and of several the one that names the metadata (RFC 9728 §5.1). */
export function pickChallenge(challenges: readonly Challenge[]): Challenge | null {
  const bearer = challenges.filter(({ scheme }) => scheme === 'bearer');
  return bearer.find(({ params }) => params.has('resource_metadata')) ?? bearer[0] ?? challenges[0] ?? null;
}

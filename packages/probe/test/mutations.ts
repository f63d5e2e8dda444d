/** A small generator of repeatable numbers (mulberry32), so that a failing seed can be run again alone. */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761) >>> 0;
  }
  /** 0 ≤ n < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

export interface Reply {
  status: string;
  headers: [string, string][];
  body: Buffer;
  /** What happens after the bytes: keep the connection, end it, break it off, or say nothing more. */
  after: 'keep' | 'end' | 'reset' | 'hang';
  /** An event stream that goes on: no length is said. */
  endless?: boolean;
  /** Sent instead of a well-formed reply. */
  raw: Buffer | null;
}

const JUNK_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '‮gnp.exe',
  [],
  {},
  [[[[]]]],
  { '': '' },
  { __proto__: null },
  '<script>alert(1)</script>',
  'x'.repeat(70_000),
  '2026-07-28',
  'https://[::1',
];

/** Changes one place of a JSON value: removes, replaces, doubles or nests it. */
export function mutateJson(dice: Dice, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || dice.chance(0.15)) return dice.of(JUNK_VALUES);
  if (Array.isArray(value)) {
    const copy = [...value];
    const at = dice.below(copy.length + 1);
    const act = dice.below(4);
    if (act === 0) copy.splice(at, 1);
    else if (act === 1) copy.splice(at, 0, dice.of(JUNK_VALUES));
    else if (act === 2 && copy.length > 0) copy.push(copy[0]);
    else if (copy.length > 0) copy[at % copy.length] = mutateJson(dice, copy[at % copy.length]);
    return copy;
  }
  const copy: Record<string, unknown> = { ...value };
  const keys = Object.keys(copy);
  const key = keys.length === 0 ? 'x' : dice.of(keys);
  switch (dice.below(5)) {
    case 0:
      delete copy[key];
      break;
    case 1:
      copy[key] = dice.of(JUNK_VALUES);
      break;
    case 2:
      copy[dice.of(['result', 'error', 'id', 'method', 'nextCursor', 'tools', '$ref', 'constructor'])] = dice.of(JUNK_VALUES);
      break;
    default:
      copy[key] = mutateJson(dice, copy[key]);
  }
  return copy;
}

const STATUSES = ['100', '101', '103', '200', '201', '202', '204', '206', '299', '300', '301', '302', '304', '307', '308', '310', '400'];
const MORE = ['401', '403', '404', '405', '406', '409', '410', '413', '415', '421', '426', '429', '451', '500', '501', '502', '503', '504'];
const ODD = ['520', '521', '524', '530', '599', '600', '999', '000', '20', '2000', 'OK', '-1'];
const TYPES = [
  'text/html',
  'text/plain',
  'text/event-stream',
  'application/json; charset=utf-16',
  'application/json;',
  ';;;',
  'application/json-rpc',
];
const HEADERS: readonly [string, string][] = [
  ['location', '/mcp'],
  ['location', 'https://elsewhere.example/mcp'],
  ['location', 'http://[bad'],
  ['location', ''],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'br, gzip, deflate'],
  ['content-encoding', 'zstd'],
  ['transfer-encoding', 'chunked'],
  ['transfer-encoding', 'gzip, chunked'],
  ['content-length', '0'],
  ['content-length', '-5'],
  ['content-length', '99999999999999999999'],
  ['content-length', '7'],
  ['mcp-session-id', 'a b\tc'],
  ['mcp-session-id', 'é'.repeat(40)],
  ['mcp-session-id', 'x'.repeat(10_000)],
  ['www-authenticate', 'Bearer resource_metadata="'],
  ['www-authenticate', ',,,=,"\\'],
  ['www-authenticate', `Basic ${'a'.repeat(5000)}`],
  ['retry-after', '-1'],
  ['retry-after', 'Thu, 99 Foo 2026'],
  ['connection', 'close'],
  ['connection', 'upgrade'],
  ['x-filler', 'y'.repeat(40_000)],
  ['x bad name', 'v'],
  ['x-ctl', 'a\u0001b'],
];

/** Turns a healthy reply into one that is wrong in one to three ways. */
export function mutate(dice: Dice, healthy: Reply): Reply {
  const reply: Reply = { ...healthy, headers: [...healthy.headers] };
  for (let times = 1 + dice.below(3); times > 0; times -= 1) mutateOnce(dice, reply);
  return reply;
}

function mutateOnce(dice: Dice, reply: Reply): void {
  switch (dice.below(10)) {
    case 0:
      reply.status = dice.of(dice.chance(0.8) ? [...STATUSES, ...MORE] : ODD);
      return;
    case 1:
      reply.headers = reply.headers.filter(() => dice.chance(0.5));
      return;
    case 2:
      reply.headers.push(dice.of(HEADERS));
      return;
    case 3:
      reply.headers = [...reply.headers.filter(([name]) => name !== 'content-type'), ['content-type', dice.of(TYPES)]];
      return;
    case 4:
    case 5:
      reply.body = Buffer.from(JSON.stringify(mutateJson(dice, parse(reply.body))) ?? '');
      return;
    case 6:
      reply.body = flipBytes(dice, reply.body);
      return;
    case 7:
      reply.body = asEvents(dice, reply.body);
      reply.headers = [...reply.headers.filter(([name]) => name !== 'content-type'), ['content-type', 'text/event-stream']];
      return;
    case 8:
      reply.after = dice.chance(0.03) ? 'hang' : dice.of(['end', 'reset']);
      if (dice.chance(0.3)) reply.body = reply.body.subarray(0, dice.below(reply.body.length + 1));
      return;
    default:
      reply.raw = rawJunk(dice, reply);
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
}

function flipBytes(dice: Dice, body: Buffer): Buffer {
  const copy = Buffer.from(body);
  for (let n = 1 + dice.below(8); n > 0 && copy.length > 0; n -= 1) copy[dice.below(copy.length)] = dice.below(256);
  return dice.chance(0.3) ? Buffer.concat([Buffer.from(dice.of(['\ufeff', 'Starting…\n', '\n\n', ")]}',\n"])), copy]) : copy;
}

function asEvents(dice: Dice, body: Buffer): Buffer {
  const end = dice.of(['\n\n', '\r\n\r\n', '\r\r', '\n', '', '\n\n\n']);
  const event = dice.of([
    'event: message\n',
    'event: endpoint\n',
    'event:\n',
    'id: \u0000\n',
    'retry: x\n',
    ': comment\n',
    '',
    'nonsense\n',
  ]);
  const data = dice.chance(0.2) ? body.toString().replace(/,/g, ',\ndata: ') : body.toString();
  return Buffer.from(`${event}data: ${data}${end}`.repeat(dice.chance(0.1) ? 40 : 1));
}

function rawJunk(dice: Dice, reply: Reply): Buffer {
  const whole = serialize(reply);
  switch (dice.below(5)) {
    case 0:
      return whole.subarray(0, dice.below(whole.length));
    case 1:
      return Buffer.from(whole.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    case 2:
      return flipBytes(dice, whole);
    case 3:
      return Buffer.concat([whole, Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')]);
    default:
      return Buffer.from(dice.of(['\u0016\u0003\u0001', 'SSH-2.0-OpenSSH_9.6\r\n', '220 ready\r\n', 'HTTP/9.9 200 OK\r\n\r\n', '']));
  }
}

/** The bytes of a reply; Content-Length is right unless a mutation set one or a chunked framing. */
export function serialize(reply: Reply): Buffer {
  if (reply.raw !== null) return reply.raw;
  const named = new Set(reply.headers.map(([name]) => name));
  const length: [string, string][] =
    reply.endless === true || named.has('content-length') || named.has('transfer-encoding')
      ? []
      : [['content-length', String(reply.body.length)]];
  const head = [`HTTP/1.1 ${reply.status} X`, ...[...reply.headers, ...length].map(([name, value]) => `${name}: ${value}`), '', ''];
  return Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), reply.body]);
}

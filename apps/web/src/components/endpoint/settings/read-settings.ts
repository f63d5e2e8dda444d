import type { Endpoint, Expect, PolicyInput, UpdateEndpoint } from '@rollcall/contracts';
import { changedMembers } from '#web/lib/changed.ts';
import { readAuth, readMain, readWire } from '../endpoint-fields.tsx';

type Call = NonNullable<Expect['call']>;
export type Assertion = Call['assert'][number];
export type Override = NonNullable<PolicyInput['overrides']>[number];

export const OPERATORS = ['equals', 'contains', 'min', 'max'] as const;
/** One line of the form; an assertion with several members is several lines. */
export interface AssertionLine {
  path: string;
  operator: (typeof OPERATORS)[number];
  value: string;
}

/** What a person mends before anything is sent. `pointer` as the API would name it, without the leading slash. */
export class FormError extends Error {
  readonly pointer: string;
  constructor(pointer: string, message: string) {
    super(message);
    this.pointer = pointer;
  }
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
const linesOf = (form: FormData, name: string): string[] =>
  textOf(form, name)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const wordsOf = (form: FormData, name: string): string[] => [
  ...new Set(
    textOf(form, name)
      .split(/[\s,]+/)
      .filter(Boolean),
  ),
];
const numberOf = (form: FormData, name: string): number | undefined => {
  const text = textOf(form, name);
  return text === '' ? undefined : Number(text);
};
/** Members that hold something. */
function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const empty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !empty(value))) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

export function toLines(assertions: readonly Assertion[]): AssertionLine[] {
  return assertions.flatMap(({ path, ...members }) =>
    OPERATORS.flatMap((operator) => {
      const value = members[operator];
      if (value === undefined) return [];
      return [{ path, operator, value: typeof value === 'string' && !isJsonScalar(value) ? value : JSON.stringify(value) }];
    }),
  );
}

function isJsonScalar(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || typeof value !== 'object';
  } catch {
    return false;
  }
}

/** A number, true, false, null or a text in quotes is that; everything else is the text as it stands. */
function toAssertion({ path, operator, value }: AssertionLine, index: number): Assertion {
  const read: unknown = isJsonScalar(value) ? JSON.parse(value) : value;
  const wrong = (message: string) => new FormError(`expect/call/assert/${index}`, message);
  if (operator === 'equals') return { path, equals: read as string | number | boolean | null };
  if (operator === 'contains') {
    if (read === null) throw wrong('null cannot be contained');
    return { path, contains: read as string | number | boolean };
  }
  if (typeof read !== 'number') throw wrong('must be a number');
  return { path, [operator]: read };
}

function readCall(form: FormData, lines: readonly AssertionLine[]): Call | undefined {
  const tool = textOf(form, 'callTool');
  if (tool === '') return undefined;
  return { tool, arguments: readArguments(textOf(form, 'callArguments')), assert: lines.map(toAssertion) };
}

function readArguments(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new FormError('expect/call/arguments', 'must be a JSON object, such as {"city": "Oslo"}');
}

function readExpect(form: FormData, lines: readonly AssertionLine[]): Expect {
  return given({
    latencyMs: numberOf(form, 'latencyMs'),
    minTools: numberOf(form, 'minTools'),
    requiredTools: linesOf(form, 'requiredTools'),
    protocolVersions: wordsOf(form, 'protocolVersions'),
    serverName: textOf(form, 'serverName'),
    serverVersion: textOf(form, 'serverVersion'),
    certificateDays: numberOf(form, 'certificateDays'),
    call: readCall(form, lines),
  });
}

function readQuorum(text: string): PolicyInput['quorum'] {
  if (text === '') return undefined;
  return text === 'any' || text === 'majority' || text === 'all' ? text : Number(text);
}

function readPolicy(form: FormData, overrides: readonly Override[]): PolicyInput {
  const action = (name: string) => (['alert', 'record'] as const).find((value) => value === form.get(name));
  const drift = given({ breaking: action('driftBreaking'), text: action('driftText'), additive: action('driftAdditive') });
  return given({
    confirmations: numberOf(form, 'confirmations'),
    recoveryConfirmations: numberOf(form, 'recoveryConfirmations'),
    quorum: readQuorum(textOf(form, 'quorum')),
    overrides: overrides.map(({ force, ...rest }) => ({ ...rest, ...(force === true ? { force } : {}) })),
    drift: Object.keys(drift).length === 0 ? undefined : drift,
  });
}

/** `Name: value` lines. */
function readHeaders(form: FormData): Record<string, string> | undefined {
  if (form.get('headersReplace') === null) return undefined;
  return Object.fromEntries(
    linesOf(form, 'headers').map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw new FormError('headers', `"${line.slice(0, 40)}" is no "Name: value"`);
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

/**
 * The body of a PATCH: only what differs from what is stored, because to name the URL or a credential again makes the
 * endpoint another server, measured from the start. @throws FormError
 */
export function readSettings(
  form: FormData,
  endpoint: Endpoint,
  { assertions, overrides }: { assertions: readonly AssertionLine[]; overrides: readonly Override[] },
): UpdateEndpoint {
  const call = endpoint.expect.call;
  const known = {
    ...endpoint,
    expect: call === undefined ? endpoint.expect : { ...endpoint.expect, call: { ...call, assert: toLines(call.assert).map(toAssertion) } },
  };
  const [auth, headers] = [readAuth(form), readHeaders(form)];
  return {
    ...changedMembers(
      {
        ...readMain(form),
        ...readWire(form),
        url: textOf(form, 'url'),
        timeoutMs: Math.round(Number(form.get('timeoutSeconds')) * 1000),
        regions: wordsOf(form, 'regions'),
        expect: readExpect(form, assertions),
        policy: readPolicy(form, overrides),
      },
      known,
    ),
    ...(auth === undefined ? {} : { auth }),
    ...(headers === undefined ? {} : { headers }),
  };
}

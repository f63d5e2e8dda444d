import type { CallFacts, Json, JsonObject, RpcError } from '../observation.ts';
import { isObject, parseJson, show } from './json.ts';

/** What a text says as an answer to the JSON-RPC request with `id`. */
export interface RpcReading {
  readonly parse: CallFacts['parse'];
  readonly id: CallFacts['id'];
  readonly outcome: CallFacts['outcome'];
  readonly nullMember: CallFacts['nullMember'];
  readonly extraMembers: readonly string[];
  readonly error: RpcError | null;
  readonly result: Json | undefined;
  /** A notification or a request of the server's, not an answer. */
  readonly otherMessage: boolean;
}

const NOTHING = {
  id: null,
  outcome: null,
  nullMember: null,
  extraMembers: [],
  error: null,
  result: undefined,
  otherMessage: false,
} as const;
/** What strict schemas hold against a message, as facts that are absent when there is nothing. */
export function oddities({ extraMembers, outcome, result }: RpcReading): Pick<CallFacts, 'extraMembers' | 'resultNotObject'> {
  return {
    ...(extraMembers.length > 0 ? { extraMembers } : {}),
    ...(outcome === 'result' && !isObject(result ?? null) ? { resultNotObject: true as const } : {}),
  };
}

const MEMBERS = new Set(['jsonrpc', 'id', 'result', 'error']);
export const NO_READING: RpcReading = { parse: 'none', ...NOTHING };

export function readRpc(text: string, id: number | string): RpcReading {
  if (text.trim() === '') return { parse: 'empty', ...NOTHING };
  const parsed = parseJson(text);
  if (!parsed.ok) return { parse: 'not_json', ...NOTHING };
  if (parsed.tooDeep) return { parse: 'too_deep', ...NOTHING };
  if (Array.isArray(parsed.value)) {
    const mine = parsed.value.find((item): item is JsonObject => isObject(item) && item['id'] === id) ?? parsed.value.find(isObject);
    if (mine === undefined || !parsed.value.every((item) => isObject(item) && item['jsonrpc'] === '2.0'))
      return { parse: 'not_jsonrpc', ...NOTHING };
    return { ...readMessage(mine, id), parse: 'batch' };
  }
  if (!isObject(parsed.value) || parsed.value['jsonrpc'] !== '2.0') return { parse: 'not_jsonrpc', ...NOTHING };
  return readMessage(parsed.value, id);
}

function readMessage(message: JsonObject, id: number | string): RpcReading {
  if (typeof message['method'] === 'string') return { parse: 'ok', ...NOTHING, otherMessage: true };
  const hasResult = Object.hasOwn(message, 'result');
  const hasError = Object.hasOwn(message, 'error');
  const error = message['error'];
  const resultNull = hasResult && message['result'] === null;
  const errorNull = hasError && error === null;
  const nullMember = hasResult && hasError ? (errorNull ? 'error' : resultNull ? 'result' : null) : null;
  const realResult = hasResult && !(resultNull && hasError);
  const realError = hasError && !(errorNull && hasResult);
  return {
    parse: 'ok',
    id: readId(message, id),
    outcome: realResult && realError ? 'both' : realResult ? 'result' : realError ? 'error' : 'neither',
    nullMember,
    extraMembers: Object.keys(message)
      .filter((key) => !MEMBERS.has(key))
      .slice(0, 10)
      .map((key) => key.slice(0, 64)),
    error: realError ? readError(error ?? null) : null,
    result: realResult ? message['result'] : undefined,
    otherMessage: false,
  };
}

function readId(message: JsonObject, id: number | string): CallFacts['id'] {
  if (!Object.hasOwn(message, 'id')) return 'absent';
  const got = message['id'];
  if (got === id) return 'same';
  if (got === null) return 'null';
  return String(got) === String(id) ? 'stringified' : 'other';
}

function readError(error: Json): RpcError {
  if (!isObject(error)) return { code: null, message: show(error), data: null };
  const { code, message, data } = error;
  const bounded = data === undefined || JSON.stringify(data).length > 4096 ? null : data;
  return {
    code: typeof code === 'number' ? code : null,
    message: typeof message === 'string' ? message.slice(0, 1000) : show(message),
    data: bounded,
  };
}

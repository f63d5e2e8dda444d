import type { CallFacts, Json, JsonObject, Purpose } from '../observation.ts';
import type { Answer } from './ask.ts';
import { addStep, type Context } from './context.ts';
import { readKnown } from './known-answers.ts';
import { askFollowing } from './redirects.ts';
import { NO_READING, oddities, type RpcReading, readRpc } from './rpc.ts';
import { round } from './sse-reader.ts';

export interface CallSpec {
  readonly purpose: Purpose;
  readonly note?: string | undefined;
  readonly rpcMethod: string;
  readonly params: JsonObject | undefined;
  /** Null: a notification, to which no message answers. */
  readonly id: number | string | null;
  readonly url: URL;
  readonly headers: (url: URL) => Record<string, string>;
  readonly firstByteMs?: number | undefined;
  readonly fresh?: boolean | undefined;
  readonly family?: 4 | 6 | undefined;
  readonly silent?: boolean | undefined;
}

export interface CallResult {
  readonly facts: CallFacts;
  readonly result: Json | undefined;
  readonly answer: Answer;
  /** Where it ended after redirects. */
  readonly url: URL;
  readonly bytes: number;
  /** The message as it came. */
  readonly text: string;
}

/** One JSON-RPC call as an HTTP POST, answered by a body or an event stream (Streamable HTTP, "Sending Messages to the Server"). */
export async function call(context: Context, spec: CallSpec): Promise<CallResult> {
  const from = performance.now();
  const { id, rpcMethod: method, params } = spec;
  // A member that is undefined is not written.
  const body = JSON.stringify({ jsonrpc: '2.0', id: id ?? undefined, method, params });
  let streamed: RpcReading | null = null;
  let streamedText = '';
  let otherMessages = 0;
  let dataFault = false;
  const { answer, url, hops } = await askFollowing(
    context,
    (hopUrl) => ({
      purpose: spec.purpose,
      note: spec.note,
      method: 'POST',
      url: hopUrl,
      headers: spec.headers(hopUrl),
      body,
      fresh: spec.fresh,
      family: spec.family,
      firstByteMs: spec.firstByteMs,
      onEvent: (event) => {
        if (spec.id === null) return undefined;
        // Clients hear `message` only; an event of another name is not for them (WHATWG server-sent events §9.2.6).
        if (event.event !== 'message' || event.data === '') return undefined;
        const reading = readKnown(event.data, spec.id);
        if (reading.otherMessage) {
          otherMessages += 1;
          return undefined;
        }
        if (reading.parse !== 'ok') dataFault = true;
        // One question is open: whatever answers, answers it, a wrong id included.
        streamed = reading;
        streamedText = event.data;
        return 'enough';
      },
    }),
    spec.url,
  );
  const isStream = answer.stream !== null;
  // A body that did not come whole is no answer, even when what came reads as one: clients wait for the end, and fail.
  const reading = isStream
    ? (streamed ?? NO_READING)
    : spec.id === null
      ? readNotificationAnswer(answer)
      : answer.status === null || answer.failure !== null
        ? NO_READING
        : // 202 says that there is no answer in it, and clients look for none.
          answer.status === 202
          ? readRpc('', spec.id)
          : readKnown(answer.text, spec.id, answer.draft.bodySha256);
  if (dataFault && answer.draft.stream !== null)
    answer.draft.stream = { ...answer.draft.stream, faults: [...answer.draft.stream.faults, 'data_not_json'] };
  const ms = performance.now() - from;
  const facts: CallFacts = {
    method: spec.rpcMethod,
    exchange: answer.n,
    redirects: hops,
    status: answer.status,
    mediaType: answer.mediaType,
    channel: reading.parse === 'ok' || reading.parse === 'batch' ? (isStream ? 'sse' : 'json') : 'none',
    parse: reading.parse,
    id: reading.id,
    outcome: reading.outcome,
    nullMember: reading.nullMember,
    ...oddities(reading),
    error: reading.error,
    otherMessages: otherMessages + (reading.otherMessage ? 1 : 0),
    ms: round(ms),
  };
  if (spec.silent !== true) addStep(context, stepName(spec), ms, callSucceeded(facts, spec.id === null));
  const text = isStream ? streamedText : answer.text;
  return { facts, result: reading.result, answer, url, bytes: text.length, text };
}

function stepName(spec: CallSpec): string {
  return spec.purpose;
}

function readNotificationAnswer(answer: Answer): RpcReading {
  // A refusal may explain itself in a JSON-RPC error; its id says nothing.
  return answer.text === '' ? { ...NO_READING, parse: 'empty' } : readRpc(answer.text, 0);
}

/** A usable answer: an HTTP success carrying a result for our id; for a notification the HTTP success alone. */
export function callSucceeded(facts: CallFacts, notification: boolean): boolean {
  const okStatus = facts.status !== null && facts.status >= 200 && facts.status < 300;
  if (notification) return okStatus;
  return (
    okStatus &&
    // The SDKs read a batch where a body stands, and nowhere else (measured).
    (facts.parse === 'ok' || (facts.parse === 'batch' && facts.channel === 'json')) &&
    facts.outcome === 'result' &&
    facts.nullMember === null &&
    (facts.id === 'same' || facts.id === 'stringified')
  );
}

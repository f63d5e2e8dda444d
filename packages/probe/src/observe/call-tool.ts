import { assertResult } from '../assert-result.ts';
import type { Json, JsonObject, ListFacts, ToolCallFacts } from '../observation.ts';
import { type Context, remainingMs } from './context.ts';
import { isObject } from './json.ts';
import type { Page } from './list.ts';

/** Apart from the ids of the pages of the list, of which there are at most 64. */
export const TOOL_CALL_ID = 1000;
/** Left of the probe's time for closing the session. */
const RESERVE_MS = 1500;
const MAX_TEXT = 300;
const MAX_HEADER_CHARS = 4096;

export interface ToolCall {
  readonly params: JsonObject & { name: string; arguments: JsonObject };
  /** The tool as the list has it. */
  readonly definition: Json | undefined;
  readonly firstByteMs: number;
}

/**
 * The owner's `tools/call`, on a wire whose list came through; once a probe, whatever wires there are, and only when the owner asked
 * for it. A tool that the list has not is not called.
 */
export async function callTool(
  context: Context,
  wire: ToolCallFacts['wire'],
  list: ListFacts | null,
  send: (call: ToolCall) => Promise<Page>,
  succeeded: (page: Page) => boolean,
): Promise<void> {
  const wanted = context.target.expect.call;
  if (wanted === undefined || context.toolCall !== null || list === null || list.endedBy !== 'complete' || context.signal.aborted) return;
  const { tool } = wanted;
  const nothing = { tool, wire, call: null, isError: false, resultType: null, text: null, assertions: [] } as const;
  context.toolCall = nothing;
  if (!list.names.includes(tool)) return;
  const definition = list.definitions?.find((item) => isObject(item) && item['name'] === tool);
  const page = await send({
    params: { name: tool, arguments: wanted.arguments as JsonObject },
    definition,
    firstByteMs: Math.max(RESERVE_MS, remainingMs(context) - RESERVE_MS),
  });
  const result = succeeded(page) && isObject(page.result) ? page.result : null;
  context.toolCall = {
    ...nothing,
    call: page.facts,
    isError: result?.['isError'] === true,
    resultType: typeof result?.['resultType'] === 'string' ? result['resultType'].slice(0, 64) : null,
    text: result === null ? null : firstText(result),
    assertions: result === null ? [] : wanted.assert.map((assertion) => assertResult(result, assertion)),
  };
}

function firstText(result: JsonObject): string | null {
  const content = result['content'];
  const item = Array.isArray(content) ? content.find((one) => isObject(one) && typeof one['text'] === 'string') : undefined;
  return isObject(item) && typeof item['text'] === 'string' ? item['text'].slice(0, MAX_TEXT) : null;
}

/**
 * What 2026-07-28 wants beside the body: the tool's name, and the arguments that its schema marks with `x-mcp-header`
 * (streamable-http, "Standard Request Headers", "Custom Headers from Tool Parameters").
 */
export function toolCallHeaders({ params, definition }: ToolCall): Record<string, string> {
  const headers: Record<string, string> = { 'mcp-name': headerValue(params.name) };
  const schema = isObject(definition) ? definition['inputSchema'] : undefined;
  if (isObject(schema)) addMarked(schema, params.arguments, headers, 0);
  return headers;
}

function addMarked(schema: JsonObject, given: JsonObject, headers: Record<string, string>, depth: number): void {
  const properties = schema['properties'];
  if (!isObject(properties) || depth > 16) return;
  for (const [name, property] of Object.entries(properties)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (!isObject(property) || value === undefined || value === null) continue;
    const mark = property['x-mcp-header'];
    if (typeof mark === 'string' && /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}$/.test(mark) && typeof value !== 'object')
      headers[`mcp-param-${mark.toLowerCase()}`] = headerValue(String(value));
    if (isObject(value)) addMarked(property, value, headers, depth + 1);
  }
}

/** Values that a header field cannot hold as they are travel in base64 between markers. */
function headerValue(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text) && text.trim() === text && !/^=\?base64\?.*\?=$/.test(text);
  const value = plain ? text : `=?base64?${Buffer.from(text, 'utf8').toString('base64')}?=`;
  return value.slice(0, MAX_HEADER_CHARS);
}

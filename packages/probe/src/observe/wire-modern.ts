import type { Json, JsonObject, ModernFacts, Problem } from '../observation.ts';
import { call, callSucceeded } from './call.ts';
import { callTool, TOOL_CALL_ID, toolCallHeaders } from './call-tool.ts';
import type { Context } from './context.ts';
import { postHeaders } from './headers.ts';
import { isObject, show } from './json.ts';
import { collectTools } from './list.ts';
import { readServer } from './server-facts.ts';
import { MODERN_VERSION } from './versions.ts';

const META = 'io.modelcontextprotocol';

export function modernMeta(context: Context, version = MODERN_VERSION): JsonObject {
  return {
    [`${META}/protocolVersion`]: version,
    [`${META}/clientCapabilities`]: {},
    [`${META}/clientInfo`]: { ...context.clientInfo },
  };
}

export function modernHeaders(context: Context, url: URL, method: string, version = MODERN_VERSION): Record<string, string> {
  return postHeaders(context, url, { 'mcp-protocol-version': version, 'mcp-method': method });
}

/** Stateless 2026-07-28: server/discover, tools/list. No session, nothing to close. */
export async function runModern(context: Context, url: URL, options: { firstByteMs?: number } = {}): Promise<ModernFacts> {
  const discover = await call(context, {
    purpose: 'discover',
    rpcMethod: 'server/discover',
    id: 'd1',
    params: { _meta: modernMeta(context) },
    url,
    headers: (hop) => modernHeaders(context, hop, 'server/discover'),
    firstByteMs: options.firstByteMs,
  });
  const base = { discover: discover.facts, sessionMinted: discover.answer.headers['mcp-session-id'] !== undefined };
  if (!callSucceeded(discover.facts, false)) {
    return { ...base, result: null, server: null, protocolVersion: null, list: null };
  }
  const { result, server } = readDiscover(discover.result);
  if (result === null || !result.supportedVersions.includes(MODERN_VERSION)) {
    return { ...base, result, server, protocolVersion: null, list: null };
  }
  let minted = base.sessionMinted;
  const list = await collectTools(
    'modern',
    async (cursor, page) => {
      const listed = await call(context, {
        purpose: 'tools/list',
        rpcMethod: 'tools/list',
        id: `l${page}`,
        params: { _meta: modernMeta(context), ...(cursor === null ? {} : { cursor }) },
        url: discover.url,
        headers: (hop) => modernHeaders(context, hop, 'tools/list'),
      });
      minted ||= listed.answer.headers['mcp-session-id'] !== undefined;
      return listed;
    },
    () => context.signal.aborted,
  );
  await callTool(
    context,
    'modern',
    list,
    (wanted) =>
      call(context, {
        purpose: 'tools/call',
        rpcMethod: 'tools/call',
        id: `c${TOOL_CALL_ID}`,
        params: { ...wanted.params, _meta: modernMeta(context) },
        url: discover.url,
        headers: (hop) => ({ ...modernHeaders(context, hop, 'tools/call'), ...toolCallHeaders(wanted) }),
        firstByteMs: wanted.firstByteMs,
      }),
    ({ facts }) => callSucceeded(facts, false),
  );
  return { ...base, sessionMinted: minted, result, server, protocolVersion: MODERN_VERSION, list };
}

/** A discover result is modern when it says which versions it supports; anything else is some other server's answer. */
function readDiscover(result: Json | undefined): Pick<ModernFacts, 'result' | 'server'> {
  if (!isObject(result) || !Array.isArray(result['supportedVersions'])) return { result: null, server: null };
  const problems: Problem[] = [];
  const add = (problem: string, pointer: string): void => {
    problems.push({ problem, pointer, value: show(result[pointer.slice(1)]) });
  };
  if (typeof result['resultType'] !== 'string') add('result_type_missing', '/resultType');
  if (!isObject(result['capabilities'])) add('capabilities_missing', '/capabilities');
  if (typeof result['ttlMs'] !== 'number') add('ttl_missing', '/ttlMs');
  if (typeof result['cacheScope'] !== 'string') add('cache_scope_missing', '/cacheScope');
  const meta = result['_meta'];
  const info = isObject(meta) ? meta[`${META}/serverInfo`] : undefined;
  return {
    result: {
      supportedVersions: result['supportedVersions']
        .filter((v): v is string => typeof v === 'string')
        .slice(0, 20)
        .map((v) => v.slice(0, 64)),
      problems,
    },
    server: readServer(info ?? result['serverInfo'], result['capabilities'] ?? {}, result['instructions']),
  };
}

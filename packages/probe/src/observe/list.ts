import type { Era } from '@rollcall/core';
import type { CallFacts, Json, ListFacts, Problem, ToolFacts } from '../observation.ts';
import { callSucceeded } from './call.ts';
import { canonical, hashTools, isObject, sha256, show } from './json.ts';
import { toolProblems } from './tool-problems.ts';

const MAX_PAGES = 64;
const MAX_TOOLS = 20_000;
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_DEFINITION_BYTES = 2 * 1024 * 1024;
const MAX_TOOL_FACTS = 200;
const MAX_NAME = 256;

export interface Page {
  readonly facts: CallFacts;
  readonly result: Json | undefined;
  readonly bytes: number;
}

/** Calls tools/list page by page until the end, a loop or a bound. */
export async function collectTools(
  era: Era,
  fetchPage: (cursor: string | null, page: number) => Promise<Page>,
  expired: () => boolean,
): Promise<ListFacts> {
  const calls: CallFacts[] = [];
  let tools: Json[] = [];
  const problems: Problem[] = [];
  const cursors = new Set<string>();
  const pages = new Set<string>();
  let bytes = 0;
  let cursor: string | null = null;
  const finish = (endedBy: ListFacts['endedBy']): ListFacts => summarize(calls, tools, problems, bytes, endedBy);
  for (let page = 1; ; page += 1) {
    const { facts, result, bytes: pageBytes } = await fetchPage(cursor, page);
    calls.push(facts);
    bytes += pageBytes;
    if (!callSucceeded(facts, false)) return finish(expired() ? 'deadline' : 'failed');
    const { pageTools, next } = readPage(era, result, problems);
    const looped = next !== null && cursors.has(next);
    if (looped) problems.push({ problem: 'cursor_repeated', pointer: '/nextCursor', value: show(next) });
    // An only page repeats none.
    const digest = pageTools.length === 0 || (page === 1 && next === null) ? null : sha256(JSON.stringify(pageTools));
    if (digest !== null && page > 1 && pages.has(digest)) return finish(looped ? 'cursor_loop' : 'page_repeat');
    if (digest !== null) pages.add(digest);
    // A list of one page is that page's own value, which other probes share.
    tools = page === 1 ? pageTools : [...tools, ...pageTools];
    if (next === null) return finish('complete');
    if (looped) return finish('cursor_loop');
    if (page >= MAX_PAGES) return finish('page_limit');
    if (tools.length > MAX_TOOLS) return finish('tool_limit');
    if (bytes > MAX_BYTES) return finish('size_limit');
    if (expired()) return finish('deadline');
    cursors.add(next);
    cursor = next;
  }
}

function readPage(era: Era, result: Json | undefined, problems: Problem[]): { pageTools: Json[]; next: string | null } {
  const add = (problem: string, pointer: string, value: Json | undefined): void => {
    if (!problems.some((p) => p.problem === problem)) problems.push({ problem, pointer, value: show(value) });
  };
  if (!isObject(result)) {
    add('result_not_object', '', result);
    return { pageTools: [], next: null };
  }
  if (era === 'modern') {
    // What client 2 takes of each (measured: simulate/simulate.test.ts); anything else spoils the list as if it were not there.
    const { resultType, ttlMs, cacheScope } = result;
    if (resultType !== 'complete') add('result_type_missing', '/resultType', resultType);
    if (!Number.isSafeInteger(ttlMs) || Number(ttlMs) < 0) add('ttl_missing', '/ttlMs', ttlMs);
    if (cacheScope !== 'public' && cacheScope !== 'private') add('cache_scope_missing', '/cacheScope', cacheScope);
  }
  if (Object.hasOwn(result, '_meta') && !isObject(result['_meta'])) add('meta_not_object', '/_meta', result['_meta']);
  const { tools, nextCursor } = result;
  if (!Array.isArray(tools)) add('tools_not_array', '/tools', tools);
  if (nextCursor === null) add('cursor_null', '/nextCursor', null);
  else if (nextCursor === '') add('cursor_empty', '/nextCursor', '');
  else if (nextCursor !== undefined && typeof nextCursor !== 'string') add('cursor_not_string', '/nextCursor', nextCursor);
  return { pageTools: Array.isArray(tools) ? tools : [], next: typeof nextCursor === 'string' ? nextCursor : null };
}

/** What is made of the tools alone: the same text gives the same. */
interface ToolsDigest {
  readonly names: readonly string[];
  readonly hash: string;
  readonly tools: readonly ToolFacts[];
}

/** A list that was read before comes as the same value (known-answers.ts), and reading one costs more than recognising it. */
const digested = new WeakMap<readonly Json[], ToolsDigest>();

function digest(tools: readonly Json[]): ToolsDigest {
  let made = digested.get(tools);
  if (made === undefined) {
    made = read(tools);
    digested.set(tools, made);
  }
  return made;
}

function read(tools: readonly Json[]): ToolsDigest {
  const toolFacts: ToolFacts[] = [];
  for (const tool of tools) {
    const found = toolProblems(tool);
    if (found.length > 0 && toolFacts.length < MAX_TOOL_FACTS) {
      toolFacts.push({ name: nameOf(tool), hash: `sha256:${sha256(canonical(tool))}`, problems: found });
    }
  }
  return { names: tools.slice(0, MAX_TOOLS).map(nameOf), hash: hashTools(tools), tools: toolFacts };
}

function summarize(calls: CallFacts[], tools: Json[], problems: Problem[], bytes: number, endedBy: ListFacts['endedBy']): ListFacts {
  const { names, hash, tools: toolFacts } = digest(tools);
  return {
    calls,
    pages: calls.length,
    endedBy,
    count: tools.length,
    names,
    hash: endedBy === 'complete' ? hash : null,
    bytes,
    problems,
    tools: toolFacts,
    definitions: bytes <= MAX_DEFINITION_BYTES && endedBy === 'complete' ? tools : null,
  };
}

function nameOf(tool: Json): string {
  return isObject(tool) && typeof tool['name'] === 'string' ? tool['name'].slice(0, MAX_NAME) : '(unnamed)';
}

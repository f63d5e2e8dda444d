import { catalogue } from '../catalogue/index.ts';
import { listRefusals, sdksOf } from '../clients/list-refusals.ts';
import type { ListFacts } from '../observation.ts';
import { callSucceeded } from '../observe/call.ts';
import { HEADER_PARAM_PROBLEMS } from '../observe/header-params.ts';
import { listOf, offersNoTools, serverOf } from './facts.ts';
import { bodyHead, type Facts, type Hit, type Rule, rpcEvidence, seen, waited } from './rule.ts';

const VSCODE_TOOL_CAP = 128;
const LARGE_LIST_BYTES = 512 * 1024;
const SHOWN = 10;

/** The tool list that speaks for the endpoint: of the primary wire, or of any other that has one. */
function mainList({ o, primary }: Facts): ListFacts | null {
  return (primary === null ? null : listOf(o, primary)) ?? o.legacy?.list ?? o.modern?.list ?? o.sse?.list ?? null;
}

/**
 * A rule over each list that was read, the one that speaks for the endpoint first. What only one half of a dual-era server has spares the
 * clients of the other.
 */
function ofEachList(rule: (list: ListFacts, facts: Facts) => readonly Hit[]): Rule {
  return (facts) => {
    const main = mainList(facts);
    if (main === null) return null;
    const others = WIRES.flatMap((wire) => {
      const list = listOf(facts.o, wire);
      return list === null || list === main || list.endedBy === 'failed' || list.endedBy === 'deadline' ? [] : [list];
    });
    const found = [main, ...others].map((list) => rule(list, facts));
    return found.flatMap((hits) =>
      hits.map((hit) => {
        const everywhere = found.every((each) => each.some(({ code }) => code === hit.code));
        return everywhere || catalogue[hit.code].severity !== 'down' ? hit : { ...hit, severity: 'degraded' };
      }),
    );
  };
}
const WIRES = ['legacy', 'modern', 'sse'] as const;

const failed: Rule = (facts) => {
  const { failing } = facts;
  if (failing?.method !== 'tools/list') return null;
  const { status } = failing;
  if (status === 401 || status === 429) return null;
  const exchange = facts.exchange(failing.exchange);
  return {
    code: 'tools.list_failed',
    evidence: {
      ...seen(exchange),
      ...(exchange?.failure?.phase === 'timeout' ? waited(exchange) : {}),
      page: facts.primary === null ? 1 : (listOf(facts.o, facts.primary)?.pages ?? 1),
      ...rpcEvidence(failing),
      ...bodyHead(exchange),
    },
  };
};

const empty: Rule = (facts) => {
  const list = mainList(facts);
  if (list === null) return null;
  const server = facts.primary === null ? null : serverOf(facts.o, facts.primary);
  const complete = list.endedBy === 'complete' && list.count === 0 && !list.problems.some((p) => p.problem === 'tools_not_array');
  if (!complete && !offersNoTools(list, server)) return null;
  const { baseline } = facts.o.target;
  return {
    code: 'tools.empty',
    evidence: {
      ...seen(facts.exchange(list.calls[0]?.exchange)),
      count: 0,
      ...(server === null ? {} : { declared: Object.keys(server.capabilities).slice(0, 20) }),
      ...(baseline === null ? {} : { before: baseline.toolCount }),
    },
    severity: baseline !== null && baseline.toolCount > 0 ? 'down' : 'notice',
  };
};

function isBlameless(list: ListFacts | null): boolean {
  return list === null || (list.problems.length === 0 && list.tools.length === 0);
}

const schemaInvalid: Rule = ({ o, primary, exchange }) => {
  if (WIRES.every((wire) => isBlameless(listOf(o, wire)))) return null;
  const wires = WIRES.flatMap((wire) => {
    const list = listOf(o, wire);
    return list === null || list.endedBy === 'failed' || list.endedBy === 'deadline' ? [] : [{ wire, list }];
  });
  const refusals = wires.flatMap(({ wire, list }) =>
    sdksOf(wire).map((sdk) => ({ wire, list, sdk, problems: listRefusals(sdk, wire, list) })),
  );
  const refused = refusals.filter(({ problems }) => problems.length > 0);
  // The list that speaks for the endpoint comes first; of its readers the one with more objections knows those of the other, too.
  const most = refused.find(({ wire }) => wire === primary) ?? refused[0];
  if (most === undefined) return null;
  return {
    code: 'tools.schema_invalid',
    evidence: {
      ...seen(exchange(most.list.calls[0]?.exchange)),
      problems: most.problems.slice(0, SHOWN).map((problem) => ({ ...problem })),
      total: most.problems.length,
      refusedBy: [...new Set(refused.map(({ sdk }) => SDK_NAMES[sdk]))],
    },
    severity: refused.length === refusals.length ? 'down' : 'degraded',
  };
};
const SDK_NAMES = { 'ts-v1': 'TypeScript SDK 1', 'ts-v2': 'TypeScript client 2' } as const;

function collect(list: ListFacts, names: readonly string[]): { tool: string; problem: string; pointer: string; value: string }[] {
  return list.tools.flatMap((tool) => tool.problems.filter((p) => names.includes(p.problem)).map((p) => ({ tool: tool.name, ...p })));
}

const perTool: Rule = (facts) => {
  const list = mainList(facts);
  if (list === null || list.tools.length === 0) return null;
  const hits: Hit[] = [];
  const groups = [
    ['tools.schema_rejected_by_model_api', ['root_combinator', 'property_name', 'array_without_items']],
    ['tools.schema_dialect', ['dialect']],
    ['tools.schema_external_ref', ['external_ref']],
    ['tools.name_invalid', ['name_invalid']],
    ['tools.suspicious_text', ['hidden_text', 'persuasive_text']],
  ] as const;
  for (const [code, problems] of groups) {
    const found = collect(list, problems);
    if (found.length > 0) hits.push({ code, evidence: { problems: found.slice(0, SHOWN), total: found.length } });
  }
  const headers = collect(list, HEADER_PARAM_PROBLEMS);
  // Only that revision gives it a meaning.
  const means = facts.working.has('modern') ? {} : { severity: 'notice' as const };
  if (headers.length > 0)
    hits.push({ code: 'tools.x_mcp_header_invalid', evidence: { problems: headers.slice(0, SHOWN), total: headers.length }, ...means });
  const destructive = collect(list, ['destructive']);
  const open =
    facts.o.target.authType === 'none' && facts.o.target.headerNames.length === 0 && facts.o.dns?.addresses.some((a) => a.public) === true;
  if (destructive.length > 0 && open)
    hits.push({ code: 'auth.open', evidence: { tools: destructive.slice(0, SHOWN).map((p) => p.tool), total: destructive.length } });
  return hits;
};

function cursorOf(list: ListFacts): { cursor?: string } {
  const value = list.problems.find(({ problem }) => problem === 'cursor_repeated')?.value;
  return value === undefined ? {} : { cursor: value };
}

const pages = ofEachList((list, facts) => {
  if (list.problems.length === 0 && list.endedBy === 'complete' && list.pages === 1) return [];
  const last = list.calls.at(-1);
  const evidence = { ...seen(facts.exchange(last?.exchange)), pages: list.pages, count: list.count };
  const hits: Hit[] = [];
  const nullCursor = list.problems.find((p) => p.problem === 'cursor_null' || p.problem === 'cursor_not_string');
  if (nullCursor !== undefined) hits.push({ code: 'tools.cursor_null', evidence: { ...evidence, ...nullCursor } });
  if (list.endedBy === 'cursor_loop' || list.endedBy === 'page_repeat')
    hits.push({ code: 'tools.cursor_loop', evidence: { ...evidence, endedBy: list.endedBy, ...cursorOf(list) } });
  else if (list.endedBy === 'page_limit' || list.endedBy === 'tool_limit' || list.endedBy === 'size_limit')
    hits.push({ code: 'tools.page_limit', evidence: { ...evidence, endedBy: list.endedBy, bytes: list.bytes } });
  else if (list.pages > 1 && list.endedBy === 'complete') hits.push({ code: 'tools.paginated_truncation', evidence });
  return hits;
});

/** Probe after probe brings the same list. */
const repeatedBefore = new WeakMap<readonly string[], readonly { name: string; count: number }[]>();

function repeatedNames(names: readonly string[]): readonly { name: string; count: number }[] {
  let twice = repeatedBefore.get(names);
  if (twice === undefined) {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    twice = [...counts].filter(([name, count]) => count > 1 && name !== '(unnamed)').map(([name, count]) => ({ name, count }));
    repeatedBefore.set(names, twice);
  }
  return twice;
}

const names = ofEachList((list) => {
  if (list.endedBy === 'cursor_loop' || list.endedBy === 'page_repeat') return [];
  const twice = repeatedNames(list.names);
  return twice.length === 0 ? [] : [{ code: 'tools.duplicate_names', evidence: { names: twice.slice(0, SHOWN), total: twice.length } }];
});

const size: Rule = (facts) => {
  const list = mainList(facts);
  if (list === null) return null;
  const hits: Hit[] = [];
  if (list.count > VSCODE_TOOL_CAP) hits.push({ code: 'tools.too_many', evidence: { count: list.count, cap: VSCODE_TOOL_CAP } });
  if (list.bytes > LARGE_LIST_BYTES) hits.push({ code: 'tools.list_too_large', evidence: { bytes: list.bytes } });
  return hits;
};

/** Each era declares for itself: a client of the other one believes what it is told there. */
const capabilityMissing: Rule = ({ o, primary }) => {
  if (o.modern?.result?.problems.some((p) => p.problem === 'capabilities_missing')) return null;
  const wires = [primary, 'legacy', 'modern', 'sse'] as const;
  const silent = wires.find((wire) => {
    if (wire === null || (listOf(o, wire)?.count ?? 0) === 0) return false;
    const server = serverOf(o, wire);
    return server !== null && server.capabilities['tools'] === undefined;
  });
  if (silent == null) return null;
  const declared = Object.keys(serverOf(o, silent)?.capabilities ?? {}).slice(0, 20);
  return { code: 'tools.capability_missing', evidence: { declared, count: listOf(o, silent)?.count ?? 0, wire: silent } };
};

const varies: Rule = (facts) => {
  const { o } = facts;
  const second = o.deep?.secondList;
  if (second == null || second.hash === null) return null;
  if (second.sameSet)
    return second.sameOrder
      ? null
      : { code: 'tools.unstable_order', evidence: { hash: second.hash, from: second.from && { ...second.from } } };
  const [gone, come] = [[...second.gone], [...second.come]];
  return {
    code: 'tools.varies_between_requests',
    evidence: {
      first: mainList(facts)?.hash ?? null,
      second: second.hash,
      ...(gone.length + come.length === 0 ? { differ: 'the definitions, not the names' } : { gone, come }),
    },
  };
};

const expectations: Rule = (facts) => {
  const { expect } = facts.o.target;
  const list = mainList(facts);
  const hits: Hit[] = [];
  if (list?.calls.every((c) => callSucceeded(c, false)) === true) {
    if (expect.minTools !== undefined && list.count < expect.minTools)
      hits.push({ code: 'expect.min_tools', evidence: { expected: expect.minTools, count: list.count } });
    const missing = (expect.requiredTools ?? []).filter((name) => !list.names.includes(name));
    if (missing.length > 0) hits.push({ code: 'expect.required_tools', evidence: { missing: missing.slice(0, 50) } });
  }
  return hits;
};

export const listRules: readonly Rule[] = [failed];
export const toolRules: readonly Rule[] = [schemaInvalid, pages, empty, capabilityMissing, names, perTool, size, varies, expectations];

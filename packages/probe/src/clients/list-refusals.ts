import type { ListFacts, Problem } from '../observation.ts';
import type { Wire } from '../rules/rule.ts';

/** What the schemas of both SDKs refuse, and with it the whole list (measured: simulate/simulate.test.ts). */
const REFUSED = new Set([
  'not_object',
  'name_missing',
  'name_not_string',
  'input_schema_missing',
  'input_schema_not_object',
  'input_schema_type',
  'null_member',
  'wrong_type',
]);
/** v1 wants every property schema to be an object, and builds a validator for each output schema as soon as it has the list. */
const REFUSED_BY_V1 = new Set(['property_boolean', 'output_schema_broken']);
const RESULT_REFUSED = new Set(['tools_not_array', 'result_not_object', 'meta_not_object']);

export type TypeScriptSdk = 'ts-v1' | 'ts-v2';
/** Who asks over a wire: version 1 knows nothing of 2026-07-28. */
export function sdksOf(wire: Wire): readonly TypeScriptSdk[] {
  return wire === 'modern' ? ['ts-v2'] : ['ts-v1', 'ts-v2'];
}

/** What makes a TypeScript SDK client throw at this list instead of returning it; `tool` is empty where the result itself is at fault. */
export function listRefusals(sdk: TypeScriptSdk, wire: Wire, list: ListFacts): (Problem & { readonly tool: string })[] {
  return [
    ...list.problems.filter(({ problem }) => RESULT_REFUSED.has(problem)).map((problem) => ({ tool: '', ...problem })),
    ...list.tools.flatMap((tool) =>
      tool.problems.filter((problem) => refusesTool(sdk, wire, problem)).map((problem) => ({ tool: tool.name, ...problem })),
    ),
  ];
}

function refusesTool(sdk: TypeScriptSdk, wire: Wire, { problem, pointer }: Problem): boolean {
  if (sdk === 'ts-v2' && problem !== 'input_schema_type') {
    // What stands inside `properties`, and in the 2026-07-28 revision inside the schema, v2 leaves to whoever uses it.
    if (pointer.startsWith(wire === 'modern' ? '/inputSchema/' : '/inputSchema/properties/')) return false;
    // Tasks were an experiment of 2025-11-25.
    if (wire === 'modern' && pointer === '/execution') return false;
  }
  if (REFUSED.has(problem)) return true;
  if (problem === 'output_schema_type' || problem === 'output_schema_member') return wire !== 'modern';
  if (sdk === 'ts-v2') return false;
  return REFUSED_BY_V1.has(problem) || (problem === 'external_ref' && pointer.startsWith('/outputSchema'));
}

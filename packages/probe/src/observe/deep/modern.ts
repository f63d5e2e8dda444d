import { type CallSpec, call } from '../call.ts';
import type { Context } from '../context.ts';
import { modernHeaders, modernMeta } from '../wire-modern.ts';
import { variant } from './ask-list.ts';
import type { DeepRun } from './deep-run.ts';

const FUTURE = '2099-01-01';
const NO_SUCH_METHOD = 'rollcall/no_such_method';

/** What a server of 2026-07-28 must refuse, and how (transports/streamable-http, "Standard headers" and "Protocol Version Header"). */
export async function checkModernRefusals(context: Context, run: DeepRun, url: URL): Promise<void> {
  const questions = [
    { name: 'modernMismatch', rpcMethod: 'tools/list', header: 'prompts/list', version: undefined },
    { name: 'modernFutureVersion', rpcMethod: 'tools/list', header: 'tools/list', version: FUTURE },
    { name: 'modernUnknownMethod', rpcMethod: NO_SUCH_METHOD, header: NO_SUCH_METHOD, version: undefined },
  ] as const;
  for (const { name, rpcMethod, header, version } of questions) {
    if (run.limited || context.signal.aborted) return;
    const spec: CallSpec = {
      purpose: 'deep',
      note: name,
      rpcMethod,
      id: `m-${name}`,
      params: { _meta: modernMeta(context, version) },
      url,
      headers: (hop) => modernHeaders(context, hop, header, version),
      fresh: true,
      silent: true,
    };
    run.facts[name] = variant(run, context, await call(context, spec), null);
  }
}

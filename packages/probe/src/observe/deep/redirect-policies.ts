import type { DeepFacts, RedirectHop } from '../../observation.ts';
import { type CallResult, call, callSucceeded } from '../call.ts';
import type { Context } from '../context.ts';
import { closeSession, openSession } from '../wire-legacy.ts';
import { modernHeaders, modernMeta } from '../wire-modern.ts';
import { type DeepRun, noteLimit } from './deep-run.ts';

const MAX_CONTINUATIONS = 3;

/** Who answers at the end of the chain, when the message arrives there whole. */
type End = 'mcp' | 'sign_in' | 'nothing';
export interface Chain {
  readonly hops: readonly RedirectHop[];
  readonly end: End;
  /** What the end answers to a message without the token; null when that was not asked. */
  readonly withoutToken: End | null;
  readonly token: boolean;
  readonly ownHeaders: boolean;
}
type Policies = NonNullable<DeepFacts['redirectPolicies']>;

/** What becomes of a POST under the policies that clients have. Pure over the hops and what answered at their end. */
export function decidePolicies({ hops, end, withoutToken, token, ownHeaders }: Chain): Policies {
  const verdict = (works: boolean): 'works' | 'fails' => (works ? 'works' : 'fails');
  const kept = hops.every((hop) => hop.methodKept);
  const leaves = hops.some((hop) => !hop.sameOrigin);
  const crosses = hops.some((hop) => !hop.sameOrigin && !hop.upgrade);
  // We never send credentials across origins: a sign-in at the far end is taken for one that the credential would have passed.
  const follow = end === 'mcp' || (end === 'sign_in' && crosses && (token || ownHeaders));
  // Fetch drops Authorization at every change of origin, http → https included (Fetch, "HTTP-redirect fetch" 13).
  const authStripped = token && leaves && kept && (crosses ? end === 'sign_in' : withoutToken === 'sign_in');
  return {
    fetch: verdict(kept && follow && !authStripped),
    sameOrigin: verdict(kept && !crosses && !hops.some((hop) => hop.downgrade) && end === 'mcp'),
    follow: verdict(follow),
    authStripped,
  };
}

/** Only when the endpoint redirects. Requests are sent only where our own policy stopped short of the end. */
export async function checkRedirectPolicies(context: Context, run: DeepRun, wire: 'modern' | 'legacy'): Promise<void> {
  const first = wire === 'modern' ? run.wires.modern?.discover : run.wires.legacy?.initialize;
  if (first == null || first.redirects.length === 0) return;
  const hops = untilStopped(first.redirects);
  let end = endOf(first.status, callSucceeded(first, false));
  for (let n = 0; n < MAX_CONTINUATIONS; n += 1) {
    const to = resumable(hops.at(-1));
    if (to === null || context.signal.aborted || run.limited) break;
    const next = await opening(context, wire, to);
    noteLimit(run, next.facts.status);
    if (context.signal.aborted) return;
    end = endOf(next.facts.status, callSucceeded(next.facts, false));
    if (next.facts.redirects.length === 0) break;
    hops.push(...untilStopped(next.facts.redirects));
  }
  const token = context.target.auth.type !== 'none';
  const ownHeaders = Object.keys(context.target.headers).length > 0;
  const upgraded = hops.some((hop) => hop.upgrade) && hops.every((hop) => hop.sameOrigin || hop.upgrade);
  const last = hops.at(-1);
  let withoutToken: End | null = null;
  if (token && upgraded && end === 'mcp' && last?.to != null && !run.limited) {
    const bare = await opening({ ...context, bearer: null }, wire, new URL(last.to));
    if (!context.signal.aborted) withoutToken = endOf(bare.facts.status, callSucceeded(bare.facts, false));
  }
  run.facts.redirectPolicies = decidePolicies({ hops, end, withoutToken, token, ownHeaders });
}

function endOf(status: number | null, answered: boolean): End {
  if (answered) return 'mcp';
  return status === 401 || status === 403 ? 'sign_in' : 'nothing';
}

/** What a browser-like client would meet afterwards is recorded behind the hop at which the message was lost. */
function untilStopped(hops: readonly RedirectHop[]): RedirectHop[] {
  const stop = hops.findIndex((hop) => hop.stopped !== null);
  return stop === -1 ? [...hops] : hops.slice(0, stop + 1);
}

/** Hops that we do not take ourselves, and that some clients take. */
function resumable(hop: RedirectHop | undefined): URL | null {
  if (hop === undefined || hop.to === null || (hop.stopped !== 'method_lost' && hop.stopped !== 'downgrade')) return null;
  const to = new URL(hop.to);
  to.username = '';
  to.password = '';
  return to;
}

/** The first message of the era; headers are made for each address, so that credentials stay at home. */
async function opening(context: Context, wire: 'modern' | 'legacy', url: URL): Promise<CallResult> {
  if (wire === 'legacy') {
    const { initialize, session } = await openSession(context, url, { deep: 'redirect', fresh: true });
    await closeSession(context, session, true);
    return initialize;
  }
  return call(context, {
    purpose: 'deep',
    note: 'redirect',
    rpcMethod: 'server/discover',
    id: 'd1',
    params: { _meta: modernMeta(context) },
    url,
    headers: (hop) => modernHeaders(context, hop, 'server/discover'),
    fresh: true,
    silent: true,
  });
}

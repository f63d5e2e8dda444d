import type { DeepFacts, LegacyFacts } from '../../observation.ts';
import { callSucceeded } from '../call.ts';
import { type Context, remainingMs } from '../context.ts';
import type { Wires } from '../detect.ts';
import { notifyInitialized, openSession } from '../wire-legacy.ts';
import { checkAffinity } from './affinity.ts';
import { type AskList, landing, legacyList, modernList, succeeded, variant } from './ask-list.ts';
import { type DeepRun, noteLimit, nothingYet, within } from './deep-run.ts';
import { checkFamilies } from './families.ts';
import { checkModernRefusals } from './modern.ts';
import { checkRedirectPolicies } from './redirect-policies.ts';
import { checkOrigins, checkRequestForms } from './requests.ts';
import { checkSecondList, compareLists } from './second-list.ts';
import { checkGetStream, checkUnknownSession, closeAndAsk, getHeaders } from './session.ts';
import { checkSiblings, isWrongPath } from './siblings.ts';
import { compareListEncodings, compareStreamEncodings } from './streams.ts';
import { checkVersions, mayBeTheVersion, type VersionQuestion } from './versions.ts';
import { watchStreams } from './watch-streams.ts';

function isLimited({ modern, legacy, sse }: Wires): boolean {
  return [modern?.discover, legacy?.initialize, sse].some((asked) => asked?.status === 429);
}

interface Check {
  readonly name: string;
  /** Of the time that is left when it begins. */
  readonly share: number;
  readonly run: (context: Context) => Promise<void>;
}

/** The checks that ask more than a client would, one request at a time: the cheap and telling ones first, the one that only waits last. */
export async function runDeep(context: Context, wires: Wires): Promise<DeepFacts> {
  const run: DeepRun = { wires, facts: nothingYet(), lists: [], limited: isLimited(wires) };
  const unfinished: string[] = [];
  const marginMs = Math.min(3000, context.target.timeoutMs / 10);
  await within(context, remainingMs(context) - marginMs, async (limited) => {
    for (const check of plan(context, run)) {
      if (run.limited || limited.signal.aborted) {
        unfinished.push(check.name);
        continue;
      }
      await within(limited, remainingMs(limited) * check.share, async (own) => {
        try {
          await check.run(own);
        } catch {
          // A fault of ours in one check must not lose what the others learnt.
          unfinished.push(check.name);
        }
        if (own.signal.aborted && !unfinished.includes(check.name)) unfinished.push(check.name);
      });
      context.connections.forget();
    }
  });
  return { ...run.facts, unfinished };
}

function plan(context: Context, run: DeepRun): Check[] {
  const { modern, legacy, sse } = run.wires;
  const legacyUrl = landing(context.url, legacy?.initialize.redirects ?? []);
  const modernUrl = landing(context.url, modern?.discover.redirects ?? []);
  const legacyOpens = succeeded(legacy?.initialize);
  const legacyLists = legacyOpens && succeeded(legacy?.list?.calls[0]);
  const modernLists = modern?.protocolVersion != null && succeeded(modern.list?.calls[0]);
  // Each question opens a session: few of them where none can be closed.
  const closable = legacy?.close == null || (legacy.close.status !== null && legacy.close.status < 300);
  const questions: VersionQuestion[] = !legacyLists
    ? ['oldVersion']
    : closable
      ? ['futureVersion', 'absurdVersion', 'oldVersion']
      : ['futureVersion'];
  const wire = legacyOpens ? 'legacy' : modernLists ? 'modern' : sse?.endpoint != null ? 'sse' : null;
  const checks: (Check | false)[] = [
    wire === null &&
      isWrongPath(legacy?.initialize ?? modern?.discover) && {
        name: 'siblings',
        share: 0.5,
        run: (own) => checkSiblings(own, run),
      },
    { name: 'redirects', share: 0.3, run: (own) => checkRedirectPolicies(own, run, legacy === null ? 'modern' : 'legacy') },
    { name: 'families', share: 0.3, run: (own) => checkFamilies(own, run, wire ?? 'legacy') },
    modernLists && { name: 'modern', share: 0.3, run: (own) => checkModernRefusals(own, run, modernUrl) },
    legacyOpens &&
      legacy?.session?.present === true && { name: 'affinity', share: 0.35, run: (own) => checkAffinity(own, run, legacyUrl, closable) },
    legacyLists && legacy !== null && { name: 'legacy-list', share: 0.6, run: (own) => inOneSession(own, run, legacy, legacyUrl) },
    !legacyLists && modernLists && { name: 'modern-list', share: 0.6, run: (own) => overModern(own, run, modernUrl) },
    legacy !== null &&
      (legacyLists || mayBeTheVersion(legacy)) && {
        name: 'versions',
        share: 0.5,
        run: (own) => checkVersions(own, run, legacyUrl, questions),
      },
    { name: 'streams', share: 1, run: (own) => watchStreams(own, run, { legacyUrl, modernUrl, legacyLists, modernLists }) },
  ];
  return checks.filter((check) => check !== false);
}

/** Everything that one open session is enough for. On fresh connections: where sessions get lost, nothing of it would mean anything. */
async function inOneSession(context: Context, run: DeepRun, legacy: LegacyFacts, url: URL): Promise<void> {
  if ((run.facts.affinity?.failures ?? 0) > 0) return;
  const minted = legacy.session?.present === true;
  const { session, initialize } = await openSession(context, url, { deep: 'session', fresh: true });
  noteLimit(run, initialize.facts.status);
  try {
    if (!callSucceeded(initialize.facts, false)) return;
    await notifyInitialized(context, session, 'session');
    const list = legacyList(session);
    if (!run.limited && !context.signal.aborted) await checkUnknownSession(context, run, session);
    await overOneList(context, run, 'legacy', list);
    if (run.limited || context.signal.aborted) return;
    const without = await list(context, { note: 'no-version-header', headers: { 'mcp-protocol-version': null } });
    run.facts.noVersionHeader = variant(run, context, without, null);
    if (run.limited || context.signal.aborted) return;
    await checkOrigins(context, run, list, session.url, { modern: run.wires.modern?.protocolVersion != null, minted });
    if (run.limited || context.signal.aborted) return;
    const stream = await checkGetStream(context, run, session, minted, Math.min(5000, remainingMs(context) / 8));
    if (stream?.stream?.firstByteMs === null && !context.signal.aborted) {
      const again = { method: 'GET', url: session.url, headers: getHeaders(context, session), body: null };
      await compareStreamEncodings(context, run, again, stream);
    }
  } finally {
    await closeAndAsk(context, run, session);
    if (legacy.list !== null) await compareLists(run, 'legacy', legacy.list);
  }
}

async function overModern(context: Context, run: DeepRun, url: URL): Promise<void> {
  const list = modernList(url);
  await overOneList(context, run, 'modern', list);
  if (!run.limited && !context.signal.aborted) await checkOrigins(context, run, list, url, { modern: true, minted: false });
  const first = run.wires.modern?.list ?? null;
  if (first !== null) await compareLists(run, 'modern', first);
}

async function overOneList(context: Context, run: DeepRun, era: 'modern' | 'legacy', list: AskList): Promise<void> {
  const first = era === 'modern' ? run.wires.modern?.list : run.wires.legacy?.list;
  let answered: Parameters<typeof compareListEncodings>[3] | null = null;
  const remembering: AskList = async (own, difference) => {
    const result = await list(own, difference);
    answered ??= result.answer;
    return result;
  };
  if (first != null && !run.limited) await checkSecondList(context, run, era, first, remembering);
  if (answered !== null && !run.limited && !context.signal.aborted) await compareListEncodings(context, run, list, answered);
  if (!run.limited && !context.signal.aborted) await checkRequestForms(context, run, list);
}

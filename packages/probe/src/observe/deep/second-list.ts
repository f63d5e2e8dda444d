import type { DeepFacts, ListFacts } from '../../observation.ts';
import type { Context } from '../context.ts';
import { collectTools } from '../list.ts';
import type { AskList } from './ask-list.ts';
import { type DeepRun, noteLimit } from './deep-run.ts';

/** Longer lists are not asked for twice: every page is a request. */
const MAX_PAGES = 8;
/** A longer list is compared once only. */
const MAX_BYTES = 512 * 1024;
/** So many names say what came and went. */
const MAX_NAMES = 10;

/** The list once more, on fresh connections: the same tools in the same order? */
export async function checkSecondList(
  context: Context,
  run: DeepRun,
  era: 'modern' | 'legacy',
  first: ListFacts,
  list: AskList,
): Promise<void> {
  if (first.hash === null || first.pages > MAX_PAGES) return;
  const second = await collectTools(
    era,
    (cursor) => list(context, { note: 'second-list', ...(cursor === null ? {} : { cursor }) }),
    () => context.signal.aborted,
  );
  noteLimit(run, second.calls.at(-1)?.status ?? null);
  if (second.hash !== null) run.facts.secondList = compare(first, second.hash, second.names);
}

/** The other checks have asked for it, too. The first answer that differs says most. */
export async function compareLists(run: DeepRun, era: 'modern' | 'legacy', first: ListFacts): Promise<void> {
  if (first.hash === null || first.pages !== 1 || first.bytes > MAX_BYTES) return;
  for (const page of run.lists) {
    const again = await collectTools(
      era,
      async () => page,
      () => false,
    );
    if (again.hash === null || again.pages !== 1) continue;
    const seen = compare(first, again.hash, again.names);
    const before = run.facts.secondList;
    if (before === null || (before.sameSet && !seen.sameSet) || (before.sameOrder && !seen.sameOrder)) run.facts.secondList = seen;
    if (!seen.sameSet) return;
  }
}

function compare(first: ListFacts, hash: string, names: readonly string[]): NonNullable<DeepFacts['secondList']> {
  const [before, after] = [new Set(first.names), new Set(names)];
  const differs = names.findIndex((name, n) => name !== first.names[n]);
  return {
    hash,
    sameSet: hash === first.hash,
    sameOrder: names.length === first.names.length && differs === -1,
    gone: first.names.filter((name) => !after.has(name)).slice(0, MAX_NAMES),
    come: names.filter((name) => !before.has(name)).slice(0, MAX_NAMES),
    from: differs === -1 ? null : { n: differs, first: first.names[differs] ?? null, second: names[differs] ?? null },
  };
}

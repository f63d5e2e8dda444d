import type { ListFacts } from '../../observation.ts';
import type { Context } from '../context.ts';
import { collectTools } from '../list.ts';
import type { AskList } from './ask-list.ts';
import type { DeepRun } from './deep-run.ts';

/** Longer lists are not asked for twice: every page is a request. */
const MAX_PAGES = 8;

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
  if (second.hash === null) return;
  run.facts.secondList = {
    hash: second.hash,
    sameSet: second.hash === first.hash,
    sameOrder: second.names.length === first.names.length && second.names.every((name, n) => name === first.names[n]),
  };
}

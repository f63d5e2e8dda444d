import type { Address, Answer } from '@rollcall/client';
import type { BulkAnswer, Endpoint } from '@rollcall/contracts';
import { api } from './api-browser.ts';

type Chosen = Pick<Endpoint, 'id' | 'tags' | 'paused'>;
/** Items a call: small enough that progress is seen. */
const CHUNK = 200;

/** Every endpoint of a list, page after page. */
export async function collect(path: Address<'/endpoints'>, onCount: (count: number) => void): Promise<Chosen[]> {
  const found: Chosen[] = [];
  let cursor: string | null = null;
  do {
    const next = cursor === null ? path : (`${path}&cursor=${encodeURIComponent(cursor)}` as typeof path);
    const page: Answer<'get', '/endpoints'> = await api.read(next);
    found.push(...page.data.map(({ id, tags, paused }) => ({ id, tags, paused })));
    onCount(found.length);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

export type BulkAct = { readonly do: 'pause' | 'resume' | 'check' | 'delete' } | { readonly do: 'tag' | 'untag'; readonly tag: string };

export interface BulkOutcome {
  readonly done: string[];
  readonly failed: number;
  /** What the first failure said. */
  readonly message: string | null;
}

/** Carries one call's worth of an act out. */
function carryOut(act: BulkAct, items: readonly Chosen[]): Promise<BulkAnswer> {
  const ids = items.map(({ id }) => id);
  const update = (change: (item: Chosen) => { paused: boolean } | { tags: string[] }) =>
    api.patch('/endpoints/bulk', { body: { endpoints: items.map((item) => ({ id: item.id, ...change(item) })) } });
  switch (act.do) {
    case 'pause':
      return update(() => ({ paused: true }));
    case 'resume':
      return update(() => ({ paused: false }));
    case 'tag':
      return update(({ tags }) => ({ tags: [...new Set([...tags, act.tag])] }));
    case 'untag':
      return update(({ tags }) => ({ tags: tags.filter((tag) => tag !== act.tag) }));
    case 'check':
      return api.post('/endpoints/bulk/probe', { body: { ids } });
    case 'delete':
      return api.delete('/endpoints/bulk', { body: { ids } });
  }
}

/** Carries an act out on many, call by call. Each succeeds or fails by itself; a call that fails altogether throws. */
export async function runBulk(act: BulkAct, items: readonly Chosen[], onDone: (count: number) => void): Promise<BulkOutcome> {
  const done: string[] = [];
  let message: string | null = null;
  let failed = 0;
  for (let from = 0; from < items.length; from += CHUNK) {
    const { results } = await carryOut(act, items.slice(from, from + CHUNK));
    for (const { id, status, error } of results) {
      if (status === 'failed') {
        failed += 1;
        message ??= error?.detail ?? error?.title ?? null;
      } else if (id !== null) done.push(id);
    }
    onDone(Math.min(items.length, from + CHUNK));
  }
  return { done, failed, message };
}

/** What takes an act back, of what it changed alone: who was paused before stays paused. Null: nothing to take back, or no way. Pure. */
export function inverseOf(act: BulkAct, items: readonly Chosen[], done: readonly string[]): { what: BulkAct; items: Chosen[] } | null {
  const carried = new Set(done);
  const changed = items.filter((item) => carried.has(item.id));
  const back = (what: BulkAct, of: Chosen[]) => (of.length === 0 ? null : { what, items: of });
  switch (act.do) {
    case 'pause':
      return back(
        { do: 'resume' },
        changed.filter(({ paused }) => !paused),
      );
    case 'resume':
      return back(
        { do: 'pause' },
        changed.filter(({ paused }) => paused),
      );
    case 'tag': {
      const added = changed.filter(({ tags }) => !tags.includes(act.tag));
      return back(
        { do: 'untag', tag: act.tag },
        added.map((item) => ({ ...item, tags: [...item.tags, act.tag] })),
      );
    }
    case 'untag': {
      const lost = changed.filter(({ tags }) => tags.includes(act.tag));
      return back(
        { do: 'tag', tag: act.tag },
        lost.map((item) => ({ ...item, tags: item.tags.filter((tag) => tag !== act.tag) })),
      );
    }
    case 'check':
    case 'delete':
      return null;
  }
}

import type { Page } from '@rollcall/contracts';

/** One member of a document that is a list too long for the memory: pages of it. */
export type Section = readonly [name: string, pages: AsyncIterable<readonly unknown[]>];

export const EXPORT_PAGE = 200;

/** A JSON object in pieces: the members of `head`, then each section as an array. No more than one page of it is held. */
export async function* writeDocument(head: Readonly<Record<string, unknown>>, sections: readonly Section[]): AsyncGenerator<string> {
  yield JSON.stringify(head).slice(0, -1);
  for (const [name, pages] of sections) {
    yield `,${JSON.stringify(name)}:[`;
    let separator = '\n';
    for await (const page of pages) {
      if (page.length === 0) continue;
      yield separator + page.map((item) => JSON.stringify(item)).join(',\n');
      separator = ',\n';
    }
    yield ']';
  }
  yield '}\n';
}

/** Every page of a list. */
export async function* pagesOf<T>(list: (query: { limit: number; cursor: string | undefined }) => Promise<Page<T>>): AsyncGenerator<T[]> {
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = await list({ limit: EXPORT_PAGE, cursor });
    yield data;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Every page of the lists that belong to the items of another list, one item after the other. */
export async function* pagesWithin<P, T>(
  parents: AsyncIterable<readonly P[]>,
  pages: (parent: P) => AsyncIterable<T[]>,
): AsyncGenerator<T[]> {
  for await (const page of parents) for (const parent of page) yield* pages(parent);
}

/** Every page of a table, newest first by id. `read` takes the id to go on below. */
export async function* rowPages<R extends { id: string }, T>(
  read: (below: string | undefined) => Promise<R[]>,
  map: (row: R) => T,
): AsyncGenerator<T[]> {
  let below: string | undefined;
  do {
    const rows: R[] = await read(below);
    yield rows.map(map);
    below = rows.length < EXPORT_PAGE ? undefined : rows.at(-1)?.id;
  } while (below !== undefined);
}

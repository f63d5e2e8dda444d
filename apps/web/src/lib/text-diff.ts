export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Cells of the table below at most: beyond it the middle is told as replaced. */
const MAX_CELLS = 250_000;

const wordsOf = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];

/** What of a text went and what came, word by word. Joined without the added parts it is `before`, without the removed ones `after`. Pure. */
export function diffWords(before: string, after: string): DiffPart[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const middle = diffMiddle(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  const same = (words: string[]): DiffPart => ({ kind: 'same', text: words.join('') });
  return merged([same(old.slice(0, head)), ...middle, same(old.slice(old.length - tail))]);
}

function diffMiddle(old: string[], now: string[]): DiffPart[] {
  const replaced: DiffPart[] = [
    { kind: 'removed', text: old.join('') },
    { kind: 'added', text: now.join('') },
  ];
  if (old.length * now.length > MAX_CELLS) return replaced;
  // Length of the longest common subsequence of what follows, by place.
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      parts.push({ kind: 'same', text: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ kind: 'removed', text: old[i] ?? '' });
      i += 1;
    } else {
      parts.push({ kind: 'added', text: now[j] ?? '' });
      j += 1;
    }
  }
  return parts;
}

/** Neighbours of one kind joined; of a run of changes what went stands before what came. */
function merged(parts: readonly DiffPart[]): DiffPart[] {
  const out: DiffPart[] = [];
  let run = { removed: '', added: '' };
  const flush = () => {
    if (run.removed !== '') out.push({ kind: 'removed', text: run.removed });
    if (run.added !== '') out.push({ kind: 'added', text: run.added });
    run = { removed: '', added: '' };
  };
  for (const [index, { kind, text }] of parts.entries()) {
    if (text === '') continue;
    // A space between two changes reads better as part of them.
    const joins = kind === 'same' && text.trim() === '' && (run.removed !== '' || run.added !== '') && nextChanges(parts, index);
    if (joins) run = { removed: run.removed + text, added: run.added + text };
    else if (kind !== 'same') run[kind] += text;
    else {
      flush();
      const last = out.at(-1);
      if (last?.kind === 'same') out[out.length - 1] = { kind, text: last.text + text };
      else out.push({ kind, text });
    }
  }
  flush();
  return out;
}

function nextChanges(parts: readonly DiffPart[], index: number): boolean {
  const next = parts.slice(index + 1).find(({ text }) => text !== '');
  return next !== undefined && next.kind !== 'same';
}

/** The middle of a long part that did not change, left out. Pure. */
export function elide(parts: readonly DiffPart[], context = 90): DiffPart[] {
  return parts.map((part, index) => {
    if (part.kind !== 'same') return part;
    const [before, after] = [index === 0 ? 0 : context, index === parts.length - 1 ? 0 : context];
    if (part.text.length <= before + after + 20) return part;
    const end = after === 0 ? '' : part.text.slice(-after);
    return { kind: 'same', text: `${part.text.slice(0, before)} … ${end}` };
  });
}

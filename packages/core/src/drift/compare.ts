import { compareSchemas, type Direction, type Emit, memberOf } from './compare-schemas.ts';
import {
  CHANGE_CLASSES,
  type ChangeClass,
  type Comparison,
  canonicalJson,
  type DriftChange,
  isRecord,
  type JsonRecord,
  type JsonValue,
  pointerTo,
  render,
  type Snapshot,
} from './snapshot.ts';

/** A comparison shows no more changes than these; it counts all. */
export const MAX_CHANGES = 200;

/** What differs between two snapshots, weighed. Pure; the order of the tools and of members never matters. */
export function compare(before: Snapshot, after: Snapshot): Comparison {
  const found: DriftChange[] = [];
  const emitFor = (tool: string | null): Emit => {
    return (kind, what, pointer, old, now) => {
      found.push({ class: kind, what, tool, pointer, before: render(old), after: render(now) });
    };
  };
  const names = compareTools(before, after, emitFor);
  // Too large to be kept: what changed is not known, and it may have been anything.
  if (found.length === 0 && (before.tools === null || after.tools === null) && before.toolsHash !== after.toolsHash)
    emitFor(null)('breaking', 'definitions changed', '/tools', before.toolsHash ?? undefined, after.toolsHash ?? undefined);
  compareText('instructions changed', '/instructions', before.instructions, after.instructions, emitFor(null));
  const announced = compareServer(before.server, after.server, emitFor(null));
  const classes = CHANGE_CLASSES.filter((kind) => found.some((change) => change.class === kind));
  const ofContent = found.some(({ pointer }) => !pointer.startsWith('/serverInfo'));
  return {
    changes: CHANGE_CLASSES.flatMap((kind) => found.filter((change) => change.class === kind)).slice(0, MAX_CHANGES),
    total: found.length,
    class: classes[0] ?? null,
    classes,
    ...names,
    unversioned: ofContent && !announced,
  };
}

/** The comparison of two snapshots whose hashes differ and whose kept parts do not: what changed lies beyond the bounds. */
export function unexplained(before: string, after: string): Comparison {
  const change: DriftChange = { class: 'text', what: 'changed beyond what is kept', tool: null, pointer: '', before, after };
  return { changes: [change], total: 1, class: 'text', classes: ['text'], added: [], removed: [], changed: [], unversioned: true };
}

type EmitFor = (tool: string | null) => Emit;

function compareTools(before: Snapshot, after: Snapshot, emitFor: EmitFor): Pick<Comparison, 'added' | 'removed' | 'changed'> {
  const [former, latter] = [keyed(before), keyed(after)];
  const [added, removed, changed] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const key of [...new Set([...former.keys(), ...latter.keys()])].sort()) {
    const [was, is] = [former.get(key), latter.get(key)];
    const name = (was ?? is)?.name ?? key;
    const emit = emitFor(name);
    if (was === undefined) {
      added.add(name);
      emit('additive', 'tool added', '', undefined, is?.tool ?? name);
    } else if (is === undefined) {
      removed.add(name);
      emit('breaking', 'tool removed', '', was.tool ?? name, undefined);
    } else if (was.tool !== null && is.tool !== null && canonicalJson(was.tool) !== canonicalJson(is.tool)) {
      changed.add(name);
      compareTool(was.tool, is.tool, emit);
    }
  }
  return { added: [...added], removed: [...removed], changed: [...changed] };
}

interface Keyed {
  readonly name: string;
  /** Null: the definition is not known. */
  readonly tool: JsonValue | null;
}

/** Tools by name; of several with one name each has a place of its own, the same whatever their order. */
function keyed(snapshot: Snapshot): Map<string, Keyed> {
  const items: Keyed[] =
    snapshot.tools === null
      ? snapshot.names.map((name) => ({ name, tool: null }))
      : snapshot.tools
          .map((tool) => ({ name: nameOf(tool), tool }))
          .map(withText)
          .sort(byText)
          .map(({ name, tool }) => ({ name, tool }));
  const counts = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const n = counts.get(item.name) ?? 0;
      counts.set(item.name, n + 1);
      return [`${item.name}\n${n}`, item];
    }),
  );
}

const withText = (item: { name: string; tool: JsonValue }) => ({ ...item, text: canonicalJson(item.tool) });
const byText = (a: { text: string }, b: { text: string }) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);

function nameOf(tool: JsonValue): string {
  const name = isRecord(tool) ? tool['name'] : undefined;
  return typeof name === 'string' ? name : '(unnamed)';
}

const SCHEMAS: Readonly<Record<string, Direction>> = { inputSchema: 'input', outputSchema: 'output' };

function compareTool(before: JsonValue, after: JsonValue, emit: Emit): void {
  if (!isRecord(before) || !isRecord(after)) {
    emit('breaking', 'tool replaced', '', before, after);
    return;
  }
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const [old, now] = [memberOf(before, key), memberOf(after, key)];
    if (old !== undefined && now !== undefined && canonicalJson(old) === canonicalJson(now)) continue;
    compareMember(key, old, now, emit);
  }
}

function compareMember(key: string, old: JsonValue | undefined, now: JsonValue | undefined, emit: Emit): void {
  const at = pointerTo('', key);
  const direction = Object.hasOwn(SCHEMAS, key) ? SCHEMAS[key] : undefined;
  if (direction !== undefined) {
    if (old === undefined) emit(direction === 'input' ? 'breaking' : 'additive', `${key} added`, at, old, now);
    else if (now === undefined) emit('breaking', `${key} removed`, at, old, now);
    else compareWithin(old, now, at, direction, emit);
    return;
  }
  // How it must be called (2025-11-25 tools, "execution").
  if (key === 'execution') {
    emit('breaking', 'execution changed', at, old, now);
    return;
  }
  if (key === 'annotations' && (old === undefined || isRecord(old)) && (now === undefined || isRecord(now))) {
    compareAnnotations(old ?? {}, now ?? {}, at, emit);
    return;
  }
  emit('text', `${key} ${old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'}`, at, old, now);
}

/** A difference that no keyword tells (both mean the same to a validator) is still one that can be read. */
function compareWithin(old: JsonValue, now: JsonValue, at: string, direction: Direction, emit: Emit): void {
  let told = false;
  const tell: Emit = (...change) => {
    told = true;
    emit(...change);
  };
  compareSchemas(old, now, at, { direction, emit: tell });
  if (!told) emit('text', 'written differently', at, old, now);
}

function compareAnnotations(before: JsonRecord, after: JsonRecord, at: string, emit: Emit): void {
  let told = false;
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const [old, now] = [memberOf(before, key), memberOf(after, key)];
    if (old !== undefined && now !== undefined && canonicalJson(old) === canonicalJson(now)) continue;
    told = true;
    emit('text', `${key} changed`, pointerTo(at, key), old, now);
  }
  if (!told) emit('text', 'annotations changed', at, before, after);
}

function compareText(what: string, pointer: string, old: string | null, now: string | null, emit: Emit): void {
  if (old !== now) emit('text', what, pointer, old ?? undefined, now ?? undefined);
}

/** Answers whether the server gives another version or name now. A new version alone is what a release looks like: additive. */
function compareServer(before: Snapshot['server'], after: Snapshot['server'], emit: Emit): boolean {
  compareText('server name changed', '/serverInfo/name', before?.name ?? null, after?.name ?? null, emit);
  const [old, now] = [before?.version ?? null, after?.version ?? null];
  if (old !== now) emit('additive', 'server version changed', '/serverInfo/version', old ?? undefined, now ?? undefined);
  return old !== now;
}

/** One line for a message: how many of which kind. */
export function summarizeChanges({ added, removed, changed, changes, class: worst, unversioned }: Comparison): string {
  const count = (n: number, words: string): string[] => (n === 0 ? [] : [`${n} ${n === 1 ? 'tool' : 'tools'} ${words}`]);
  const parts = [...count(removed.length, 'removed'), ...count(added.length, 'added'), ...count(changed.length, 'changed')];
  if (changes.some(({ pointer }) => pointer === '/instructions')) parts.push('instructions changed');
  if (changes.some(({ pointer }) => pointer === '/serverInfo/name')) parts.push('server name changed');
  if (changes.some(({ pointer }) => pointer === '/serverInfo/version')) parts.push('server version changed');
  const kind: Readonly<Record<ChangeClass, string>> = { breaking: 'Breaking', text: 'Texts', additive: 'Additive' };
  const head = worst === null ? 'No change' : `${kind[worst]}: ${parts.join(', ')}`;
  return unversioned ? `${head}; the version of the server is the same` : head;
}

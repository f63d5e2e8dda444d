import { type ChangeClass, canonicalJson, isRecord, type JsonRecord, type JsonValue, pointerTo } from './snapshot.ts';

/** What the schema governs: an `input` that narrows refuses calls that worked, an `output` that widens surprises its readers. */
export type Direction = 'input' | 'output';

export type Emit = (kind: ChangeClass, what: string, pointer: string, before: JsonValue | undefined, after: JsonValue | undefined) => void;

type Effect = 'narrowed' | 'widened';

interface Side {
  readonly direction: Direction;
  readonly emit: Emit;
}

const MAX_DEPTH = 64;
/** JSON Schema 2020-12 validation §9: annotations, read by people and models, without effect on validity. */
const ANNOTATIONS = new Set(['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$comment']);
const LOWER_BOUNDS = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains']);
const UPPER_BOUNDS = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains']);
/** Each holds one schema, or a list of them, or names of them. */
const SUBSCHEMAS = new Set(['items', 'contains', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties', 'additionalItems']);
const NAMED_SUBSCHEMAS = new Set(['$defs', 'definitions', 'patternProperties', 'dependentSchemas']);
const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

function classOf(effect: Effect, { direction }: Side): ChangeClass {
  return (effect === 'narrowed') === (direction === 'input') ? 'breaking' : 'additive';
}

/** Tells every difference of two schemas. What it cannot weigh is breaking: better one look too many. */
export function compareSchemas(before: JsonValue, after: JsonValue, pointer: string, side: Side, depth = 0): void {
  if (canonicalJson(before) === canonicalJson(after)) return;
  const [former, latter] = [asSchema(before), asSchema(after)];
  if (former === null || latter === null || depth > MAX_DEPTH) {
    side.emit('breaking', 'schema replaced', pointer, before, after);
    return;
  }
  if (former === false || latter === false) {
    side.emit(classOf(latter === false ? 'narrowed' : 'widened', side), 'schema replaced', pointer, before, after);
    return;
  }
  compareTypes(former, latter, pointer, side);
  compareValues(former, latter, pointer, side);
  compareRequired(former['required'], latter['required'], pointer, side);
  compareProperties(former, latter, pointer, side, depth);
  for (const key of new Set([...Object.keys(former), ...Object.keys(latter)])) {
    if (DONE.has(key)) continue;
    const [old, now] = [memberOf(former, key), memberOf(latter, key)];
    if (old !== undefined && now !== undefined && canonicalJson(old) === canonicalJson(now)) continue;
    compareKeyword(key, old, now, pointerTo(pointer, key), side, depth);
  }
}
const DONE = new Set(['type', 'enum', 'const', 'required', 'properties']);

/** `true` allows what `{}` allows. */
function asSchema(value: JsonValue): JsonRecord | false | null {
  if (value === true) return {};
  if (value === false) return false;
  return isRecord(value) ? value : null;
}

/** A member of the object itself: a tool may name a parameter `constructor`. */
export function memberOf(object: JsonRecord, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function typesOf(value: JsonValue | undefined): Set<string> {
  const named = value === undefined ? TYPES : (Array.isArray(value) ? value : [value]).map(String);
  // Every integer is a number.
  return new Set(named.includes('number') ? [...named, 'integer'] : named);
}

function compareTypes(before: JsonRecord, after: JsonRecord, pointer: string, side: Side): void {
  const [old, now] = [memberOf(before, 'type'), memberOf(after, 'type')];
  const [former, latter] = [typesOf(old), typesOf(now)];
  const lost = [...former].some((type) => !latter.has(type));
  const won = [...latter].some((type) => !former.has(type));
  if (!lost && !won) return;
  const at = pointerTo(pointer, 'type');
  if (lost && won) side.emit('breaking', 'type changed', at, old, now);
  else if (lost) side.emit(classOf('narrowed', side), 'type narrowed', at, old, now);
  else side.emit(classOf('widened', side), 'type widened', at, old, now);
}

/** `const` is an enum of one. */
function compareValues(before: JsonRecord, after: JsonRecord, pointer: string, side: Side): void {
  const valuesOf = (schema: JsonRecord): JsonValue[] | null => {
    const single = memberOf(schema, 'const');
    if (single !== undefined) return [single];
    const several = memberOf(schema, 'enum');
    return Array.isArray(several) ? several : several === undefined ? null : [several];
  };
  const [former, latter] = [valuesOf(before), valuesOf(after)];
  if (former === null && latter === null) return;
  const at = pointerTo(pointer, Object.hasOwn(latter === null ? before : after, 'const') ? 'const' : 'enum');
  if (former === null || latter === null) {
    const [effect, what] = latter === null ? (['widened', 'enum lifted'] as const) : (['narrowed', 'enum introduced'] as const);
    side.emit(classOf(effect, side), what, at, former ?? undefined, latter ?? undefined);
    return;
  }
  const [old, now] = [new Set(former.map(canonicalJson)), new Set(latter.map(canonicalJson))];
  const gone = former.filter((value) => !now.has(canonicalJson(value)));
  const come = latter.filter((value) => !old.has(canonicalJson(value)));
  if (gone.length > 0) side.emit(classOf('narrowed', side), 'enum value removed', at, gone, undefined);
  if (come.length > 0) side.emit(classOf('widened', side), 'enum value added', at, undefined, come);
}

function namesOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}

function compareRequired(before: JsonValue | undefined, after: JsonValue | undefined, pointer: string, side: Side): void {
  const [former, latter] = [new Set(namesOf(before)), new Set(namesOf(after))];
  const word = side.direction === 'input' ? 'parameter' : 'member';
  const at = pointerTo(pointer, 'required');
  for (const name of latter) if (!former.has(name)) side.emit(classOf('narrowed', side), `required ${word} added`, at, undefined, name);
  for (const name of former) if (!latter.has(name)) side.emit(classOf('widened', side), `${word} no longer required`, at, name, undefined);
}

function compareProperties(before: JsonRecord, after: JsonRecord, pointer: string, side: Side, depth: number): void {
  const [old, now] = [memberOf(before, 'properties'), memberOf(after, 'properties')];
  const [former, latter] = [isRecord(old) ? old : {}, isRecord(now) ? now : {}];
  const word = side.direction === 'input' ? 'parameter' : 'member';
  for (const name of new Set([...Object.keys(former), ...Object.keys(latter)])) {
    const at = pointerTo(pointerTo(pointer, 'properties'), name);
    const [was, is] = [memberOf(former, name), memberOf(latter, name)];
    if (was === undefined) side.emit('additive', `${word} added`, at, undefined, is);
    // Whoever sends or reads it is no longer understood, in either direction.
    else if (is === undefined) side.emit('breaking', `${word} removed`, at, was, undefined);
    else compareSchemas(was, is, at, side, depth + 1);
  }
  if (isRecord(old) !== isRecord(now) && canonicalJson(old ?? {}) !== canonicalJson(now ?? {}) && (old ?? now) !== undefined) {
    const malformed = (old !== undefined && !isRecord(old)) || (now !== undefined && !isRecord(now));
    if (malformed) side.emit('breaking', 'schema replaced', pointerTo(pointer, 'properties'), old, now);
  }
}

function compareKeyword(key: string, old: JsonValue | undefined, now: JsonValue | undefined, at: string, side: Side, depth: number): void {
  const tell = (effect: Effect, what: string): void => side.emit(classOf(effect, side), what, at, old, now);
  if (ANNOTATIONS.has(key) || (key.startsWith('x-') && key !== 'x-mcp-header')) {
    side.emit('text', `${key} changed`, at, old, now);
    return;
  }
  if (LOWER_BOUNDS.has(key) || UPPER_BOUNDS.has(key)) {
    const loosest = LOWER_BOUNDS.has(key) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const [former, latter] = [typeof old === 'number' ? old : loosest, typeof now === 'number' ? now : loosest];
    const tighter = LOWER_BOUNDS.has(key) ? latter > former : latter < former;
    tell(tighter ? 'narrowed' : 'widened', `${key} ${tighter ? 'tightened' : 'loosened'}`);
    return;
  }
  if (key === 'additionalProperties' || SUBSCHEMAS.has(key)) {
    compareSubschema(key, old, now, at, side, depth);
    return;
  }
  if (NAMED_SUBSCHEMAS.has(key)) {
    compareNamed(old, now, at, side, depth);
    return;
  }
  if (key === 'anyOf' || key === 'oneOf') {
    compareAlternatives(old, now, at, side, 'widened');
    return;
  }
  if (key === 'allOf') {
    compareAlternatives(old, now, at, side, 'narrowed');
    return;
  }
  if (now === undefined) {
    tell('widened', `${key} lifted`);
    return;
  }
  if (old === undefined) {
    tell('narrowed', `${key} introduced`);
    return;
  }
  side.emit('breaking', `${key} changed`, at, old, now);
}

function compareSubschema(
  key: string,
  old: JsonValue | undefined,
  now: JsonValue | undefined,
  at: string,
  side: Side,
  depth: number,
): void {
  if (Array.isArray(old) || Array.isArray(now)) {
    side.emit('breaking', `${key} changed`, at, old, now);
    return;
  }
  // An absent one allows everything.
  if (old === undefined && (now === true || canonicalJson(now ?? true) === '{}')) return;
  if (now === undefined && (old === true || canonicalJson(old ?? true) === '{}')) return;
  if (old === undefined) {
    side.emit(classOf('narrowed', side), `${key} introduced`, at, old, now);
    return;
  }
  if (now === undefined) {
    side.emit(classOf('widened', side), `${key} lifted`, at, old, now);
    return;
  }
  compareSchemas(old, now, at, side, depth + 1);
}

function compareNamed(old: JsonValue | undefined, now: JsonValue | undefined, at: string, side: Side, depth: number): void {
  const [former, latter] = [isRecord(old) ? old : {}, isRecord(now) ? now : {}];
  for (const name of new Set([...Object.keys(former), ...Object.keys(latter)])) {
    const [was, is] = [memberOf(former, name), memberOf(latter, name)];
    if (was === undefined) side.emit('additive', 'definition added', pointerTo(at, name), undefined, is);
    else if (is === undefined) side.emit('breaking', 'definition removed', pointerTo(at, name), was, undefined);
    else compareSchemas(was, is, pointerTo(at, name), side, depth + 1);
  }
}

/** `more`: what one more member of the list does to what is allowed. */
function compareAlternatives(old: JsonValue | undefined, now: JsonValue | undefined, at: string, side: Side, more: Effect): void {
  const fewer: Effect = more === 'widened' ? 'narrowed' : 'widened';
  if (!Array.isArray(old)) {
    side.emit(classOf('narrowed', side), 'alternatives introduced', at, old, now);
    return;
  }
  if (!Array.isArray(now)) {
    side.emit(classOf('widened', side), 'alternatives lifted', at, old, now);
    return;
  }
  const [former, latter] = [new Set(old.map(canonicalJson)), new Set(now.map(canonicalJson))];
  const gone = old.filter((schema) => !latter.has(canonicalJson(schema)));
  const come = now.filter((schema) => !former.has(canonicalJson(schema)));
  if (gone.length > 0) side.emit(classOf(fewer, side), 'alternative removed', at, gone, undefined);
  if (come.length > 0) side.emit(classOf(more, side), 'alternative added', at, undefined, come);
}

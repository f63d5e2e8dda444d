type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** `GET /incidents`, its answer or its body, and the way in from there: a member's name, or `[]` for the items of a list. */
export interface Place {
  readonly operation: string;
  readonly of: 'answer' | 'body';
  readonly way: readonly string[];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  return names.reduce<Json | undefined>((at, name) => (isObject(at) ? at[name] : undefined), value);
}

/** `T | null` is T. */
function unwrap(schema: Json | undefined): Json | undefined {
  const anyOf = member(schema, 'anyOf');
  return Array.isArray(anyOf) && anyOf.length === 2 && member(anyOf[1], 'type') === 'null' ? anyOf[0] : schema;
}

/** The schema at a place. @throws Error when there is none: the table of names is behind the contract. */
export function schemaAt(document: JsonObject, name: string, { operation, of, way }: Place): JsonObject {
  const [method = '', path = ''] = operation.split(' ');
  const described = member(document, 'paths', path, method.toLowerCase());
  const responses = member(described, 'responses');
  const good = Object.keys(isObject(responses) ? responses : {}).find((status) => status < '300') ?? '';
  const content = of === 'body' ? member(described, 'requestBody', 'content') : member(responses, good, 'content');
  const found = way.reduce(
    (at, step) => unwrap(step === '[]' ? member(at, 'items') : member(at, 'properties', step)),
    member(content, 'application/json', 'schema'),
  );
  if (!isObject(found)) throw new Error(`The contract has no ${of} ${['', ...way].join('/')} at ${operation}: mend the name ${name}.`);
  return found;
}

/**
 * A record whose keys are known, said as members. JSON Schema says it by `propertyNames`, which types are not made of.
 */
export function spellRecords(value: Json): Json {
  if (Array.isArray(value)) return value.map(spellRecords);
  if (!isObject(value)) return value;
  const spelled = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spellRecords(inner)]));
  const { propertyNames, additionalProperties, ...rest } = spelled;
  const keys = member(propertyNames, 'enum');
  if (!Array.isArray(keys) || !isObject(additionalProperties)) return spelled;
  return { ...rest, properties: Object.fromEntries(keys.map((key) => [String(key), additionalProperties])) };
}

/**
 * The document with each named schema said once, under components: OpenAPI repeats what many operations share, and types
 * made of it would have neither a name nor an end.
 */
export function nameSchemas(document: JsonObject, places: Readonly<Record<string, Place>>): JsonObject {
  const names = new Map<string, string>();
  const named = Object.entries(places).map(([name, place]) => {
    const schema = schemaAt(document, name, place);
    const text = JSON.stringify(schema);
    const other = names.get(text);
    if (other !== undefined) throw new Error(`${name} is the same as ${other}: one of the two names is too many.`);
    names.set(text, name);
    return [name, schema] as const;
  });
  const refer = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(refer);
    if (!isObject(value)) return value;
    const name = names.get(JSON.stringify(value));
    return name === undefined ? inside(value) : { $ref: `#/components/schemas/${name}` };
  };
  const inside = (value: JsonObject): JsonObject => Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, refer(inner)]));
  const components = (document['components'] ?? {}) as JsonObject;
  return {
    ...document,
    paths: refer(document['paths'] ?? {}),
    components: {
      ...components,
      schemas: { ...(components['schemas'] as JsonObject), ...Object.fromEntries(named.map(([name, schema]) => [name, inside(schema)])) },
    },
  };
}

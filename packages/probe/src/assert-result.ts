import type { Expect } from '@rollcall/contracts';
import type { Json } from './observation.ts';
import { isObject, show } from './observe/json.ts';

export type Assertion = NonNullable<Expect['call']>['assert'][number];
export const ASSERTION_KINDS = ['equals', 'contains', 'min', 'max'] as const;
export type AssertionKind = (typeof ASSERTION_KINDS)[number];

/** What an assertion came to. `value` is a short rendering: the result itself is not kept. */
export interface AssertionFact {
  readonly path: string;
  readonly found: boolean;
  readonly value: string;
  readonly failed: readonly AssertionKind[];
}

const MAX_VALUE = 200;

/** Looks at one place of a result. Pure; no text of the owner or of the server is run as a pattern. */
export function assertResult(result: Json, assertion: Assertion): AssertionFact {
  const value = valueAt(result, assertion.path);
  const failed = ASSERTION_KINDS.filter((kind) => assertion[kind] !== undefined && !holds(kind, assertion, value));
  return { path: assertion.path, found: value !== undefined, value: show(value, MAX_VALUE), failed };
}

/** RFC 6901; undefined: nothing stands there. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  if (pointer === '') return root;
  let value: Json | undefined = root;
  for (const escaped of pointer.slice(1).split('/')) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = /^(0|[1-9]\d{0,9})$/.test(key) ? value[Number(key)] : undefined;
    else if (isObject(value)) value = Object.hasOwn(value, key) ? value[key] : undefined;
    else return undefined;
  }
  return value;
}

function holds(kind: AssertionKind, { equals, contains, min, max }: Assertion, value: Json | undefined): boolean {
  switch (kind) {
    case 'equals':
      return value === equals;
    case 'contains':
      if (typeof value === 'string') return value.includes(String(contains));
      return Array.isArray(value) && value.some((item) => item === contains);
    case 'min':
      return typeof value === 'number' && min !== undefined && value >= min;
    case 'max':
      return typeof value === 'number' && max !== undefined && value <= max;
  }
}

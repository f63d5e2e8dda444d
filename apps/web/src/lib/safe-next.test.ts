import { expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

test.each([
  ['/endpoints/ep_1?tab=clients', '/endpoints/ep_1?tab=clients'],
  [undefined, '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('after signing in, %s leads to %s', (next, path) => expect(safeNext(next)).toBe(path));

import { AppError, type Culprit } from '@rollcall/core';

const MAX_DEPTH = 32;

function find(value: unknown, pointer: string, depth: number, culprits: Culprit[]): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) culprits.push({ pointer, message: 'must not contain U+0000' });
    else if (!value.isWellFormed()) culprits.push({ pointer, message: 'must be well-formed Unicode (there is half of a surrogate pair)' });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) {
    culprits.push({ pointer, message: `is nested more than ${MAX_DEPTH} deep` });
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key.includes('\0') || !key.isWellFormed())
      culprits.push({ pointer: pointer || '/', message: 'has a member whose name is not plain text' });
    else find(member, at, depth + 1, culprits);
  }
}

/** PostgreSQL's text takes neither U+0000 nor half a surrogate pair: refused at the door, naming where. @throws AppError */
export function requirePlainText(...parts: readonly unknown[]): void {
  const culprits: Culprit[] = [];
  for (const part of parts) find(part, '', 0, culprits);
  if (culprits.length > 0)
    throw new AppError('invalid_request', 'A text of the request is not acceptable.', { culprits: culprits.slice(0, 20) });
}

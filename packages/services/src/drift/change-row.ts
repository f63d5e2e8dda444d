import type { ToolChange } from '@rollcall/contracts';
import { toolChangeSchema } from '@rollcall/contracts';
import type { Comparison } from '@rollcall/core';
import type { z } from 'zod';
import type { AddressedSnapshot } from './store-snapshots.ts';

/** What a row says of its changes at most, in characters of JSON; the number of them stands beside it. */
const MAX_DATA_CHARS = 96 * 1024;

/** Column tool_change.data: what the API shows beside the columns. */
export const changeDataSchema = toolChangeSchema.omit({ id: true, at: true, acknowledgedAt: true, acknowledgedBy: true });
export type ChangeData = z.infer<typeof changeDataSchema>;

/** Pure. */
export function toChangeData(before: AddressedSnapshot, after: AddressedSnapshot, comparison: Comparison, summary: string): ChangeData {
  const side = ({ listHash, count, snapshot }: AddressedSnapshot) => ({ hash: listHash, count, server: snapshot.server });
  const changes: Comparison['changes'][number][] = [];
  let chars = 0;
  for (const change of comparison.changes) {
    chars += JSON.stringify(change).length;
    if (chars > MAX_DATA_CHARS) break;
    changes.push(change);
  }
  return {
    class: comparison.class ?? 'text',
    classes: [...comparison.classes],
    summary,
    unversioned: comparison.unversioned,
    before: side(before),
    after: side(after),
    added: bounded(comparison.added),
    removed: bounded(comparison.removed),
    changed: bounded(comparison.changed),
    changes,
    total: comparison.total,
  };
}

const MAX_NAMES = 500;
function bounded(names: readonly string[]): string[] {
  return names.slice(0, MAX_NAMES);
}

export interface ChangeRow {
  readonly id: string;
  readonly at: Date;
  readonly class: string;
  readonly data: unknown;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
}

export function toToolChange(row: ChangeRow): ToolChange {
  return {
    id: row.id,
    at: row.at.toISOString(),
    ...changeDataSchema.parse(row.data),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.acknowledgedBy,
  };
}

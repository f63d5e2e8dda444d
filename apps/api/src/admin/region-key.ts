import type { Db } from '@rollcall/db';
import { createRegionKey, listRegionKeys, type RegionKeyInfo, revokeRegionKey } from '@rollcall/services';

export const REGION_KEY_USAGE = `  region-key create REGION [NAME]   a key for a remote prober of that region; shown once
  region-key list                   all keys, and how their probers are
  region-key revoke ID              the key opens nothing any more`;

/** Null: not understood. */
export async function regionKeyCommand(db: Db, args: readonly string[], now: Date): Promise<string | null> {
  const [verb, first, second, ...more] = args;
  if (more.length > 0) return null;
  if (verb === 'create' && first !== undefined) {
    const { key, id, region } = await createRegionKey(db, { region: first, name: second ?? first }, now);
    return `${key}\n\nKey ${id} of region ${region}. It is not shown again; give it to the prober as ROLLCALL_REGION_KEY.`;
  }
  if (verb === 'list' && first === undefined) {
    const keys = await listRegionKeys(db);
    return keys.length === 0 ? 'There are no region keys.' : keys.map((key) => lineOf(key, now)).join('\n');
  }
  if (verb === 'revoke' && first !== undefined && second === undefined) {
    const { id, region } = await revokeRegionKey(db, first, now);
    return `Key ${id} of region ${region} opens nothing any more. Its prober stops; what it had leased is probed by others.`;
  }
  return null;
}

function lineOf({ id, region, name, prefix, revokedAt, heardAt, heard }: RegionKeyInfo, now: Date): string {
  const state = revokedAt !== null ? `revoked ${revokedAt}` : heardAt === null ? 'never heard of' : howOf(heardAt, heard, now);
  return [id, region, `${prefix}…`, name === region ? null : name, state].filter((part) => part !== null).join('  ');
}

function howOf(heardAt: string, heard: unknown, now: Date): string {
  const { offline, inFlight, waiting, dropped } = (heard ?? {}) as Record<string, unknown>;
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(heardAt)) / 1000));
  const parts = [
    `heard ${seconds} s ago`,
    ...(offline === true ? ['CUT OFF'] : []),
    `${Number(inFlight)} in flight`,
    `${Number(waiting)} waiting`,
    ...(Number(dropped) > 0 ? [`${Number(dropped)} DROPPED`] : []),
  ];
  return parts.join(', ');
}

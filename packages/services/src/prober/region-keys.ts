import { AppError } from '@rollcall/core';
import { hashApiKey, newId, newRegionKey } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';

/** A remote prober, by its key: it acts for one region of the installation and for no organization. */
export interface RegionActor {
  readonly keyId: string;
  readonly region: string;
}

export interface RegionKeyInfo {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly prefix: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
  /** When a prober last said how it is; null: never. */
  readonly heardAt: string | null;
  readonly heard: unknown;
}

const REGION = /^[a-z0-9-]{1,64}$/;

/** The key is in this answer and nowhere else. @throws AppError invalid_request. */
export async function createRegionKey(
  db: Db,
  { region, name }: { region: string; name: string },
  now: Date,
): Promise<RegionKeyInfo & { readonly key: string }> {
  if (!REGION.test(region)) throw new AppError('invalid_request', 'A region may hold lower-case letters, digits and -, at most 64.');
  const { key, prefix, hash } = newRegionKey();
  const row = await db.regionKey.create({
    data: { id: newId('rk', now.getTime()), region, name: name.slice(0, 200), prefix, hash, createdAt: now },
  });
  return { ...toInfo(row), key };
}

type Row = Awaited<ReturnType<Db['regionKey']['findFirstOrThrow']>>;

function toInfo({ id, region, name, prefix, createdAt, revokedAt, heardAt, heard }: Row): RegionKeyInfo {
  return {
    id,
    region,
    name,
    prefix,
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    heardAt: heardAt?.toISOString() ?? null,
    heard,
  };
}

/** All of them, the revoked ones too: they are few. */
export async function listRegionKeys(db: Db): Promise<RegionKeyInfo[]> {
  return (await db.regionKey.findMany({ orderBy: { id: 'asc' } })).map(toInfo);
}

/** From now on it opens nothing; what it leased returns to the queue. @throws AppError not_found. */
export async function revokeRegionKey(db: Db, id: string, now: Date): Promise<RegionKeyInfo> {
  await db.regionKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  const row = await db.regionKey.findUnique({ where: { id } });
  if (!row) throw new AppError('not_found', `There is no region key ${id}.`);
  return toInfo(row);
}

/** Null when there is no such key, or it is revoked. */
export async function authenticateRegionKey(db: Db, key: string): Promise<RegionActor | null> {
  const row = await db.regionKey.findUnique({ where: { hash: hashApiKey(key) }, select: { id: true, region: true, revokedAt: true } });
  return row === null || row.revokedAt !== null ? null : { keyId: row.id, region: row.region };
}

/** The same by the key's id. */
export async function authenticateRegionKeyId(db: Db, id: string): Promise<RegionActor | null> {
  const row = await db.regionKey.findUnique({ where: { id }, select: { region: true, revokedAt: true } });
  return row === null || row.revokedAt !== null ? null : { keyId: id, region: row.region };
}

import { createHash, randomBytes } from 'node:crypto';

/** A freshly minted key. `key` is shown once and never stored; `prefix` is shown for recognition. */
export interface NewApiKey {
  readonly key: string;
  readonly prefix: string;
  readonly hash: string;
}

/** SHA-256 in hex. A key has 192 random bits, so a fast hash is right: there is nothing to guess from a dictionary. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/** The visible head of a key, e.g. `rc_3fJk9a…`. */
export function apiKeyPrefix(key: string): string {
  return key.slice(0, 9);
}

function newKey(kind: string): NewApiKey {
  const key = `${kind}${randomBytes(24).toString('base64url')}`;
  return { key, prefix: apiKeyPrefix(key), hash: hashApiKey(key) };
}

export function newApiKey(): NewApiKey {
  return newKey('rc_');
}

/** What a remote prober signs in with; never taken for an API key, nor the other way round. */
export function newRegionKey(): NewApiKey {
  return newKey('rcr_');
}

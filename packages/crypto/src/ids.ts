import { randomBytes } from 'node:crypto';

/** Crockford's base 32 in lower case: sorts like the number it spells and has no letter that is mistaken for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export const ID_PREFIXES = [
  ...(['ep', 'inc', 'ie', 'ch', 'msg', 'dl', 'key', 'org', 'usr', 'mem', 'al', 'sp', 'mw', 'rp', 'ru', 'sc', 'sub', 'tc', 'rk'] as const),
  // Rows of better-auth: session, account, verification, invitation, second factor.
  ...(['ses', 'acc', 'ver', 'inv', 'tfa'] as const),
] as const;
export type IdPrefix = (typeof ID_PREFIXES)[number];

function base32(value: bigint, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i += 1) {
    text = ALPHABET.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text;
}

/**
 * A new id, `<prefix>_` + 10 characters of epoch milliseconds + 16 random ones (80 bits): ids of one kind sort by
 * the time they were made, so an id is also a keyset cursor.
 */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  return `${prefix}_${base32(BigInt(now), 10)}${base32(BigInt(`0x${randomBytes(10).toString('hex')}`), 16)}`;
}

/** Whether the text has the shape of an id of that kind; saves the database a pointless question. */
export function isId(prefix: IdPrefix, text: string): boolean {
  return new RegExp(`^${prefix}_[${ALPHABET}]{26}$`).test(text);
}

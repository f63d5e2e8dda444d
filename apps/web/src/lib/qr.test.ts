import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { qrModules } from './qr.ts';

/** Length of the text, modules a side, digest of the modules: as another encoder draws the same text. */
it.each([
  [14, 21, 'ff942ccc2c48247a'],
  [60, 33, '48167ba73ba0a987'],
  [150, 49, '2493671443e2b68d'],
  [331, 69, '62ef035c39ceafb3'],
  [600, 93, 'c9033b5b1a9365fd'],
])('draws %i bytes as another encoder does', (length, size, digest) => {
  const text = 'otpauth://totp/Rollcall?secret='.padEnd(700, 'ABCDEFG2345').slice(0, length);
  const rows = qrModules(text);
  const bits = rows.flat().map(Number).join('');
  expect([rows.length, createHash('sha256').update(bits).digest('hex').slice(0, 16)]).toEqual([size, digest]);
});

it('refuses what does not fit', () => {
  expect(() => qrModules('x'.repeat(667))).toThrow(RangeError);
});

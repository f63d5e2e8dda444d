import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accentPair, contrast } from './accent.ts';

test('every colour becomes one that is readable on both themes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const { light, dark } = accentPair(`#${number.toString(16).padStart(6, '0')}`);
      for (const surface of ['#ffffff', '#fafafa', '#f4f4f6', '#f1f1f4']) expect(contrast(light, surface)).toBeGreaterThanOrEqual(4.5);
      for (const surface of ['#121317', '#0b0c0e', '#17191e', '#1b1d23']) expect(contrast(dark, surface)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('a colour that is readable already stays as it is', () => {
  expect(accentPair('#3d4fd1').light).toBe('#3d4fd1');
  expect(accentPair('#9aa8ff').dark).toBe('#9aa8ff');
});

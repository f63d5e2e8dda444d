import { describe, expect, it } from 'vitest';
import { daysLeft, expiryStep } from './certificate.ts';

const DAY = 86_400_000;
const END = Date.parse('2027-03-01T00:00:00Z');
const at = (days: number, lifetime = 90) => expiryStep({ notBefore: END - lifetime * DAY, notAfter: END }, END - days * DAY);

describe('the steps before a certificate ends', () => {
  it('are 14, 7, 3 and 1 days', () => {
    expect([30, 14.01, 14, 8, 7, 4, 3, 2, 1, 0.2].map((days) => at(days))).toEqual([null, null, 14, 14, 7, 7, 3, 3, 1, 1]);
  });

  it('begin at a third of the life of a short-lived one, and leave out what lies before', () => {
    expect([5, 2.01, 2, 1.5, 1, 0.5].map((days) => at(days, 6))).toEqual([null, null, 2, 2, 1, 1]);
    expect([0.5, 0.3, 0.1].map((days) => at(days, 1))).toEqual([null, 0.33, 0.33]);
    expect(at(12, 30)).toBeNull();
    expect(at(10, 30)).toBe(10);
  });

  it('are over when it is', () => {
    expect(at(-1)).toBeNull();
    expect(expiryStep({ notBefore: Number.NaN, notAfter: END }, END)).toBeNull();
  });

  it('are counted in whole days', () => {
    expect(daysLeft(END, END - 13.9 * DAY)).toBe(13);
  });
});

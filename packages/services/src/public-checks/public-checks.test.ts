import type { Report } from '@rollcall/contracts';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetExpiredChecks, PUBLIC_CHECK_KEPT_MS, readPublicCheck, storePublicCheck } from './public-checks.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const report = { url: 'https://a.example/mcp', exchanges: [{ request: 'secret' }] } as unknown as Report;

it('a report goes in the instant in which its link ends, not a millisecond before, and takes no other with it', async () => {
  const old = await storePublicCheck(database.db, report, NOW);
  const newer = await storePublicCheck(database.db, report, later(1));
  expect(old.expiresAt).toEqual(later(PUBLIC_CHECK_KEPT_MS));

  const lastInstant = later(PUBLIC_CHECK_KEPT_MS - 1);
  expect(await forgetExpiredChecks(database.db, lastInstant)).toBe(0);
  expect((await readPublicCheck(database.db, old.id, lastInstant)).report).toEqual({ url: report.url, exchanges: [] });

  const end = later(PUBLIC_CHECK_KEPT_MS);
  // Before the janitor comes by, the link is dead already.
  await expect(readPublicCheck(database.db, old.id, end)).rejects.toMatchObject({ code: 'not_found' });
  expect(await forgetExpiredChecks(database.db, end)).toBe(1);
  expect(await forgetExpiredChecks(database.db, end)).toBe(0);
  expect((await database.db.publicCheck.findMany({ select: { id: true } })).map(({ id }) => id)).toEqual([newer.id]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../prisma/migrations');

/** What the version before would stumble over while both run (docs/operations.md, "Rolling upgrades"). */
const BREAKING: readonly [what: string, pattern: RegExp][] = [
  ['takes a table away', /\bdrop\s+(table|view|sequence|type|schema)\b/i],
  [
    'takes a column away',
    /\bdrop\s+column\b|\balter\s+table\b[^;]*\bdrop\s+(?!constraint\b|default\b|not\b|column\b|expression\b|identity\b)"?\w+"?/i,
  ],
  ['renames', /\brename\s+(to|column|constraint)?\b/i],
  ['changes the type of a column', /\balter\s+column\b[^,;]*\btype\b/i],
  ['makes a column required', /\bset\s+not\s+null\b/i],
  ['takes a default away', /\bdrop\s+default\b/i],
  [
    'adds a required column without a default',
    /\badd\s+column\b(?![^,;]*\b(default|generated)\b|[^,;]*\b(big|small)?serial\b)[^,;]*\bnot\s+null\b/i,
  ],
];

/** Contracting steps, each two releases after the code stopped using what it takes away: migration → why it is safe. */
const CONTRACTIONS: Readonly<Record<string, string>> = {
  '20261121162000_narrow_probes':
    'rows of probes take another shape, once and before the first release: no version that is out writes or reads the old one (docs/operations.md)',
};

function faultsOf(sql: string): string[] {
  const statements = sql.replace(/--.*$/gm, '').split(';');
  return statements.flatMap((statement) => BREAKING.flatMap(([what, pattern]) => (pattern.test(statement) ? [what] : [])));
}

describe('migrations', () => {
  const names = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

  it.each(names)('%s leaves the version before working', (name) => {
    const faults = faultsOf(readFileSync(join(FOLDER, name, 'migration.sql'), 'utf8'));
    if (name in CONTRACTIONS) expect(faults).not.toEqual([]);
    else expect(faults).toEqual([]);
  });

  it.each([
    ['DROP TABLE "a"', 'takes a table away'],
    ['ALTER TABLE "a" DROP COLUMN "b"', 'takes a column away'],
    ['ALTER TABLE "a" ADD COLUMN "c" TEXT, DROP "b"', 'takes a column away'],
    ['ALTER TABLE "a" RENAME COLUMN "b" TO "c"', 'renames'],
    ['ALTER TABLE "a" RENAME TO "b"', 'renames'],
    ['ALTER TABLE "a" ALTER COLUMN "b" SET DATA TYPE BIGINT', 'changes the type of a column'],
    ['ALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL', 'makes a column required'],
    ['ALTER TABLE "a" ALTER COLUMN "b" DROP DEFAULT', 'takes a default away'],
    ['ALTER TABLE "a" ADD COLUMN "x" INTEGER DEFAULT 1,\nADD COLUMN "b" TEXT NOT NULL', 'adds a required column without a default'],
  ])('would not pass: %s', (sql, what) => {
    expect(faultsOf(`-- drop table in a comment\n${sql};`)).toEqual([what]);
  });

  it.each([
    'ALTER TABLE "a" ADD COLUMN "b" TEXT',
    `ALTER TABLE "a" ADD COLUMN "b" TEXT NOT NULL DEFAULT 'x'`,
    'ALTER TABLE "a" ALTER COLUMN "b" DROP NOT NULL',
    'CREATE TABLE "a" ("b" TEXT NOT NULL)',
    'DROP TRIGGER a ON "b"',
    'ALTER TABLE "a" ALTER COLUMN "b" SET DEFAULT 1',
  ])('pass: %s', (sql) => {
    expect(faultsOf(sql)).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import { readBackup, writeBackup } from '@rollcall/db';

export const BACKUP_USAGE = `  backup FILE                       the whole installation into one file, beside its work
  restore FILE                      such a file into an empty database`;

/** Null: not understood. */
export async function backupCommand(databaseUrl: string, args: readonly string[], now: Date): Promise<string | null> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) return null;
  if (existsSync(file)) throw new Error(`${file} is there already; name another file`);
  const { tables, rows } = await writeBackup(databaseUrl, file, now);
  return `${file}: ${rows} rows of ${tables} tables. Keep ROLLCALL_SECRET (embedded: the file "secret" in the data directory) apart from it: credentials open with both.`;
}

/** Null: not understood. */
export async function restoreCommand(databaseUrl: string, migrationsDir: string, args: readonly string[]): Promise<string | null> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) return null;
  const { at, tables, rows } = await readBackup(databaseUrl, file, migrationsDir);
  return `${rows} rows of ${tables} tables, as they were ${at}. Start with the ROLLCALL_SECRET of that installation; the schedule goes on from now.`;
}

import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a file whole or not at all, readable by its owner alone. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, text, { mode: 0o600 });
  await rename(part, file);
}

/** The installation's secret in the data directory, made at the first start. 32 bytes in base64. */
export async function readOrMakeSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return known.trim();
  const secret = randomBytes(32).toString('base64');
  await writePrivately(file, `${secret}\n`);
  return secret;
}

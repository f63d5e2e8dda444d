import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository root: the first folder above this file that holds turbo.json. */
export function findRoot(from: string = dirname(fileURLToPath(import.meta.url))): string {
  let folder = from;
  while (!existsSync(join(folder, 'turbo.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no turbo.json above ${from}: start from a checkout of Rollcall`);
    folder = parent;
  }
  return folder;
}

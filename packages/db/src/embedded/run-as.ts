import { spawnSync } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How to start a PostgreSQL program: `prefix` is put before the command, uid and gid are given to spawn. */
export interface RunAs {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly prefix: readonly string[];
}

const AS_OURSELVES: RunAs = { uid: undefined, gid: undefined, prefix: [] };

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The first of these users that exists. */
function findUser(names: readonly string[]): User | null {
  for (const name of names) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return null;
}

/** Tries it out: the program is found executable (access(2), as PostgreSQL itself asks) and the directory takes a file. */
function works(runAs: RunAs, program: string, dataDir: string): boolean {
  const script = 'test -x "$0" && cd "$1" && : > .rollcall-writable && rm .rollcall-writable';
  const [file, ...args] = [...runAs.prefix, 'sh', '-c', script, program, dataDir];
  return spawnSync(file as string, args, { uid: runAs.uid, gid: runAs.gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

/**
 * PostgreSQL refuses to run as root. As root we become `postgres`, else `nobody`, who then owns the cluster. When that
 * user cannot reach the binaries or the directory because a folder above is private (a clone in /root or in a mkdtemp
 * folder), PostgreSQL runs in a user namespace in which root carries that user's number (user_namespaces(7)): for the
 * kernel it stays the owner of the files, for PostgreSQL it is not root.
 * @throws Error that says what to do when neither works.
 */
export async function chooseUser(program: string, dataDir: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return AS_OURSELVES;
  const made = await stat(join(dataDir, 'PG_VERSION')).catch(() => null);
  const user = made && made.uid !== 0 ? made : findUser(['postgres', 'nobody']);
  if (!user)
    throw new Error(
      'PostgreSQL cannot run as root and there is no user "postgres" or "nobody"; set DATABASE_URL or start as an ordinary user',
    );
  await chmod(dataDir, 0o700);
  if (made === null || made.uid !== 0) {
    const plain: RunAs = { uid: user.uid, gid: user.gid, prefix: [] };
    await chown(dataDir, user.uid, user.gid);
    if (works(plain, program, dataDir)) return plain;
  }
  if (made === null || made.uid === 0) {
    const namespaced: RunAs = { ...AS_OURSELVES, prefix: ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--'] };
    await chown(dataDir, 0, 0);
    if (works(namespaced, program, dataDir)) return namespaced;
  }
  throw new Error(
    `PostgreSQL cannot run as root, and user ${user.uid} cannot reach ${dataDir} or ${program}; move the checkout out of a private folder, start as an ordinary user, or set DATABASE_URL`,
  );
}

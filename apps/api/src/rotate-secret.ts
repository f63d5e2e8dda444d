import { createSealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { type Resealed, resealAll } from '@rollcall/services';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { sessionSecret } from './auth.ts';

/**
 * Everything that was encrypted with a former ROLLCALL_SECRET is encrypted with the present one; may run again. Sessions
 * are signed and end: people sign in anew.
 * @throws SealError, Error when a value was made with a secret that is not given.
 */
export async function rotateSecret(
  db: Db,
  secret: string,
  formerSecrets: readonly string[],
): Promise<Resealed & { secondFactors: number }> {
  const sealed = await resealAll(db, createSealer(secret, formerSecrets));
  const rows = await db.twoFactor.findMany({ select: { id: true, userId: true, secret: true, backupCodes: true } });
  let secondFactors = 0;
  for (const row of rows) {
    if ((await tryDecrypt(secret, row.secret)) !== null) continue;
    const [plain, codes] = [await decryptAny(formerSecrets, row.secret), await decryptAny(formerSecrets, row.backupCodes)];
    if (plain === null || codes === null)
      throw new Error(`the second factor of user ${row.userId} was made with a secret that is not in ROLLCALL_FORMER_SECRETS`);
    const key = sessionSecret(secret);
    const data = { secret: await symmetricEncrypt({ key, data: plain }), backupCodes: await symmetricEncrypt({ key, data: codes }) };
    const { count } = await db.twoFactor.updateMany({ where: { id: row.id, secret: row.secret, backupCodes: row.backupCodes }, data });
    secondFactors += count;
  }
  return { ...sealed, secondFactors };
}

async function tryDecrypt(secret: string, data: string): Promise<string | null> {
  try {
    return await symmetricDecrypt({ key: sessionSecret(secret), data });
  } catch {
    return null;
  }
}

async function decryptAny(secrets: readonly string[], data: string): Promise<string | null> {
  for (const secret of secrets) {
    const plain = await tryDecrypt(secret, data);
    if (plain !== null) return plain;
  }
  return null;
}

import { SealError, type Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { SECRET_CHECK } from './secret-check.ts';

const BATCH = 200;

export interface Resealed {
  readonly endpoints: number;
  readonly channels: number;
  readonly answers: number;
}

/**
 * Seals every stored secret anew with the present ROLLCALL_SECRET; the sealer must know the former ones. A row that
 * changes in between is left to its writer, who seals with the present secret anyhow, so this may run beside a working
 * installation, and again after it was cut off. The check value goes last: until then the former secret is still needed.
 * @throws SealError when a value was sealed with a secret that is not given.
 */
export async function resealAll(db: Db, sealer: Sealer): Promise<Resealed> {
  const current = `v1.${sealer.keyId}.`;
  const endpoints = await resealTable(sealer, {
    read: (after) =>
      db.$queryRaw`select id, credentials as sealed from endpoint
        where id > ${after} and credentials is not null and not starts_with(credentials, ${current}) order by id limit ${BATCH}`,
    context: (id) => `endpoint/${id}`,
    write: (id, before, sealed) => db.$executeRaw`update endpoint set credentials = ${sealed} where id = ${id} and credentials = ${before}`,
  });
  const channels = await resealTable(sealer, {
    read: (after) =>
      db.$queryRaw`select id, config as sealed from channel
        where id > ${after} and not starts_with(config, ${current}) order by id limit ${BATCH}`,
    context: (id) => `channel/${id}`,
    write: (id, before, sealed) => db.$executeRaw`update channel set config = ${sealed} where id = ${id} and config = ${before}`,
  });
  // Answers that are kept for a day: forgetting them would only let a call be made twice, so they are sealed anew as well.
  const answers = await resealTable(sealer, {
    read: (after) =>
      db.$queryRaw`select organization_id || '/' || key as id, body->>'sealed' as sealed from idempotency_key
        where organization_id || '/' || key > ${after} and body->>'sealed' is not null and not starts_with(body->>'sealed', ${current})
        order by 1 limit ${BATCH}`,
    context: (id) => `idempotency/${id}`,
    write: (id, before, sealed) =>
      db.$executeRaw`update idempotency_key set body = jsonb_set(body, '{sealed}', to_jsonb(${sealed}::text))
        where organization_id || '/' || key = ${id} and body->>'sealed' = ${before}`,
  });
  await db.installation.upsert({
    where: { key: SECRET_CHECK.key },
    create: { key: SECRET_CHECK.key, value: { sealed: sealer.seal(SECRET_CHECK.plaintext, SECRET_CHECK.context) } },
    update: { value: { sealed: sealer.seal(SECRET_CHECK.plaintext, SECRET_CHECK.context) } },
  });
  return { endpoints, channels, answers };
}

interface SealedTable {
  read(after: string): Promise<{ id: string; sealed: string }[]>;
  context(id: string): string;
  write(id: string, before: string, sealed: string): Promise<number>;
}

async function resealTable(sealer: Sealer, table: SealedTable): Promise<number> {
  let done = 0;
  for (let after = ''; ; ) {
    const rows = await table.read(after);
    for (const { id, sealed } of rows) {
      const plaintext = openOrName(sealer, sealed, table.context(id));
      done += await table.write(id, sealed, sealer.seal(plaintext, table.context(id)));
    }
    const last = rows.at(-1);
    if (!last) return done;
    after = last.id;
  }
}

function openOrName(sealer: Sealer, sealed: string, context: string): string {
  try {
    return sealer.open(sealed, context);
  } catch (error) {
    if (error instanceof SealError) throw new SealError(`${context}: ${error.message}`);
    throw error;
  }
}

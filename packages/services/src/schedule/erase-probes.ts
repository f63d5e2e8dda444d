import type { Db } from '@rollcall/db';

/** Endpoints a transaction: some hundred thousand raw rows. */
const BATCH = 10;

/**
 * Removes what raw rows of deleted endpoints are left, a few endpoints at a time; answers with how many those were, so that
 * the caller goes on until it is none. Any number of janitors may call it at once.
 */
export async function eraseProbes(db: Db): Promise<number> {
  return db.$transaction(
    async (tx) => {
      const rows = await tx.$queryRaw<
        { seq: number }[]
      >`select seq from erased_endpoint order by seq limit ${BATCH} for update skip locked`;
      if (rows.length === 0) return 0;
      const seqs = rows.map(({ seq }) => seq);
      await tx.$executeRaw`delete from probe where endpoint_seq = any(${seqs}::int[])`;
      await tx.$executeRaw`delete from probe_exchange where endpoint_seq = any(${seqs}::int[])`;
      await tx.$executeRaw`delete from erased_endpoint where seq = any(${seqs}::int[])`;
      return seqs.length;
    },
    { timeout: 150_000 },
  );
}
